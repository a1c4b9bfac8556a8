import { API_VERSION } from './call-params.ts';
import type { PracticeConference } from './conference.ts';
import type { Participant } from './conference-participant.ts';
import type { Line } from './line.ts';
import { twilioDate } from './twilio-date.ts';

/** A conference as Twilio's API shows it. */
export function conferenceResource({ accountSid }: Line, conference: PracticeConference): object {
  const base = `/${API_VERSION}/Accounts/${accountSid}/Conferences/${conference.sid}`;
  return {
    sid: conference.sid,
    account_sid: accountSid,
    friendly_name: conference.name,
    status: conference.status,
    region: 'us1',
    reason_conference_ended: conference.reasonEnded ?? null,
    call_sid_ending_conference: conference.callSidEndingConference ?? null,
    date_created: twilioDate(conference.createdAt),
    date_updated: twilioDate(conference.changedAt),
    api_version: API_VERSION,
    uri: `${base}.json`,
    subresource_uris: {
      participants: `${base}/Participants.json`,
      recordings: `${base}/Recordings.json`,
    },
  };
}

/** A participant as Twilio's API shows it. @param isNew whether this answers its creation */
export function participantResource(
  { accountSid }: Line,
  conference: PracticeConference,
  participant: Participant,
  isNew = false,
): object {
  const { call, label } = participant;
  const base = `/${API_VERSION}/Accounts/${accountSid}/Conferences/${conference.sid}`;
  return {
    account_sid: accountSid,
    call_sid: call.sid,
    conference_sid: conference.sid,
    label: label === '' ? null : label,
    muted: participant.muted,
    hold: participant.hold,
    coaching: participant.coaching,
    call_sid_to_coach: participant.callSidToCoach ?? null,
    start_conference_on_enter: participant.startConferenceOnEnter,
    end_conference_on_exit: participant.endConferenceOnExit,
    status: participant.status,
    queue_time: isNew ? '0' : null,
    date_created: twilioDate(participant.createdAt),
    date_updated: twilioDate(participant.changedAt),
    uri: `${base}/Participants/${call.sid}.json`,
  };
}
