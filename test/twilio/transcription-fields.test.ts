import { describe, expect, it } from 'vitest';
import { transcriptionFields } from '../../electron/twilio/transcription-fields.ts';

const WISH = {
  name: 'earshot-1',
  callback: 'https://desk.example/voice/transcription?name=earshot-1',
  tracks: ['inbound', 'outbound'],
  language: 'en-US',
  hints: ['Earshot', 'Reyes'],
  labels: { inbound: 'Customer', outbound: 'Agent' },
} as const;

const hintsOf = (hints: readonly string[]): string | undefined =>
  transcriptionFields({ ...WISH, hints }).hints;

describe('what is asked of a transcription', () => {
  it('is told with drafts, punctuation and the names of both sides', () => {
    expect(transcriptionFields(WISH)).toEqual({
      name: 'earshot-1',
      statusCallbackUrl: WISH.callback,
      statusCallbackMethod: 'POST',
      track: 'both_tracks',
      inboundTrackLabel: 'Customer',
      outboundTrackLabel: 'Agent',
      languageCode: 'en-US',
      partialResults: true,
      enableAutomaticPunctuation: true,
      hints: 'Earshot,Reyes',
    });
  });

  it('may be one side alone', () => {
    const track = (tracks: (typeof WISH.tracks)[number][]) =>
      transcriptionFields({ ...WISH, tracks }).track;
    expect(track(['inbound'])).toBe('inbound_track');
    expect(track(['outbound'])).toBe('outbound_track');
    expect(track(['outbound', 'inbound'])).toBe('both_tracks');
  });
});

describe('the hints', () => {
  it('are left out when there are none', () => {
    expect('hints' in transcriptionFields({ ...WISH, hints: [' ', ','] })).toBe(false);
  });

  it('hold no commas of their own and nothing that no document can hold', () => {
    expect(hintsOf(['Reyes, Dana', 'Ear\u0000shot\n2', 'Ear\u0000shot 2', '\u{1F600}'])).toBe(
      'Reyes Dana,Ear shot 2,\u{1F600}',
    );
  });

  it('are no more and no longer than Twilio takes', () => {
    const many = Array.from({ length: 600 }, (_, i) => `hint ${i}`);
    expect(hintsOf(['x'.repeat(101), ...many])?.split(',')).toEqual(many.slice(0, 500));
    const long = Array.from({ length: 500 }, (_, i) => `${i}`.padEnd(100, '-'));
    const taken = hintsOf(long) ?? '';
    expect(taken.length).toBeLessThanOrEqual(16_000);
    expect(taken.split(',')).toEqual(long.slice(0, 158));
  });
});
