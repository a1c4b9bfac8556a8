import type { PracticeCall } from './call.ts';
import type { Params } from './call-params.ts';
import type { ConferenceCallback, ConferenceEvent } from './conference-options.ts';
import type { Participant } from './conference-participant.ts';
import { REASONS_IN_WORDS, type ReasonEnded } from './conference-reasons.ts';
import type { Line } from './line.ts';
import { callbacksInOrder } from './status-callbacks.ts';
import { twilioDate } from './twilio-date.ts';

/** What can be told of a conference, and the word that asks for it. Source: `statusCallback` of the `<Conference>` noun. */
const ASKED_BY = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify',
  'participant-speech-start': 'speaker',
  'participant-speech-stop': 'speaker',
  'announcement-end': 'announcement',
} as const satisfies Record<string, ConferenceEvent>;

/** Something that happened in a conference, in the word it is told by. */
type ConferenceNews = keyof typeof ASKED_BY;

/** Tells something; the participant it is about, and what else is to be said of it. */
export type TellConference = (
  news: ConferenceNews,
  participant: Participant | undefined,
  more?: Params,
) => void;

/**
 * Tells the app what it wants to know of a conference, one after the other; SequenceNumber counts
 * those sent. A failure becomes an alert of `call`.
 */
export function conferenceCallbacks(
  line: Line,
  { sid, name }: { readonly sid: string; readonly name: string },
  call: PracticeCall,
  callback: ConferenceCallback | undefined,
): TellConference {
  if (callback === undefined || callback.url === '') return () => {};
  const callbacks = callbacksInOrder(line, call, callback);
  let sequence = 0;
  return (news, participant, more = {}) => {
    const isLast = news === 'conference-end';
    if (!callback.events.includes(ASKED_BY[news])) {
      if (isLast) callbacks.close();
      return;
    }
    sequence += 1;
    const params = {
      ConferenceSid: sid,
      FriendlyName: name,
      AccountSid: line.accountSid,
      Timestamp: twilioDate(line.clock.now()),
      SequenceNumber: String(sequence),
      StatusCallbackEvent: news,
      ...(participant === undefined ? {} : participantParams(participant)),
      ...more,
    };
    callbacks.send(params, isLast);
  };
}

/** What is said besides of one who left. A call that is hanging up has its final status a moment later. */
export function leaveParams({ over, status }: PracticeCall, reason: string): Params {
  const hungUp = over.aborted && status === 'in-progress';
  return {
    ParticipantCallStatus: hungUp ? 'completed' : status,
    ReasonParticipantLeft: reason,
  };
}

/** What is said besides of a conference that ended, by whose call if by one's. */
export function endParams(reason: ReasonEnded, callSid: string | undefined, label: string): Params {
  return {
    ReasonConferenceEnded: reason,
    Reason: REASONS_IN_WORDS[reason],
    ...(callSid === undefined ? {} : { CallSidEndingConference: callSid }),
    ...(label === '' ? {} : { ParticipantLabelEndingConference: label }),
  };
}

function participantParams(participant: Participant): Params {
  const { call, label, callSidToCoach } = participant;
  return {
    CallSid: call.sid,
    ...(label === '' ? {} : { ParticipantLabel: label }),
    Muted: String(participant.muted),
    Hold: String(participant.hold),
    Coaching: String(participant.coaching),
    ...(callSidToCoach === undefined ? {} : { CallSidToCoach: callSidToCoach }),
    StartConferenceOnEnter: String(participant.startConferenceOnEnter),
    EndConferenceOnExit: String(participant.endConferenceOnExit),
  };
}
