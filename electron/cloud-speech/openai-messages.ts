import { z } from 'zod';
import type { ListenRequest } from '../core/transcriber.ts';

/** Understands words as they are said; finds no turns itself. Source: Realtime transcription guide. */
export const LIVE_MODEL = 'gpt-live-transcribe';

/** For accounts that may not use the other; finds turns itself. Source: as above, and Voice activity detection guide. */
export const TURN_MODEL = 'gpt-4o-transcribe';

/** The models that are used. */
export type OpenAiModel = typeof LIVE_MODEL | typeof TURN_MODEL;

/** The most keywords and characters that are sent as hints; a prompt that is too long is refused. */
const MOST_KEYWORDS = 100;
const MOST_PROMPT = 1000;

const errorSchema = z.object({
  type: z.string().nullish(),
  code: z.string().nullish(),
  param: z.string().nullish(),
  event_id: z.string().nullish(),
});

/** The server events that are used. Source: https://developers.openai.com/api/reference/resources/realtime/server-events */
const serverEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.created'),
    session: z.object({ expires_at: z.number().nullish() }),
  }),
  z.object({ type: z.literal('session.updated') }),
  z.object({
    type: z.literal('input_audio_buffer.speech_started'),
    item_id: z.string(),
    audio_start_ms: z.number(),
  }),
  z.object({
    type: z.literal('input_audio_buffer.speech_stopped'),
    item_id: z.string(),
    audio_end_ms: z.number(),
  }),
  z.object({ type: z.literal('input_audio_buffer.committed'), item_id: z.string() }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    item_id: z.string(),
    delta: z.string().default(''),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    item_id: z.string(),
    transcript: z.string(),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.failed'),
    item_id: z.string(),
    error: errorSchema,
  }),
  z.object({ type: z.literal('error'), error: errorSchema }),
]);

/** A server event that is used. */
export type OpenAiEvent = z.output<typeof serverEvent>;

/** What an `error` event is about. */
export type OpenAiError = z.output<typeof errorSchema>;

const named = z.object({ type: z.string() });

/** Reads a server event. @returns `other`: one that is not used; null: none at all */
export function parseOpenAi(text: string): OpenAiEvent | 'other' | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const event = serverEvent.safeParse(raw);
  if (event.success) return event.data;
  const name = named.safeParse(raw);
  const isKnown =
    name.success &&
    serverEvent.options.some(({ shape }) => shape.type.safeParse(name.data.type).success);
  return name.success && !isKnown ? 'other' : null;
}

/**
 * The first client event: how the session is to listen. mu-law is taken as it is.
 * Source: https://developers.openai.com/api/reference/resources/realtime/client-events
 */
export function sessionUpdate(
  model: OpenAiModel,
  { language, hints }: ListenRequest,
  context: string,
): string {
  const code = language.split('-')[0]?.toLowerCase() ?? language;
  const keywords = hints
    .map(hint => hint.replace(/[<>\r\n]+/g, ' ').trim())
    .filter(hint => hint !== '')
    .slice(0, MOST_KEYWORDS);
  const said = context === '' ? [] : [`Said just before: ${context.replace(/\s+/g, ' ')}`];
  const likely = keywords.length === 0 ? [] : [`Likely to be said: ${keywords.join(', ')}.`];
  const isLive = model === LIVE_MODEL;
  const prompt = ['A telephone call.', ...(isLive ? said : [...likely, ...said])].join(' ');
  return JSON.stringify({
    type: 'session.update',
    event_id: 'session',
    session: {
      type: 'transcription',
      audio: {
        input: {
          format: { type: 'audio/pcmu' },
          transcription: {
            model,
            prompt: prompt.slice(0, MOST_PROMPT),
            // Each model takes one of the two fields and refuses the other.
            ...(isLive ? { languages: [code] } : { language: code }),
            ...(isLive && keywords.length > 0 ? { keywords } : {}),
          },
          turn_detection: isLive
            ? null
            : {
                type: 'server_vad',
                threshold: 0.5,
                prefix_padding_ms: 300,
                silence_duration_ms: 500,
              },
        },
      },
    },
  });
}
