import type { Person } from '../person.ts';
import { blurt, listen, pause } from '../script.ts';

/** Says little: long silences, in which the line must not be taken for dead. */
export const leeWong: Person = {
  number: '+14155550103',
  name: 'Lee Wong',
  about: 'Says little, with silences of up to fifteen seconds.',
  voice: { name: 'kal16', pitchHz: 98, stretch: 1.1 },
  pickUp: { does: 'answer', afterMs: 5000 },
  patienceMs: 45_000,
  whenCalled: [
    pause(1500),
    blurt('Yes?'),
    listen(12_000),
    blurt('Hmm.'),
    listen(15_000),
    blurt('I would have to think about that.'),
    pause(13_000),
    blurt('No. I do not think so.'),
    listen(15_000),
    blurt('Well.'),
    pause(9000),
    blurt('Goodbye, then.'),
    pause(800),
  ],
  whenCalling: [
    listen(8000),
    blurt('Hello. It is Lee.'),
    pause(12_000),
    blurt('I have a question about my invoice.'),
    listen(15_000),
    blurt('It is number eighteen.'),
    pause(11_000),
    blurt('I will look at it again.'),
    listen(12_000),
    blurt('Thank you. Goodbye.'),
    pause(800),
  ],
};
