import { z } from 'zod';
import type { ListenRequest } from '../core/transcriber.ts';

/** What a key term costs at most, in characters for a token; 500 tokens may be asked for. Source: Keyterm Prompting. */
const CHARACTERS_A_TOKEN = 3;
const MOST_TOKENS = 450;

/** Regional languages of Nova-3; others are asked for without their region. Source: Models & Languages Overview. */
const REGIONAL = new Set(
  'en-US en-AU en-GB en-IN en-NZ de-CH es-419 fr-CA nl-BE pt-BR pt-PT da-DK sv-SE ko-KR th-TH zh-CN zh-TW zh-HK'.split(
    ' ',
  ),
);

const resultSchema = z.object({
  type: z.literal('Results'),
  /** Where it begins and how long it is, in s of the connection's sound. */
  start: z.number().nonnegative(),
  duration: z.number().nonnegative(),
  is_final: z.boolean().default(false),
  speech_final: z.boolean().default(false),
  from_finalize: z.boolean().default(false),
  channel: z.object({
    alternatives: z
      .array(
        z.object({
          transcript: z.string(),
          confidence: z.number().default(0),
          words: z.array(z.object({ start: z.number(), end: z.number() })).default([]),
        }),
      )
      .min(1),
  }),
});

/** Messages that are used. Source: https://developers.deepgram.com/reference/speech-to-text/listen-streaming */
const messageSchema = z.discriminatedUnion('type', [
  resultSchema,
  z.object({ type: z.literal('UtteranceEnd') }),
  z.object({ type: z.literal('SpeechStarted') }),
  z.object({ type: z.literal('Metadata') }),
  z.object({ type: z.literal('Error') }),
]);

/** What Deepgram understood of a stretch of sound. */
export type DeepgramResult = z.output<typeof resultSchema>;

/** A message that is used. */
type DeepgramMessage = z.output<typeof messageSchema>;

const named = z.object({ type: z.string() });

/** Reads a message. @returns `other`: one that is not used; null: none at all */
export function parseDeepgram(text: string): DeepgramMessage | 'other' | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const message = messageSchema.safeParse(raw);
  if (message.success) return message.data;
  const name = named.safeParse(raw);
  return name.success && name.data.type !== 'Results' ? 'other' : null;
}

/** How a connection is to listen, as the query of its address. Source: as above. */
export function listenQuery({ language, hints }: ListenRequest): string {
  const query = new URLSearchParams({
    model: 'nova-3',
    language: REGIONAL.has(language) ? language : (language.split('-')[0] ?? language),
    encoding: 'mulaw',
    sample_rate: '8000',
    channels: '1',
    interim_results: 'true',
    punctuate: 'true',
    smart_format: 'true',
    endpointing: '300',
    vad_events: 'true',
    utterance_end_ms: '1000',
  });
  let tokens = 0;
  for (const hint of hints) {
    tokens += Math.ceil(hint.length / CHARACTERS_A_TOKEN);
    if (tokens > MOST_TOKENS) break;
    query.append('keyterm', hint);
  }
  return query.toString();
}
