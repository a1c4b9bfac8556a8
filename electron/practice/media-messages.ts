import { z } from 'zod';
import type { Track } from './verb.ts';

/** What the app may send on a stream; anything else is malformed. */
type AppMessage =
  | { readonly event: 'media'; readonly streamSid: string; readonly payload: Buffer }
  | { readonly event: 'mark'; readonly streamSid: string; readonly name: string }
  | { readonly event: 'clear'; readonly streamSid: string };

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const appMessage = z.discriminatedUnion('event', [
  z
    .object({
      event: z.literal('media'),
      streamSid: z.string(),
      media: z.object({ payload: z.string().regex(BASE64) }),
    })
    .transform(({ event, streamSid, media }) => ({
      event,
      streamSid,
      payload: Buffer.from(media.payload, 'base64'),
    })),
  z
    .object({
      event: z.literal('mark'),
      streamSid: z.string(),
      mark: z.object({ name: z.string().min(1) }),
    })
    .transform(({ event, streamSid, mark }) => ({ event, streamSid, name: mark.name })),
  z.object({ event: z.literal('clear'), streamSid: z.string() }),
]);

/** Reads one text message of the app; undefined when it is malformed. */
export function parseAppMessage(text: string): AppMessage | undefined {
  try {
    return appMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What every stream message about a call tells. */
type StreamIdentity = {
  readonly accountSid: string;
  readonly callSid: string;
  readonly streamSid: string;
  readonly tracks: readonly Track[];
};

/** Writes the messages of one stream to the app, numbering them as Twilio does. */
export class LineMessages {
  readonly #identity: StreamIdentity;
  #sequence = 0;
  readonly #chunks = { inbound: 0, outbound: 0 };

  constructor(identity: StreamIdentity) {
    this.#identity = identity;
  }

  /** The greeting, before anything else. */
  connected(): string {
    return JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  }

  /** What the stream is, with the parameters of its TwiML. */
  start(customParameters: Readonly<Record<string, string>>): string {
    const { accountSid, callSid, streamSid, tracks } = this.#identity;
    return JSON.stringify({
      event: 'start',
      sequenceNumber: this.#nextSequence(),
      start: {
        accountSid,
        streamSid,
        callSid,
        tracks,
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters,
      },
      streamSid,
    });
  }

  /** 20 ms of one track in µ-law bytes; `timestampMs` counts from the start of the stream. */
  media(track: Track, payload: Uint8Array, timestampMs: number): string {
    this.#chunks[track] += 1;
    const base64 = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString(
      'base64',
    );
    return (
      `{"event":"media","sequenceNumber":"${this.#nextSequence()}","media":{"track":"${track}",` +
      `"chunk":"${this.#chunks[track]}","timestamp":"${timestampMs}","payload":"${base64}"},` +
      `"streamSid":"${this.#identity.streamSid}"}`
    );
  }

  /** A key the far person pressed. */
  dtmf(digit: string): string {
    return JSON.stringify({
      event: 'dtmf',
      streamSid: this.#identity.streamSid,
      sequenceNumber: this.#nextSequence(),
      dtmf: { track: 'inbound_track', digit },
    });
  }

  /** A mark of the app whose sound was played or cleared. */
  mark(name: string): string {
    return JSON.stringify({
      event: 'mark',
      sequenceNumber: this.#nextSequence(),
      streamSid: this.#identity.streamSid,
      mark: { name },
    });
  }

  /** The end. */
  stop(): string {
    const { accountSid, callSid, streamSid } = this.#identity;
    return JSON.stringify({
      event: 'stop',
      sequenceNumber: this.#nextSequence(),
      streamSid,
      stop: { accountSid, callSid },
    });
  }

  #nextSequence(): string {
    this.#sequence += 1;
    return String(this.#sequence);
  }
}
