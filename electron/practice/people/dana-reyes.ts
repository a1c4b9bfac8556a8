import type { Person } from '../person.ts';
import { blurt, listen, pause, say } from '../script.ts';

/** Chatty: tells a little story with hesitations and lets the other side speak. */
export const danaReyes: Person = {
  number: '+14155550101',
  name: 'Dana Reyes',
  about: 'Talks a lot: a parcel went astray and she wants it found. Waits while you speak.',
  voice: { name: 'slt', pitchHz: 172, stretch: 0.95 },
  verified: true,
  pickUp: { does: 'answer', afterMs: 3000 },
  patienceMs: 30_000,
  whenCalled: [
    pause(400),
    blurt('Hello, this is Dana.'),
    listen(3500),
    ...say('Oh, good that you call. It is about my parcel.'),
    ...story(),
  ],
  whenCalling: [
    listen(2500),
    ...say('Hello, um, this is Dana Reyes. I am calling about a parcel.'),
    ...story(),
  ],
};

function story() {
  return [
    pause(900),
    ...say('So, it was supposed to come on Tuesday. And, um, I waited the whole day.'),
    pause(1300),
    ...say('Then I get a message, and it says, delivered. Delivered, to a neighbour.'),
    listen(2500),
    ...say('Well, I asked. I asked all of them. The lady downstairs, the two students, everybody.'),
    pause(1600),
    ...say('Hmm. Wait, let me look for the number.'),
    pause(3200),
    ...say('Here it is. It starts with four, seven, one. Then nine, nine, two, oh.'),
    listen(5000),
    ...say('It is not worth much, you know. It is a lamp. But it was a present for my sister.'),
    listen(4000),
    ...say('Could you find out who signed for it? That would help me a great deal.'),
    listen(8000),
    ...say('All right. You can reach me on this number, any time after four.'),
    listen(4000),
    ...say('Thank you so much. Have a nice day. Bye bye.'),
    pause(600),
  ];
}
