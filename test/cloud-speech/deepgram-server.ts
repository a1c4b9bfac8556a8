// What Deepgram says, in the shapes of its documentation:
// https://developers.deepgram.com/reference/speech-to-text/listen-streaming (Results, SpeechStarted,
// UtteranceEnd), https://developers.deepgram.com/docs/close-stream (Metadata) and
// https://developers.deepgram.com/docs/finalize (from_finalize).

/** A word and where it is, in s of the connection's sound. */
export type Word = readonly [string, number, number];

/** What was understood of a stretch of sound, in s of the connection's sound. */
export function results(
  start: number,
  duration: number,
  words: readonly Word[],
  flags: {
    readonly is_final?: boolean;
    readonly speech_final?: boolean;
    readonly from_finalize?: boolean;
  } = {},
): object {
  return {
    type: 'Results',
    channel_index: [0, 1],
    duration,
    start,
    is_final: false,
    speech_final: false,
    channel: {
      alternatives: [
        {
          transcript: words.map(([word]) => word).join(' '),
          confidence: words.length === 0 ? 0 : 0.98,
          words: words.map(([word, from, end]) => ({
            word: word.toLowerCase(),
            start: from,
            end,
            confidence: 0.98,
            punctuated_word: word,
          })),
        },
      ],
    },
    metadata: {
      request_id: '8c8ebea9-dbec-45fa-a035-e4632cb05b5f',
      model_info: { name: 'general-nova-3', version: '2024-12-20.0', arch: 'nova-3' },
      model_uuid: '1dbdfb4d-85b2-4659-9831-16b3c76229aa',
    },
    ...flags,
  };
}

/** Told when somebody begins to talk. */
export const SPEECH_STARTED = {
  type: 'SpeechStarted',
  channel: [0, 1],
  timestamp: 0.1,
};

/** Told when nobody talks any more. */
export const UTTERANCE_END = { type: 'UtteranceEnd', channel: [0, 1], last_word_end: 2.395 };

/** Told when a stream was closed. */
export const METADATA = {
  type: 'Metadata',
  transaction_key: 'deprecated',
  request_id: '8c8ebea9-dbec-45fa-a035-e4632cb05b5f',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  created: '2024-08-29T22:37:55.202Z',
  duration: 0,
  channels: 0,
};
