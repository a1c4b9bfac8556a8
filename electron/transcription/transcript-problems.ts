import type { Problem } from '../core/problem.ts';
import { TRANSCRIPT_SENTENCES } from '../core/transcript-sentences.ts';

/** Refusals that pass by themselves: it is asked again. */
const PASSING: ReadonlySet<Problem['kind']> = new Set<Problem['kind']>([
  'rate-limited',
  'twilio-unreachable',
  'call-uncertain',
  'line-down',
  'webhook-failed',
]);

/**
 * Failures that come again however often it is asked: the provider does not take the language or the
 * account may not use it. Source: https://www.twilio.com/docs/api/errors/32651 and its neighbours
 */
const LASTING: ReadonlySet<string> = new Set(['32651', '32652', '32655']);

/** Whether a refusal passes by itself. */
export function isPassing({ kind }: Problem): boolean {
  return PASSING.has(kind);
}

/** Whether a transcription that failed with this code would fail again. */
export function isLasting(code: string): boolean {
  return LASTING.has(code);
}

/** Why a transcription failed, by Twilio's code. */
export function failedTranscription(code: string): Problem {
  const { kind = STOPPED.kind, message, remedy } = TRANSCRIPT_SENTENCES[Number(code)] ?? STOPPED;
  return { kind, message, remedy, code };
}

/** A transcription ended though nobody asked for that. */
export const STOPPED: Problem = {
  kind: 'transcript-failed',
  message: 'Twilio stopped writing down what is said. The call goes on.',
  remedy: 'Wait while Earshot asks Twilio again, or let this computer write calls down.',
};

/** There is no line to ask. */
export const LINE_DOWN: Problem = {
  kind: 'line-down',
  message: 'The line is down, so Twilio cannot be asked to write down what is said.',
  remedy: 'Look at the line’s problem.',
};

/** Nothing went wrong that is expected. */
export const UNEXPECTED: Problem = {
  kind: 'transcript-failed',
  message: 'What is said could not be written down. The call goes on.',
  remedy: 'Turn transcripts off and on again, or let somebody else write calls down.',
};

/** The sound of the call does not come here. */
export const NO_SOUND: Problem = {
  kind: 'not-available',
  message: 'Twilio carries this call as words only, so nobody here can listen to it.',
  remedy: 'Let Twilio write this call down.',
};

/** A transcriber that this run does not have. */
export const NOT_HERE: Problem = {
  kind: 'not-available',
  message: 'This run of Earshot has no such transcriber.',
  remedy: 'Let somebody else write calls down.',
};
