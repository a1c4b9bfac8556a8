import type { Problem } from '../core/problem.ts';
import type { Side, SideFault } from './device-messages.ts';

const NAMES = { input: 'microphone', output: 'speaker' } as const;

const STILL_WORKS = {
  input: 'You can listen; nobody can hear you.',
  output: 'Calls go on; you cannot hear them.',
} as const;

/** What to tell a person about a side of the sound card that does not work. */
export function soundProblem(side: Side, fault: SideFault): Problem {
  const name = NAMES[side];
  const works = STILL_WORKS[side];
  switch (fault) {
    case 'missing':
      return {
        kind: 'sound-missing',
        message: `No ${name} is connected. ${works}`,
        remedy: `Connect a ${name} or a headset, then try again.`,
      };
    case 'busy':
      return {
        kind: 'sound-busy',
        message: `The ${name} does not open; another program may be using it. ${works}`,
        remedy: `Close the other program or choose another ${name}, then try again.`,
      };
    case 'lost':
      return {
        kind: 'sound-lost',
        message: `The ${name} went away. ${works} Earshot is opening it again.`,
        remedy: `Check the cable, or choose another ${name}.`,
      };
    case 'hung':
      return {
        kind: 'sound-hung',
        message: `The ${name} stopped answering. ${works} Earshot is opening it again.`,
        remedy: `Unplug it and plug it in again, or choose another ${name}.`,
      };
  }
}
