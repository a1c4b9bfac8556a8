import type { Person } from '../person.ts';
import type { Script } from '../script.ts';
import { sideOf } from './dialogue.ts';

/** Serves with words that suit any customer. */
function serving(name: string): Script {
  return sideOf({
    patienceMs: 4500,
    opening: [`Good morning, customer service, this is ${name}. How can I help you?`],
    middle: [
      'I see. I am sorry about that. Let me have a look.',
      'May I ask for the number, please? It is at the top of the page.',
      'Thank you. One moment, I am opening it now.',
      'Here it is. I can see everything you told me.',
      'And when did you notice it for the first time?',
      'That is odd. It should not take as long as that.',
      'I have written it down, with the date and the time.',
      'Let me ask a colleague. Would you stay on the line?',
      'Thank you for waiting. My colleague says that it can be done today.',
      'Would that be all right for you?',
      'Good. I am sending you a message now, so that you have it in writing.',
      'Is there anything else I can do for you?',
    ],
    farewell: ['Then thank you for your call, and have a good day.'],
  });
}

const common = {
  pickUp: { does: 'answer', afterMs: 1500 },
  patienceMs: 30_000,
} as const;

/** Answers calls of others; the first is called when a conference begins. */
const mariaSantos: Person = {
  ...common,
  number: '+14155550114',
  addresses: ['client:maria'],
  name: 'Maria Santos',
  about: 'An agent of customer service.',
  voice: { name: 'slt', pitchHz: 188 },
  whenCalled: serving('Maria Santos'),
  whenCalling: serving('Maria Santos'),
};

const tomBecker: Person = {
  ...common,
  number: '+14155550115',
  addresses: ['sip:tom@desk.example'],
  name: 'Tom Becker',
  about: 'An agent of customer service who is reached by telephone.',
  voice: { name: 'rms', pitchHz: 108, stretch: 0.95 },
  whenCalled: serving('Tom Becker'),
  whenCalling: serving('Tom Becker'),
};

const evaLind: Person = {
  ...common,
  number: '+14155550116',
  addresses: ['client:eva'],
  name: 'Eva Lind',
  about: 'An agent of customer service, a little slower than the others.',
  voice: { name: 'slt', pitchHz: 162, stretch: 1.06 },
  whenCalled: serving('Eva Lind'),
  whenCalling: serving('Eva Lind'),
};

/** Those who serve in scenes, and can be called like anybody else. */
export const agents = [mariaSantos, tomBecker, evaLind] as const satisfies readonly Person[];
