import type { Person } from '../person.ts';
import { pause, type Script } from '../script.ts';

/** How many tones there are: numbers …0180 to …0199. */
const COUNT = 20;

/** Plays a chirp over the whole voice band, then a steady tone of its own with short gaps, for ten minutes. */
export const testTones: readonly Person[] = Array.from({ length: COUNT }, (_, index) => {
  const hz = 300 + 50 * index;
  const script: Script = [
    { do: 'chirp', fromHz: 300, toHz: 3300, ms: 1000 },
    pause(200),
    { do: 'repeat', times: 500, steps: [{ do: 'tone', hz, ms: 1000 }, pause(200)] },
  ];
  return {
    number: `+1415555${String(180 + index).padStart(4, '0')}`,
    name: `Test tone ${hz} Hz`,
    about: `A machine: a rising chirp, then a tone of ${hz} Hz with short gaps.`,
    voice: { name: 'rms' },
    pickUp: { does: 'answer', afterMs: 200 },
    patienceMs: 60_000,
    whenCalled: script,
    whenCalling: script,
  };
});
