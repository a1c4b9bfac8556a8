import { type EndedCall, talkTimeMs } from '../../electron/core/call.ts';
import { fullName, shortName } from './names.ts';
import { spellLength } from './times.ts';

/** Whether somebody called and was not answered, and nobody here declined. */
export function isMissed(call: EndedCall): boolean {
  return call.direction === 'inbound' && call.answeredAt === null && call.reason !== 'declined';
}

/** Who ended the call and why, as a sentence. */
export function endSentence(call: EndedCall): string {
  const name = shortName(call.them);
  if (isMissed(call)) {
    if (call.reason === 'interrupted') return `${name} was ringing when Earshot stopped.`;
    if (call.reason === 'failed') return `${name} rang, but the call could not be connected.`;
    return `${fullName(call.them)} rang for ${spellLength(call.endedAt - call.startedAt)}.`;
  }
  switch (call.reason) {
    case 'hung-up-here':
      return call.answeredAt === null ? `You hung up before ${name} answered.` : 'You hung up.';
    case 'hung-up-there':
      return `${name} hung up.`;
    case 'declined':
      return call.direction === 'inbound' ? 'You declined.' : `${name} declined.`;
    case 'cancelled':
      return `You hung up before ${name} answered.`;
    case 'busy':
      return `The line of ${name} was busy.`;
    case 'missed':
    case 'no-answer':
      return `${name} did not answer.`;
    case 'failed':
      return 'The call could not be connected.';
    case 'interrupted':
      return 'Earshot stopped while this call was going.';
  }
}

/** The same in a word or two, for a row of a list. */
export function endWord(call: EndedCall): string {
  if (isMissed(call)) return 'Missed';
  if (call.answeredAt !== null) return spellLength(talkTimeMs(call, call.endedAt));
  switch (call.reason) {
    case 'declined':
      return 'Declined';
    case 'busy':
      return 'Busy';
    case 'failed':
      return 'Not connected';
    case 'hung-up-here':
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return 'Interrupted';
    case 'hung-up-there':
    case 'missed':
    case 'no-answer':
      return 'No answer';
  }
}
