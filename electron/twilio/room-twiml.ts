import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { CONFERENCE_EVENTS } from './conference-rest.ts';

type NumberAttributes = Pick<
  VoiceResponse.NumberAttributes,
  'statusCallback' | 'statusCallbackMethod' | 'statusCallbackEvent'
>;

/** How a leg takes part in a conference. */
type RoomPlace = {
  readonly name: string;
  readonly label: string;
  readonly muted: boolean;
  /** Whether the conference begins with it, should it not go on yet. */
  readonly starts: boolean;
  /** Whether the conference is over when it leaves. */
  readonly ends: boolean;
  /** Where to tell of the conference. */
  readonly callback: string;
};

/** Brings a leg into a conference without a beep, and ends it after that. Who waits alone hears nothing. */
export function joinRoom(place: RoomPlace): string {
  const response = new VoiceResponse();
  response.dial().conference(
    {
      participantLabel: place.label,
      muted: place.muted,
      beep: 'false',
      startConferenceOnEnter: place.starts,
      endConferenceOnExit: place.ends,
      jitterBufferSize: 'small',
      waitUrl: '',
      statusCallback: place.callback,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: [...CONFERENCE_EVENTS],
    },
    place.name,
  );
  return response.toString();
}

/** Connects a leg with one stream here; when that is over, so is the leg. */
export function connectSeat(streamUrl: string, token: string): string {
  const response = new VoiceResponse();
  const stream = response.connect().stream({ url: streamUrl });
  stream.parameter({ name: 'token', value: token });
  response.hangup();
  return response.toString();
}

/** Who is rung instead of this desk. */
type Instead = {
  /** A number, `client:name` or `sip:address`. */
  readonly to: string;
  /** The number shown to them. */
  readonly callerId: string;
  /** Where to tell that they answered. */
  readonly callback: string;
  /** Asked what comes next when that is over, or nobody answered. */
  readonly overUrl: string;
};

/** Rings somebody else; the leg hears it ring until they answer. */
export function dialInstead({ to, callerId, callback, overUrl }: Instead): string {
  const response = new VoiceResponse();
  const dial = response.dial({ callerId, answerOnBridge: true, action: overUrl, method: 'POST' });
  const told: NumberAttributes = {
    statusCallback: callback,
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['answered'],
  };
  if (to.startsWith('client:')) dial.client(told, to.slice('client:'.length));
  else if (to.startsWith('sip:')) dial.sip(told, to);
  else dial.number(told, to);
  return response.toString();
}
