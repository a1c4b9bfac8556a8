import type { Person } from '../person.ts';
import { listen, pause, type Script, say } from '../script.ts';

/** Is always on the phone. */
export const rayBusy: Person = {
  number: '+14155550108',
  name: 'Ray Busy',
  about: 'Always busy.',
  voice: { name: 'rms', stretch: 0.9 },
  pickUp: { does: 'busy', afterMs: 800 },
  patienceMs: 8000,
  whenCalled: [],
  whenCalling: shortCall('Hi, this is Ray. I only have a minute. Can you call me tomorrow?'),
};

/** Lets it ring. */
export const ivyAway: Person = {
  number: '+14155550109',
  name: 'Ivy Away',
  about: 'Never answers: it rings until you give up.',
  voice: { name: 'slt', pitchHz: 185 },
  pickUp: { does: 'ring-out' },
  patienceMs: 30_000,
  whenCalled: [],
  whenCalling: shortCall('Hello, this is Ivy. I saw that you called. I am travelling this week.'),
};

/** Cannot be reached: the network fails. */
export const maxFailed: Person = {
  number: '+14155550110',
  name: 'Max Failed',
  about: 'Cannot be reached: the call fails.',
  voice: { name: 'awb', pitchHz: 115 },
  pickUp: { does: 'fail', afterMs: 500, sipCode: 503 },
  patienceMs: 30_000,
  whenCalled: [],
  whenCalling: shortCall('Hello, Max here. My line was broken all day, but now it works.'),
};

function shortCall(sentence: string): Script {
  return [listen(2500), ...say(sentence), listen(6000), ...say('Okay. Bye.'), pause(500)];
}
