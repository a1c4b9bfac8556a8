import {
  type Beep,
  CONFERENCE_EVENTS,
  type ConferenceCallback,
  type Interlude,
  type JitterBufferSize,
  MAX_PARTICIPANTS,
} from './conference-options.ts';
import { callbackOf, methodOf, numberOf } from './twiml-attributes.ts';
import type { DialConference } from './verb.ts';
import type { XmlElement } from './xml.ts';

type Attributes = XmlElement['attributes'];

const BEEPS: readonly Beep[] = ['false', 'onEnter', 'onExit'];
const JITTER_BUFFER_SIZES: readonly JitterBufferSize[] = ['off', 'small', 'medium'];

/** The `<Conference>` of a Dial. */
export function conferenceOf({ attributes, text }: XmlElement): DialConference {
  const coach = attributes['coach'] ?? '';
  const most = Math.floor(numberOf(attributes['maxParticipants'], MAX_PARTICIPANTS));
  return {
    name: text.trim(),
    options: {
      label: attributes['participantLabel'] ?? '',
      muted: attributes['muted'] === 'true',
      coaching: coach !== '',
      callSidToCoach: coach === '' ? undefined : coach,
      beep: BEEPS.find(beep => beep === attributes['beep']) ?? 'true',
      startConferenceOnEnter: attributes['startConferenceOnEnter'] !== 'false',
      endConferenceOnExit: attributes['endConferenceOnExit'] === 'true',
      wait: waitOf(attributes),
      jitterBufferSize:
        JITTER_BUFFER_SIZES.find(size => size === attributes['jitterBufferSize']) ?? 'large',
      maxParticipants: Math.min(MAX_PARTICIPANTS, Math.max(1, most)),
      callback: conferenceCallbackOf(attributes),
    },
  };
}

function waitOf(attributes: Attributes): Interlude {
  return { url: attributes['waitUrl'], method: methodOf(attributes['waitMethod']) };
}

/** Nothing is told unless something is asked for. */
function conferenceCallbackOf(attributes: Attributes): ConferenceCallback | undefined {
  const callback = callbackOf(attributes, 'statusCallback');
  const asked = attributes['statusCallbackEvent']?.split(/[\s,]+/) ?? [];
  const events = CONFERENCE_EVENTS.filter(event => asked.includes(event));
  return callback === undefined || events.length === 0 ? undefined : { ...callback, events };
}
