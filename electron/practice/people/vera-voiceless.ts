import type { Person } from '../person.ts';
import { pause } from '../script.ts';

/** How long she stays, in milliseconds. */
const STAYS_MS = 30 * 60 * 1000;

/** Says nothing by herself: whoever drives the line speaks for her. */
export const veraVoiceless: Person = {
  number: '+14155550113',
  name: 'Vera Voiceless',
  about: 'Says nothing and stays for half an hour: only what the line is told to say for her.',
  voice: { name: 'slt', pitchHz: 195 },
  pickUp: { does: 'answer', afterMs: 1000 },
  patienceMs: 60_000,
  whenCalled: [pause(STAYS_MS)],
  whenCalling: [pause(STAYS_MS)],
};
