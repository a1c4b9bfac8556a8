import type { Person } from '../person.ts';
import { blurt, pause, type Step } from '../script.ts';

/** Interrupts: speaks as soon as the other side does. */
export const samOrtiz: Person = {
  number: '+14155550102',
  name: 'Sam Ortiz',
  about: 'In a hurry and interrupts: talks over you as soon as you begin to speak.',
  voice: { name: 'awb', pitchHz: 132, stretch: 0.85 },
  pickUp: { does: 'answer', afterMs: 1500 },
  patienceMs: 20_000,
  whenCalled: [pause(300), blurt('Yes, Sam Ortiz, what is it?'), ...quarrel()],
  whenCalling: [pause(300), blurt('Sam Ortiz here. Finally somebody answers!'), ...quarrel()],
};

function quarrel(): Step[] {
  return [
    ...interrupt('Yes, yes, I know all that. Just tell me when it is done.'),
    ...interrupt('No, listen. You told me the same thing last week.'),
    ...interrupt('Let me finish! I ordered two of them, and I got one. One!'),
    ...interrupt('That is not my problem, is it?'),
    ...interrupt('Hold on, hold on. Who is your manager?'),
    ...interrupt('Sorry, but I really have no time for this.'),
    ...interrupt('Fine. Send me the second one by Friday, and we are good.'),
    ...interrupt('Friday! Good. Goodbye.'),
    pause(300),
  ];
}

/** Waits to be spoken to, but not for long, and lets the other side get out a word or two. */
function interrupt(text: string): Step[] {
  return [{ do: 'wait-for-voice', atMostMs: 7000 }, pause(350), blurt(text), pause(700)];
}
