/**
 * The JSON messages of Twilio Media Streams, parsed once at the edge.
 * Source: https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */

/** Message from Twilio. Times are ms since the stream began. */
export type MediaMessage =
  | { readonly event: 'connected' }
  | {
      readonly event: 'start';
      readonly streamSid: string;
      readonly callSid: string;
      readonly token: string | null;
    }
  | {
      readonly event: 'media';
      readonly track: Track;
      readonly timestampMs: number;
      /** µ-law bytes, 8 kHz. */
      readonly payload: Uint8Array;
    }
  | { readonly event: 'mark'; readonly name: string }
  | { readonly event: 'dtmf'; readonly digit: string }
  | { readonly event: 'stop' };

/** Why a message was not understood. */
type MessageFault = 'not-json' | 'missing-field' | 'bad-base64' | 'unknown-event';

/** A message understood, or what is wrong with it. */
export type ParsedMessage =
  | { readonly ok: true; readonly message: MediaMessage }
  | { readonly ok: false; readonly fault: MessageFault };

type Fields = Readonly<Record<string, unknown>>;

/** Whose sound a leg's stream brings, seen from Twilio: what the leg says is inbound, what it hears outbound. */
export type Track = 'inbound' | 'outbound';

/** Sound as it came. */
type Sound = {
  readonly track: Track;
  /** Ms since the stream began. */
  readonly timestampMs: number;
  /** µ-law bytes, 8 kHz. */
  readonly payload: Uint8Array;
};

/** What stands between the values of a sound message as Twilio spells it. */
const SPELLING = {
  sequence: Buffer.from('{"event":"media","sequenceNumber":"'),
  track: Buffer.from('","media":{"track":"'),
  inbound: Buffer.from('inbound","chunk":"'),
  outbound: Buffer.from('outbound","chunk":"'),
  timestamp: Buffer.from('","timestamp":"'),
  payload: Buffer.from('","payload":"'),
  streamSid: Buffer.from('"},"streamSid":"'),
  end: Buffer.from('"}'),
} as const;

const QUOTE = 0x22;

/**
 * Understands the one message that comes 50 times a second, at about a third of what JSON costs. Null
 * when it is anything but sound, whole and spelled as Twilio does: then
 * `parseMediaMessage` tells what it is.
 */
export function parseSound(text: Buffer): Sound | null {
  let at = past(text, 0, SPELLING.sequence);
  at = past(text, pastDigits(text, at), SPELLING.track);
  const inboundAt = past(text, at, SPELLING.inbound);
  at = inboundAt === NOWHERE ? past(text, at, SPELLING.outbound) : inboundAt;
  const timestampAt = past(text, pastDigits(text, at), SPELLING.timestamp);
  const timestampEnd = pastDigits(text, timestampAt);
  const payloadAt = past(text, timestampEnd, SPELLING.payload);
  if (payloadAt === NOWHERE) return null;
  const payloadEnd = text.indexOf(QUOTE, payloadAt);
  at = pastWord(text, past(text, payloadEnd, SPELLING.streamSid));
  if (past(text, at, SPELLING.end) !== text.length) return null;
  const payload = fromBase64(text.toString('latin1', payloadAt, payloadEnd));
  if (payload === null) return null;
  const track = inboundAt === NOWHERE ? 'outbound' : 'inbound';
  return { track, timestampMs: numberIn(text, timestampAt, timestampEnd), payload };
}

/** Understands one text message of a stream. */
export function parseMediaMessage(text: string): ParsedMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not-json' };
  }
  const fields = fieldsOf(json);
  if (fields === null) return { ok: false, fault: 'not-json' };
  switch (fields['event']) {
    case 'media':
      return parseMedia(fieldsOf(fields['media']));
    case 'connected':
      return { ok: true, message: { event: 'connected' } };
    case 'start':
      return parseStart(fieldsOf(fields['start']));
    case 'mark':
      return named(fieldsOf(fields['mark'])?.['name'], name => ({ event: 'mark', name }));
    case 'dtmf':
      return named(fieldsOf(fields['dtmf'])?.['digit'], digit => ({ event: 'dtmf', digit }));
    case 'stop':
      return { ok: true, message: { event: 'stop' } };
    default:
      return { ok: false, fault: 'unknown-event' };
  }
}

