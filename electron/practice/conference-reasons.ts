import type { Departure } from './conference-member.ts';

/** Twilio's words for why a conference ended. */
export type ReasonEnded =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left';

/** The same as sentences. */
export const REASONS_IN_WORDS: Readonly<Record<ReasonEnded, string>> = {
  'conference-ended-via-api': 'Conference ended via API',
  'participant-with-end-conference-on-exit-left':
    'Participant with endConferenceOnExit=true left the conference',
  'participant-with-end-conference-on-exit-kicked':
    'Participant with endConferenceOnExit=true was kicked from the conference',
  'last-participant-kicked': 'Last participant was kicked from the conference',
  'last-participant-left': 'Last participant left the conference',
};

/** Why a participant left, in Twilio's words. A conference that ended has its own. */
export const REASON_LEFT = {
  'hung-up': 'participant_hung_up',
  left: 'participant_hung_up',
  redirected: 'participant_updated_via_api',
  kicked: 'participant_updated_via_api',
} as const satisfies Partial<Record<Departure, string>>;
