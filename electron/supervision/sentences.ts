import type { Party } from '../core/call.ts';
import { formatPhoneNumber } from '../core/phone-number.ts';
import { type Problem, ProblemError, type ProblemKind } from '../core/problem.ts';
import type { Mode } from '../core/room.ts';

/** Why a desk that may be unattended stops speaking. */
export type StepBackReason = 'sleep' | 'lock' | 'device' | 'window' | 'fault' | 'elsewhere';

/** The modes as a person reads them in a sentence. */
const MODE_WORDS: Readonly<Record<Mode, string>> = {
  listen: 'listening',
  whisper: 'whisper',
  barge: 'barge',
  takeover: 'take-over',
};

/** What happened at the desk, as the beginning of a sentence. */
const STEP_BACK_WORDS: Readonly<Record<StepBackReason, string>> = {
  sleep: 'The computer went to sleep',
  lock: 'The screen was locked',
  device: 'The microphone or the speaker was lost',
  window: 'The window crashed or does not answer',
  fault: 'Something went wrong inside Earshot',
  elsewhere: 'You speak on another call now',
};

const STILL = 'You are still only listening';

/** A problem to throw. */
export function refusal(kind: ProblemKind, message: string, remedy: string): ProblemError {
  return new ProblemError({ kind, message, remedy });
}

/** Whatever failed, as a problem; a fault of ours stays an error. */
export function problemIn(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

/** Whether an error says that what it was about is gone. */
export function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.kind === 'call-over';
}

/** First name, or the number. */
export function nameOf({ name, number }: Party): string {
  return name?.split(' ')[0] ?? formatPhoneNumber(number);
}

/** Several names in a sentence. */
export function namesOf(parties: readonly Party[]): string {
  const names = parties.map(nameOf);
  const last = names.pop() ?? 'nobody';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** No reply came in time. @param seconds how long was waited */
export function notConfirmed(mode: Mode, seconds: number): ProblemError {
  return refusal(
    'not-confirmed',
    mode === 'listen'
      ? `Twilio did not confirm in ${seconds} s that you only listen. Your microphone is closed.`
      : `Twilio did not confirm the ${MODE_WORDS[mode]} in ${seconds} s. You are still only listening.`,
    'Try again.',
  );
}

/**
 * What was said before is not known to have passed.
 * @param seconds how long was waited @param outcome a sentence that tells what was not done
 */
export function unsettled(seconds: number, outcome: string): ProblemError {
  return refusal(
    'not-confirmed',
    `What you said before was still on its way after ${seconds} s. ${outcome}`,
    'Look at your connection, then try again.',
  );
}

/** Twilio answered something else than was asked. */
export function otherwise(mode: Mode): ProblemError {
  return refusal(
    'mode-refused',
    `Twilio did not confirm the ${MODE_WORDS[mode]}: it says that somebody else would hear you. You are still only listening.`,
    'Try again.',
  );
}

/** A mode that Twilio or the network refused. */
export function modeRefused(mode: Mode, cause: Problem): Problem {
  const { kind, message, remedy, code, link } = cause;
  const isWhole = kind === 'not-confirmed' || kind === 'mode-refused';
  if (isWhole || message.includes(STILL)) return cause;
  return {
    kind: kind === 'seat-refused' ? kind : 'mode-refused',
    message: `${sentence(message)} ${STILL}: the ${MODE_WORDS[mode]} did not begin.`,
    remedy,
    ...(code === undefined ? {} : { code }),
    ...(link === undefined ? {} : { link }),
  };
}

/** Others' words with their full stop: Twilio's own texts often have none. */
function sentence(words: string): string {
  const said = words.trim();
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

/** Who was whispered to is gone. */
export function coachedGone(party: Party, isHeld: boolean): Problem {
  return {
    kind: 'mode-refused',
    message: `${nameOf(party)} ${isHeld ? 'was put on hold' : 'left'} during the whisper. Your microphone is closed, and nobody hears you.`,
    remedy: 'Choose again whom to speak to.',
  };
}

/** Somebody else changed this desk's seat. @param isMuted only so that it is muted now */
export function changedElsewhere(isMuted: boolean): Problem {
  return {
    kind: 'mode-refused',
    message: isMuted
      ? 'Your seat in the call was muted from elsewhere. Nobody hears you; you still hear the call.'
      : 'Your seat in the call was changed from elsewhere, and others would have heard you. Your microphone is closed; you still hear the call.',
    remedy: 'Ask for the mode again.',
  };
}

/** This desk's leg is not in the conference any more. */
export function seatGone(): Problem {
  return {
    kind: 'mode-refused',
    message: 'Your seat in the call is gone. Nobody hears you; the others go on.',
    remedy: 'Ask for the mode again to take another seat.',
  };
}

/** Nobody is there any more for those who are served. @param seconds how long they still wait */
export function leftAlone(parties: readonly Party[], seconds: number): Problem {
  return {
    kind: 'mode-refused',
    message: `Only ${namesOf(parties)} is left on the call and hears nothing. It ends in ${seconds} s.`,
    remedy: 'Barge in to speak to them.',
  };
}

/** This desk's leg in a call of its own is gone, and it takes another. */
export function comingBack(): Problem {
  return {
    kind: 'mode-refused',
    message: 'Your sound on this call broke off. You are brought back in, your microphone closed.',
    remedy: 'Open your microphone when you hear the others again.',
  };
}

/** The desk stopped speaking by itself. */
export function steppedBack(why: StepBackReason): Problem {
  return {
    kind: 'mode-refused',
    message: `${STEP_BACK_WORDS[why]}, so your microphone is closed and you only listen.`,
    remedy: 'Ask for the mode again.',
  };
}

/** The sound beside a call cannot be had. @param hasSeat a muted seat is taken instead */
export function streamRefused(cause: Problem | null, hasSeat: boolean): Problem {
  const { code, link } = cause ?? {};
  return {
    kind: 'stream-refused',
    message: hasSeat
      ? 'Twilio did not let this call be heard beside it. You hear it by a muted seat in it instead; nobody hears you.'
      : 'Twilio did not let this call be heard beside it. The call goes on.',
    remedy: hasSeat ? 'Nothing needs to be done.' : 'Make it a conference to hear it from a seat.',
    ...(code === undefined ? {} : { code }),
    ...(link === undefined ? {} : { link }),
  };
}

/** The line is down. */
export function lineDown(): ProblemError {
  return refusal(
    'line-down',
    'The line is down, so nothing can be changed on this call.',
    'Look at the line’s problem.',
  );
}

/** What is asked does not fit the call. */
export function wrongState(message: string, remedy: string): ProblemError {
  return refusal('wrong-call-state', message, remedy);
}
