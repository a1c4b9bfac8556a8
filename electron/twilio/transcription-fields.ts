import type { TranscriptionWish } from '../core/transcription.ts';

/** A transcription to begin. */
export type NewTranscription = TranscriptionWish & {
  /** No two share it. */
  readonly name: string;
  /** Where to tell what is said, and how the transcription goes on. */
  readonly callback: string;
};

/** How many hints Twilio takes, and how long each may be. Source: https://www.twilio.com/docs/api/errors/13330 */
const MOST_HINTS = 500;
const LONGEST_HINT = 100;

/**
 * How long all hints may be together, in bytes of a document. A document may take 64 kB, of which
 * listening for minutes takes up to 24. Source: https://www.twilio.com/docs/usage/trials/try-out-voice
 */
const HINTS_LIMIT_BYTES = 16_000;

/** What neither a document nor a list between commas can hold. Source: XML 1.0 §2.2 */
const NOT_IN_HINTS = /[^\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]|,/gu;

/** A transcription as both a request and a document ask for it. */
export function transcriptionFields(transcription: NewTranscription) {
  const { name, callback, tracks, language, labels } = transcription;
  const hints = hintsOf(transcription.hints);
  return {
    name,
    statusCallbackUrl: callback,
    statusCallbackMethod: 'POST',
    track: trackOf(tracks),
    inboundTrackLabel: cleaned(labels.inbound),
    outboundTrackLabel: cleaned(labels.outbound),
    languageCode: language,
    partialResults: true,
    enableAutomaticPunctuation: true,
    ...(hints === '' ? {} : { hints }),
  } as const;
}

function trackOf(
  tracks: TranscriptionWish['tracks'],
): 'both_tracks' | 'inbound_track' | 'outbound_track' {
  if (!tracks.includes('outbound')) return 'inbound_track';
  return tracks.includes('inbound') ? 'both_tracks' : 'outbound_track';
}

/** The first hints that Twilio takes, each whole. */
function hintsOf(hints: readonly string[]): string {
  const taken: string[] = [];
  let bytes = 0;
  for (const hint of new Set(hints.map(cleaned))) {
    if (hint === '' || hint.length > LONGEST_HINT) continue;
    bytes += bytesOf(hint) + 1;
    if (taken.length === MOST_HINTS || bytes > HINTS_LIMIT_BYTES) break;
    taken.push(hint);
  }
  return taken.join(',');
}

function cleaned(words: string): string {
  return words.replace(NOT_IN_HINTS, ' ').replace(/\s+/g, ' ').trim();
}

/** How much room words take in a document, where some characters are written as names such as `&quot;`. */
function bytesOf(words: string): number {
  return Buffer.byteLength(words.replace(/[&<>"']/g, '&quot;'));
}
