import type { CallId } from '../../electron/core/call.ts';
import type { SoundSide } from '../../electron/core/sound.ts';
import { type ConsoleState, findCall } from '../../electron/core/state.ts';
import { nameInState } from '../words/names.ts';

/** Whose echo is to be feared: of somebody on a call, or of anybody who calls. */
export type EchoAdvice = { readonly callId: CallId | null; readonly name: string | null };

/** Until a call is over on which it was shown, or somebody settled it. Then not again in this run. */
export type EchoAdviceRun = 'new' | 'shown' | 'over';

type Seen = Pick<ConsoleState, 'calls' | 'microphone' | 'settings' | 'sound'>;

/**
 * Whether the other side may hear itself: speaker and microphone are both part of this computer, the
 * echo is not cancelled, and the microphone is not only open while a key is held.
 * @param inSoundSettings the person looks at the sound settings, where no call is needed
 */
export function echoAdvice(state: ConsoleState, inSoundSettings: boolean): EchoAdvice | null {
  if (!echoes(state)) return null;
  const call = findCall(state, state.microphone);
  if (call?.status === 'live' && call.stream) {
    return { callId: call.id, name: nameInState(call, state) };
  }
  return inSoundSettings ? { callId: null, name: null } : null;
}

/** What the advice says. */
export function echoWords({ name }: Pick<EchoAdvice, 'name'>): string {
  return `${name ?? 'Those you call'} may hear an echo of their own voice: you listen on the computer’s own speaker.`;
}

/** Follows whether the advice was shown on a call. @param onCall it is shown on one now */
export function nextRun(run: EchoAdviceRun, onCall: boolean): EchoAdviceRun {
  if (run === 'over') return run;
  if (onCall) return 'shown';
  return run === 'shown' ? 'over' : run;
}

function echoes({ settings, sound }: Seen): boolean {
  if (sound.path !== 'card' || settings.soundPath !== 'card' || settings.talk === 'hold') {
    return false;
  }
  return isBuiltIn(sound.input) && isBuiltIn(sound.output);
}

function isBuiltIn(side: SoundSide): boolean {
  return 'device' in side && side.device.isBuiltIn;
}
