import type { Person } from '../person.ts';
import { blurt, listen, pause, say } from '../script.ts';

/** A voicemail box: greeting, beep, then it records. When Kim calls back it is a short call. */
export const kimLau: Person = {
  number: '+14155550105',
  name: 'Kim Lau',
  about:
    'Never there: a voicemail box with a greeting and a beep, which hangs up after 30 seconds.',
  voice: { name: 'slt', pitchHz: 150, stretch: 1.08 },
  machine: true,
  pickUp: { does: 'answer', afterMs: 6000 },
  patienceMs: 25_000,
  whenCalled: [
    pause(700),
    blurt('Hi, you have reached the voicemail of Kim Lau. I cannot take your call right now.'),
    pause(300),
    blurt('Please leave a message after the tone, and I will call you back.'),
    pause(600),
    { do: 'tone', hz: 1000, ms: 500 },
    pause(30_000),
  ],
  whenCalling: [
    listen(3000),
    ...say('Hi, Kim Lau here. I got your message, and yes, it works for me.'),
    listen(6000),
    ...say('Perfect. Talk to you soon. Bye.'),
    pause(500),
  ],
};
