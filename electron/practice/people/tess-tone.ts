import type { Person } from '../person.ts';
import { blurt, pause } from '../script.ts';

/** The sound check: says back what it hears. */
export const tessTone: Person = {
  number: '+14155550107',
  name: 'Tess Tone',
  about: 'The sound check: says one sentence, then repeats everything she hears a second later.',
  voice: { name: 'awb', pitchHz: 200, stretch: 1.05 },
  verified: true,
  pickUp: { does: 'answer', afterMs: 500 },
  patienceMs: 30_000,
  whenCalled: soundCheck(),
  whenCalling: soundCheck(),
};

function soundCheck() {
  return [
    pause(300),
    blurt('This is a sound check. Say something, and I will repeat it.'),
    { do: 'echo', delayMs: 1000, ms: 90_000 } as const,
    blurt('That was the sound check. Goodbye.'),
    pause(300),
  ];
}
