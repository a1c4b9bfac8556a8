import { z } from 'zod';

/**
 * The messages between Earshot and the program of a voice agent: those of Twilio Media Streams, in
 * which Earshot plays Twilio's part, so that every program written for Twilio can serve calls here.
 * Source: https://www.twilio.com/docs/voice/media-streams/websocket-messages
 *
 * Two more messages exist for programs that can be told something by the person at the desk. The
 * parameter `offers` of the stream says that this desk knows them; a program that takes them says so once, with `{"event":"accepts","accepts":["instruction","whisper"]}`:
 * - `{"event":"instruction","streamSid":"…","instruction":{"text":"…"}}` is a text for it alone,
 * - `media` with the track `whisper` is the voice of the person at the desk, for it alone.
 */

const ACCEPTANCES = ['instruction', 'whisper'] as const;

/** What an agent's program may take beside the caller's sound. */
export type Acceptance = (typeof ACCEPTANCES)[number];

/** What the program of an agent sends. */
export type ProgramMessage =
  | { readonly event: 'media'; readonly mulaw: Uint8Array }
  | { readonly event: 'mark'; readonly name: string }
  | { readonly event: 'clear' }
  | { readonly event: 'accepts'; readonly accepts: readonly Acceptance[] };

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const programMessage = z.discriminatedUnion('event', [
  z
    .object({
      event: z.literal('media'),
      media: z.object({ payload: z.string().regex(BASE64) }),
    })
    .transform(({ event, media }) => ({ event, mulaw: Buffer.from(media.payload, 'base64') })),
  z
    .object({ event: z.literal('mark'), mark: z.object({ name: z.string().min(1).max(200) }) })
    .transform(({ event, mark }) => ({ event, name: mark.name })),
  z.object({ event: z.literal('clear') }),
  z
    .object({ event: z.literal('accepts'), accepts: z.array(z.string()).max(100) })
    .transform(({ event, accepts }) => ({
      event,
      accepts: ACCEPTANCES.filter(one => accepts.includes(one)),
    })),
]);

/** Reads one message of a program; null when it is none of those known. */
export function parseProgramMessage(text: string): ProgramMessage | null {
  try {
    return programMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Names a call to its agent. */
export type AgentCall = {
  /** AC…; null when the line has none to tell. */
  readonly accountSid: string | null;
  readonly callSid: string;
  readonly streamSid: string;
  /** Told to the program as parameters of the stream. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** Writes what Earshot sends to the program of an agent, numbered as Twilio does. */
export class AgentMessages {
  readonly #call: AgentCall;
  #sequence = 0;
  readonly #chunks = { inbound: 0, whisper: 0 };

  constructor(call: AgentCall) {
    this.#call = call;
  }

  /** The greeting and what the call is, before anything else. */
  opening(): readonly string[] {
    const { callSid, streamSid, parameters } = this.#call;
    const start = {
      ...this.#account(),
      streamSid,
      callSid,
      tracks: ['inbound'],
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      customParameters: parameters,
    };
    return [
      JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }),
      this.#numbered('start', { start }),
    ];
  }

  /** Sound for the agent. @param timestampMs since the stream began @param mulaw 8 kHz */
  media(track: 'inbound' | 'whisper', timestampMs: number, mulaw: Uint8Array): string {
    this.#chunks[track] += 1;
    const { buffer, byteOffset, length } = mulaw;
    const payload = Buffer.from(buffer, byteOffset, length).toString('base64');
    const timestamp = String(Math.round(timestampMs));
    return this.#numbered('media', {
      media: { track, chunk: String(this.#chunks[track]), timestamp, payload },
    });
  }

  /** A key the caller pressed. */
  dtmf(digit: string): string {
    return this.#numbered('dtmf', { dtmf: { track: 'inbound_track', digit } });
  }

  /** A name comes back: all sound sent before it was heard, or was cut off. */
  mark(name: string): string {
    return this.#numbered('mark', { mark: { name } });
  }

  /** A text for the agent alone. */
  instruction(text: string): string {
    return this.#numbered('instruction', { instruction: { text } });
  }

  /** The end. */
  stop(): string {
    return this.#numbered('stop', { stop: { ...this.#account(), callSid: this.#call.callSid } });
  }

  #account(): { readonly accountSid?: string } {
    const { accountSid } = this.#call;
    return accountSid === null ? {} : { accountSid };
  }

  #numbered(event: string, rest: Readonly<Record<string, unknown>>): string {
    this.#sequence += 1;
    const { streamSid } = this.#call;
    return JSON.stringify({ event, sequenceNumber: String(this.#sequence), streamSid, ...rest });
  }
}
