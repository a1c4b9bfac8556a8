import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { type NewTranscription, transcriptionFields } from './transcription-fields.ts';
import { twilioVoice, type Voice } from './voices.ts';

/** A text and the voice it is spoken with. */
export type Spoken = { readonly text: string; readonly voice: Voice };

/** What Twilio listens for. */
export type Listening = {
  readonly input: 'speech' | 'digits' | 'both';
  readonly numDigits?: number;
  /** How long nothing may come, in seconds. */
  readonly timeoutS: number;
  /** Spoken first; words and keys interrupt it. */
  readonly prompt?: Spoken;
};

/** Documents are asked for by POST, with all that is known of the call. */
const POST = { method: 'POST' } as const;

/** How long Twilio's hold queue is silent between two sentences, in seconds: shorter than a call may show no sign of life. */
const HOLD_PAUSE_S = 10;

/** What no XML may hold, however it is escaped. Source: XML 1.0 §2.2 */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * How long a call waits before each new try to stream, in seconds. While this computer cannot be
 * reached, a stream that fails leads to the next verb, but a document that cannot be fetched ends
 * the call: 15 s outlast a tunnel that opens again and an app that starts again, and all of it
 * comes twice, for the loss after that.
 */
const STREAM_PAUSES_S = [0, 1, 2, 4, 4, 4, 0, 1, 2, 4, 4, 4];

/** How many times one document listens, so that a call where nobody speaks takes few documents. */
const LISTENINGS = 60;

/**
 * Connects the call to a stream here; should it be lost or not start, to the next one, and when all
 * are used up, asks again instead of ending.
 * @param token handed back by each stream's `start` message
 * @param resumeUrl asked when the last stream is over while the call is not
 */
export function connectStream(streamUrl: string, token: string, resumeUrl: string): string {
  const response = new VoiceResponse();
  const connect = (): void => {
    response.connect().stream({ url: streamUrl }).parameter({ name: 'token', value: token });
  };
  connect();
  for (const length of STREAM_PAUSES_S) {
    if (length > 0) response.pause({ length });
    connect();
  }
  response.redirect(POST, resumeUrl);
  return response.toString();
}

/** Keeps a call ringing for a second, then asks again. A leading Pause delays the pick-up. */
export function keepRinging(nextUrl: string): string {
  const response = new VoiceResponse();
  response.pause({ length: 1 });
  response.redirect(POST, nextUrl);
  return response.toString();
}

/** Refuses a call that still rings; the caller hears the busy tone, or a word, and is not charged. */
export function rejectCall(reason: 'busy' | 'rejected'): string {
  const response = new VoiceResponse();
  response.reject({ reason });
  return response.toString();
}

/** Ends the call. */
export function hangUpCall(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** Nothing more to do. */
export function nothing(): string {
  return new VoiceResponse().toString();
}

/** Takes the call and lets it wait. @param leftUrl asked when it left the queue by itself */
export function holdInQueue(waitUrl: string, leftUrl: string): string {
  const response = new VoiceResponse();
  const urls = { waitUrl, waitUrlMethod: 'POST', action: leftUrl, method: 'POST' };
  response.enqueue(urls, 'hold-queue');
  return response.toString();
}

/** What is heard in the queue; asked for again when it is over. Only Say, Play, Pause, Redirect, Hangup and Leave are allowed. */
export function holdMusic(voice: Voice): string {
  const response = new VoiceResponse();
  response.say({ voice: twilioVoice(voice) }, 'All agents are currently busy. Please hold.');
  response.pause({ length: HOLD_PAUSE_S });
  return response.toString();
}

/** Lets the call out of the queue: what was to be asked then is asked now. */
export function leaveQueue(): string {
  const response = new VoiceResponse();
  response.leave();
  return response.toString();
}

/** Speaks texts one after the other, then asks what comes next. */
export function speak(texts: readonly Spoken[], nextUrl: string): string {
  const response = new VoiceResponse();
  for (const spoken of texts) addSay(response, spoken);
  response.redirect(POST, nextUrl);
  return response.toString();
}

/** Speaks a message, waits so many seconds and hangs up. */
export function speakMessage(spoken: Spoken, waitS: number): string {
  const response = new VoiceResponse();
  addSay(response, spoken);
  if (waitS > 0) response.pause({ length: waitS });
  response.hangup();
  return response.toString();
}

/** Asks once for words or keys. @param resultUrl told what came @param nothingUrl asked when nothing came */
export function ask(listening: Listening, resultUrl: string, nothingUrl: string): string {
  const response = new VoiceResponse();
  addGather(response, listening, resultUrl);
  response.redirect(POST, nothingUrl);
  return response.toString();
}

/** Listens on and on; whatever comes is told to `resultUrl`. */
export function listenOn(listening: Listening, resultUrl: string, nextUrl: string): string {
  const response = new VoiceResponse();
  for (let i = 0; i < LISTENINGS; i += 1) addGather(response, listening, resultUrl);
  response.redirect(POST, nextUrl);
  return response.toString();
}

/** The same document, that begins to transcribe the call before all else. */
export function transcribed(document: string, transcription: NewTranscription): string {
  const response = new VoiceResponse();
  response.start().transcription(transcriptionFields(transcription));
  const [, start = ''] = /<Response>(.*)<\/Response>$/s.exec(response.toString()) ?? [];
  return document.replace('<Response>', opening => `${opening}${start}`);
}

function addGather(
  response: VoiceResponse,
  { input, numDigits, timeoutS, prompt }: Listening,
  action: string,
): void {
  const gather = response.gather({
    input: input === 'speech' ? ['speech'] : input === 'digits' ? ['dtmf'] : ['speech', 'dtmf'],
    action,
    method: 'POST',
    timeout: timeoutS,
    ...(input === 'digits' ? {} : { speechTimeout: 'auto' }),
    ...(numDigits === undefined ? {} : { numDigits }),
  });
  if (prompt !== undefined) addSay(gather, prompt);
}

function addSay(to: Pick<VoiceResponse, 'say'>, { text, voice }: Spoken): void {
  to.say({ voice: twilioVoice(voice) }, text.replace(NOT_IN_XML, ' '));
}
