import type { LegTrack, TranscriptionNews } from '../core/transcription.ts';
import { statusWord } from './call-status.ts';
import { text, type WebhookParams } from './webhook-fields.ts';

/** Twilio's names for tracks. Source: https://www.twilio.com/docs/voice/twiml/transcription */
const TRACKS: ReadonlyMap<string, LegTrack> = new Map([
  ['inbound_track', 'inbound'],
  ['outbound_track', 'outbound'],
]);

const TRANSCRIPTION_SID = /^GT[0-9a-f]{32}$/i;

/** A failure for which Twilio names no code. */
const UNEXPLAINED = 'unknown';

/**
 * Reads what Twilio tells of a transcription; null when it cannot be understood.
 * Source: https://www.twilio.com/docs/voice/twiml/transcription
 */
export function readTranscriptionNews(params: WebhookParams): TranscriptionNews | null {
  const callSid = text(params['CallSid']);
  const transcriptionSid = text(params['TranscriptionSid']);
  if (callSid === '' || !TRANSCRIPTION_SID.test(transcriptionSid)) return null;
  const names = { callSid, transcriptionSid };
  switch (statusWord(text(params['TranscriptionEvent']))) {
    case 'transcription-started':
      return { ...names, news: 'started', language: text(params['LanguageCode']) || null };
    case 'transcription-content': {
      const content = contentOf(params);
      return content === null ? null : { ...names, news: 'content', ...content };
    }
    case 'transcription-stopped':
      return { ...names, news: 'stopped' };
    case 'transcription-error': {
      const code = text(params['TranscriptionErrorCode']) || text(params['ErrorCode']);
      return { ...names, news: 'failed', code: code.trim() || UNEXPLAINED };
    }
    default:
      return null;
  }
}

function contentOf(params: WebhookParams) {
  const track = TRACKS.get(statusWord(text(params['Track'])));
  const sequence = text(params['SequenceId']).trim();
  const data = dataOf(text(params['TranscriptionData']));
  if (track === undefined || !/^\d{1,15}$/.test(sequence) || data === null) return null;
  return {
    track,
    sequence: Number(sequence),
    ...data,
    // Only what says so may still change: the last word on a piece is never taken for a draft.
    isFinal: statusWord(text(params['Final'])) !== 'false',
  };
}

function dataOf(
  json: string,
): { readonly text: string; readonly confidence: number | null } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const transcript = 'transcript' in parsed ? parsed.transcript : undefined;
  if (typeof transcript !== 'string') return null;
  const told = 'confidence' in parsed ? parsed.confidence : undefined;
  const isMeasured = typeof told === 'number' && told >= 0 && told <= 1;
  return { text: transcript.trim(), confidence: isMeasured ? told : null };
}
