import type { Person } from '../person.ts';
import { listen, pause, type Script, say } from '../script.ts';

/** Wants out: asks for her money back and ends her contract. */
export const ritaMoss: Person = {
  number: '+14155550118',
  name: 'Rita Moss',
  about: 'Is angry: she wants a refund and cancels her contract.',
  voice: { name: 'slt', pitchHz: 205, stretch: 0.9 },
  pickUp: { does: 'answer', afterMs: 1500 },
  patienceMs: 25_000,
  whenCalled: [pause(400), ...say('Rita Moss, hello?'), ...complaint()],
  whenCalling: [listen(2500), ...say('Hello, my name is Rita Moss.'), ...complaint()],
};

function complaint(): Script {
  return [
    listen(3000),
    ...say('My internet has not worked for two weeks. I want a refund.'),
    listen(4000),
    ...say('No more excuses, please. Cancel my contract.'),
    listen(5000),
    ...say('Otherwise I will talk to my lawyer.'),
    listen(6000),
    ...say('Send me that in writing. Goodbye.'),
    pause(600),
  ];
}
