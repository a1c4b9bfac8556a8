import { type EndedCall, type EndReason, talkTimeMs } from '../../electron/core/call.ts';
import { fullName, numberOf, shortName } from './names.ts';
import { spellLength } from './times.ts';

/** Reasons that somebody here, or a rule set here, gave: such a call is not missed. */
const MEANT: ReadonlySet<EndReason> = new Set([
  'declined',
  'refused',
  'hung-up-here',
  'left',
  'transferred',
]);

/** Whether somebody called and was not answered, and nobody here declined or kept them out. */
export function isMissed(call: EndedCall): boolean {
  return call.direction === 'inbound' && call.answeredAt === null && !MEANT.has(call.reason);
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
      return call.answeredAt === null && call.direction === 'outbound'
        ? `You hung up before ${name} answered.`
        : 'You hung up.';
    case 'left':
      return 'You left; the call went on.';
    case 'transferred':
      return `You handed ${name} over.`;
    case 'hung-up-there':
      return call.kind === 'notify' ? `The message call to ${name} is over.` : `${name} hung up.`;
    case 'declined':
      return call.direction === 'inbound' ? 'You declined.' : `${name} declined.`;
    case 'cancelled':
      return `You hung up before ${name} answered.`;
    case 'busy':
      return call.direction === 'inbound'
        ? `${name} heard the busy tone: you were in a call.`
        : `The line of ${name} was busy.`;
    case 'missed':
    case 'no-answer':
      return `${name} did not answer.`;
    case 'failed':
      return call.answeredAt === null
        ? 'The call could not be connected.'
        : 'Twilio lost the way to this desk and ended the call.';
    case 'interrupted':
      return 'Earshot stopped while this call was going.';
    case 'refused':
      return `Not let in: your line lets nobody ring from ${numberOf(call.them)}.`;
    case 'timed-out':
      return 'The longest time a call may take was over.';
    case 'voicemail':
      return `An answering machine took the call: the message for ${name} was left on it.`;
  }
}

/** The same in a word or two, for a row of a list. */
export function endWord(call: EndedCall): string {
  if (isMissed(call)) return 'Missed';
  if (call.answeredAt !== null && call.reason !== 'voicemail') {
    return spellLength(talkTimeMs(call, call.endedAt));
  }
  switch (call.reason) {
    case 'declined':
      return 'Declined';
    case 'busy':
      return 'Busy';
    case 'failed':
      return 'Not connected';
    case 'left':
      return 'Left';
    case 'transferred':
      return 'Handed over';
    case 'hung-up-here':
      return call.direction === 'inbound' ? 'Hung up' : 'Cancelled';
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return 'Interrupted';
    case 'refused':
      return 'Not let in';
    case 'timed-out':
      return 'Timed out';
    case 'voicemail':
      return 'Voicemail';
    case 'hung-up-there':
    case 'missed':
    case 'no-answer':
      return 'No answer';
  }
}