/** A frame to be played to the other side. @param payload µ-law bytes */
export function mediaMessage(streamSid: string, payload: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = payload;
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return `{"event":"media","streamSid":"${streamSid}","media":{"payload":"${base64}"}}`;
}

/** A mark that comes back when everything sent before it has been played. */
export function markMessage(streamSid: string, name: string): string {
  return JSON.stringify({ event: 'mark', streamSid, mark: { name } });
}

/** Empties what Twilio has not played yet. */
export function clearMessage(streamSid: string): string {
  return JSON.stringify({ event: 'clear', streamSid });
}

function parseMedia(media: Fields | null): ParsedMessage {
  const payload = media?.['payload'];
  const timestampMs = Number(media?.['timestamp']);
  if (typeof payload !== 'string' || !Number.isSafeInteger(timestampMs) || timestampMs < 0) {
    return { ok: false, fault: 'missing-field' };
  }
  const bytes = fromBase64(payload);
  if (bytes === null) return { ok: false, fault: 'bad-base64' };
  const track = media?.['track'] === 'outbound' ? 'outbound' : 'inbound';
  return { ok: true, message: { event: 'media', track, timestampMs, payload: bytes } };
}

/** Where a text was not as expected. */
const NOWHERE = -1;

/** Most digits of a number that is exact in any case. */
const MOST_DIGITS = 15;

/** Where what stands at `at` ends, when it is `expected`. */
function past(text: Uint8Array, at: number, expected: Uint8Array): number {
  if (at === NOWHERE) return NOWHERE;
  for (let i = 0; i < expected.length; i += 1) {
    if (text[at + i] !== expected[i]) return NOWHERE;
  }
  return at + expected.length;
}

function pastDigits(text: Uint8Array, from: number): number {
  if (from === NOWHERE) return NOWHERE;
  let at = from;
  while (isDigit(text[at])) at += 1;
  return at > from && at - from <= MOST_DIGITS ? at : NOWHERE;
}

function pastWord(text: Uint8Array, from: number): number {
  if (from === NOWHERE) return NOWHERE;
  let at = from;
  while (isDigit(text[at]) || isLetter(text[at])) at += 1;
  return at > from ? at : NOWHERE;
}

function numberIn(text: Uint8Array, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at += 1) number = number * 10 + (text[at] ?? 0) - 0x30;
  return number;
}

function isDigit(character = 0): boolean {
  return character >= 0x30 && character <= 0x39;
}

function isLetter(character = 0): boolean {
  const small = character | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/**
 * The bytes of padded base64, or null when it is none. Node leaves out what it does not know, which
 * shows in the length; only the two characters of base64url must be looked for.
 */
function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const isWhole = bytes.length > 0 && bytes.length === (text.length / 4) * 3 - padding;
  return isWhole && !text.includes('-') && !text.includes('_') ? bytes : null;
}

function parseStart(start: Fields | null): ParsedMessage {
  const streamSid = start?.['streamSid'];
  const callSid = start?.['callSid'];
  if (typeof callSid !== 'string' || !isSid(streamSid))
    return { ok: false, fault: 'missing-field' };
  const token = fieldsOf(start?.['customParameters'])?.['token'];
  return {
    ok: true,
    message: {
      event: 'start',
      streamSid,
      callSid,
      token: typeof token === 'string' ? token : null,
    },
  };
}

function named(value: unknown, build: (value: string) => MediaMessage): ParsedMessage {
  if (typeof value !== 'string' || value === '') return { ok: false, fault: 'missing-field' };
  return { ok: true, message: build(value) };
}

/** Twilio's names are letters and digits; anything else could break out of a message we build. */
function isSid(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{2,64}$/.test(value);
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}
