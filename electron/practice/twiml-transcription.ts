import { methodOf } from './twiml-attributes.ts';
import type { Track, TranscriptionNoun } from './verb.ts';

/** Twilio's words for what is transcribed. */
export const TRANSCRIBED_TRACKS: Readonly<Record<string, readonly Track[]>> = {
  inbound_track: ['inbound'],
  outbound_track: ['outbound'],
  both_tracks: ['inbound', 'outbound'],
};

/**
 * A `<Transcription>` with Twilio's defaults. Source: the attributes of the TwiML noun, which are the
 * parameters of the REST resource too. @param given the value of an attribute, by its name in TwiML
 */
export function transcriptionOf(
  given: (attribute: string) => string | undefined,
): TranscriptionNoun {
  const url = given('statusCallbackUrl') ?? '';
  return {
    name: given('name') ?? '',
    callback: url === '' ? undefined : { url, method: methodOf(given('statusCallbackMethod')) },
    tracks: TRANSCRIBED_TRACKS[given('track') ?? ''] ?? ['inbound', 'outbound'],
    trackLabels: {
      inbound: given('inboundTrackLabel') ?? '',
      outbound: given('outboundTrackLabel') ?? '',
    },
    partialResults: given('partialResults')?.toLowerCase() === 'true',
    languageCode: given('languageCode') ?? 'en-US',
    transcriptionEngine: given('transcriptionEngine') ?? 'google',
    speechModel: given('speechModel') ?? '',
    hints: given('hints') ?? '',
    profanityFilter: given('profanityFilter')?.toLowerCase() !== 'false',
    enableAutomaticPunctuation: given('enableAutomaticPunctuation')?.toLowerCase() !== 'false',
    intelligenceService: given('intelligenceService') ?? '',
  };
}
