import { describe, expect, it } from 'vitest';
import { readTranscriptionNews } from '../../electron/twilio/transcription-news.ts';

const CALL = `CA${'2'.repeat(32)}`;
const SID = `GT${'3'.repeat(32)}`;
const NAMES = { callSid: CALL, transcriptionSid: SID };

/** What Twilio tells in a callback. */
const read = (event: string, params: Record<string, string | string[]> = {}) =>
  readTranscriptionNews({
    ...{ AccountSid: `AC${'1'.repeat(32)}`, CallSid: CALL, TranscriptionSid: SID },
    ...{ Timestamp: '2025-03-04T05:06:07.890Z', TranscriptionEvent: event },
    ...params,
  });

const content = (params: Record<string, string> = {}) =>
  read('transcription-content', {
    LanguageCode: 'en-US',
    Track: 'inbound_track',
    SequenceId: '7',
    TranscriptionData: '{"transcript":"Good day.","confidence":0.93}',
    Final: 'true',
    ...params,
  });

describe('what Twilio tells of a transcription', () => {
  it('is that it began, in a language', () => {
    const params = { LanguageCode: 'de-DE', Track: 'both_tracks', SequenceId: '1' };
    expect(read('transcription-started', params)).toEqual({
      ...NAMES,
      news: 'started',
      language: 'de-DE',
    });
    expect(read('transcription-started')).toMatchObject({ language: null });
  });

  it('is what was said, on which track and in which order', () => {
    expect(content()).toEqual({
      ...NAMES,
      news: 'content',
      track: 'inbound',
      sequence: 7,
      text: 'Good day.',
      isFinal: true,
      confidence: 0.93,
    });
  });

  it('is also what may still change, of which nobody says how sure it is', () => {
    const TranscriptionData = '{"transcript":" Good "}';
    const params = { Track: 'outbound_track', Final: 'false', Stability: '0.8', TranscriptionData };
    expect(content(params)).toMatchObject({
      track: 'outbound',
      text: 'Good',
      isFinal: false,
      confidence: null,
    });
  });

  it.each(['1.2', '-1', '"0.9"', 'null', '[]'])('takes no %s for how sure it is', confidence => {
    const TranscriptionData = `{"transcript":"Yes.","confidence":${confidence}}`;
    expect(content({ TranscriptionData })).toMatchObject({ text: 'Yes.', confidence: null });
  });

  it('is that it stopped, or failed and why, in both of Twilio’s spellings', () => {
    expect(read('transcription-stopped')).toEqual({ ...NAMES, news: 'stopped' });
    const failed = (params: Record<string, string>) => read('transcription-error', params);
    expect(failed({ TranscriptionErrorCode: '32650', TranscriptionError: 'Bad' })).toEqual({
      ...NAMES,
      news: 'failed',
      code: '32650',
    });
    expect(failed({ ErrorCode: '32651' })).toMatchObject({ code: '32651' });
    expect(failed({})).toMatchObject({ code: 'unknown' });
  });

  it.each<[string, Record<string, string>]>([
    ['no words', { TranscriptionData: '' }],
    ['broken JSON', { TranscriptionData: '{"transcript":"Good' }],
    ['JSON of something else', { TranscriptionData: '"Good day."' }],
    ['nothing at all', { TranscriptionData: 'null' }],
    ['words that are none', { TranscriptionData: '{"transcript":{"text":"Good"}}' }],
    ['no track', { Track: '' }],
    ['both tracks', { Track: 'both_tracks' }],
    ['a track of another name', { Track: 'constructor' }],
    ['no place in the order', { SequenceId: '' }],
    ['a place that is none', { SequenceId: '1e3' }],
    ['no call', { CallSid: '' }],
    ['no transcription', { TranscriptionSid: 'RE1' }],
    ['an event of another kind', { TranscriptionEvent: 'transcription-summary' }],
  ])('is not understood with %s', (_, params) => {
    expect(content(params)).toBeNull();
  });
});
