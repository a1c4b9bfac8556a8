import type { Problem } from '../core/problem.ts';
import type { SoundDevice } from '../core/sound.ts';
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

/**
 * The microphone in use is gone, and no other one is opened in its place: nobody is heard through a
 * microphone they did not choose.
 * @param speaker what calls are heard on now, if anything
 */
export function unplugged(microphone: SoundDevice, speaker: SoundDevice | null): Problem {
  const place = speaker?.isBuiltIn === true ? 'the computer speaker' : speaker?.name;
  const heard =
    place === undefined ? 'Calls go on; you cannot hear them' : `You hear your calls on ${place}`;
  return {
    kind: 'sound-unplugged',
    message: `${microphone.name} was unplugged. ${heard}; your microphone is closed.`,
    remedy: 'Plug it in again, or try again to use another microphone.',
  };
}

/** The system does not let this app use the microphone. */
export function microphoneDenied(): Problem {
  return {
    kind: 'microphone-denied',
    message: 'macOS does not let Earshot use the microphone. You can listen; nobody can hear you.',
    remedy:
      'Allow Earshot in System Settings under Privacy & Security, Microphone, then try again.',
    link: 'https://support.apple.com/guide/mac-help/mchla1b1e1fe/mac',
  };
}
