import { describe, expect, it } from 'vitest';
import type { Call, EndedCall } from '../../electron/core/call.ts';
import type { Segment } from '../../electron/core/segment.ts';
import type { Transcript, TranscriptFormat } from '../../electron/core/transcript.ts';
import { exportOf } from '../../electron/transcription/export-transcript.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { segment } from '../support/segments.ts';

const ZERO = Date.UTC(2026, 4, 3, 10, 30);

const CALL: EndedCall = {
  id: 'call-1',
  sid: 'CA1',
  status: 'ended',
  direction: 'inbound',
  kind: 'direct',
  them: { number: '+14155550111', name: 'Dana Reyes' },
  ours: '+14155550100',
  startedAt: ZERO - 8000,
  answeredBy: null,
  answeredAt: ZERO - 1000,
  endedAt: ZERO + 64_000,
  reason: 'hung-up-there',
  quality: null,
  talk: null,
  others: [],
  recorded: null,
};

/** A transcript of pieces, told a second after they began. */
function transcript(
  pieces: readonly Partial<Segment>[],
  more: Partial<Transcript> = {},
): Transcript {
  const segments = pieces.map((piece, i) => ({
    ...segment({ segmentId: `s${i}`, ...piece }),
    at: ZERO + (piece.place?.atMs ?? 0) + 1000,
  }));
  return { segments, notes: [], talks: [], soundStartedAt: ZERO, ...more };
}

function written(format: TranscriptFormat, said: Transcript, call: Call = CALL): string {
  return exportOf(format, { call, transcript: said });
}

const place = (atMs: number, lengthMs: number, wordsMs: readonly number[] | null = null) => ({
  atMs,
  lengthMs,
  wordsMs,
});

const TALK = transcript(
  [
    { text: 'So do I pay twice?', place: place(1500, 1200) },
    { text: 'No, <once> & for all.', speaker: 'us', who: 'Maria', place: place(3000, 2000) },
    { text: 'still to', isFinal: false, place: place(62_000, 1000) },
    { text: 'لا، شكرا', place: place(61_000, 800), language: 'ar' },
  ],
  {
    notes: [
      { event: 'text-said', callId: 'call-1', text: 'Hold on.', by: 'stream', at: ZERO + 6000 },
      { event: 'digits-received', callId: 'call-1', digits: '4111', at: ZERO + 7000 },
      { event: 'sound-lost', callId: 'call-1', atMs: 8000, lengthMs: 2400, at: ZERO + 11_000 },
      { event: 'agent-told', callId: 'call-1', text: 'Be kind.', at: ZERO + 12_000 },
    ],
  },
);

describe('a text', () => {
  it('begins with who, when and how long, then tells what was said', () => {
    const lines = written('txt', TALK).split('\n');
    expect(lines[0]).toBe('Call from Dana Reyes, +14155550111 to +14155550100');
    expect(lines[1]).toMatch(/^2026-05-0[234] \d\d:\d\d:52 UTC[+-]\d\d:\d\d$/);
    expect(lines[2]).toBe('01:05 long');
    expect(lines.slice(3)).toEqual([
      '',
      '[00:01] Dana Reyes: So do I pay twice?',
      '[00:03] Maria: No, <once> & for all.',
      '[00:06] This desk: Hold on.',
      '[00:07] (Dana Reyes pressed keys)',
      '[00:08] (2 s of sound lost)',
      '[00:12] This desk (to the agent alone): Be kind.',
      '[01:01] Dana Reyes: لا، شكرا',
      '',
    ]);
  });

  it('tells the state of calls that are not over, or that nobody answered', () => {
    const live = stateAfter(liveCallFacts('call-1', 'outbound')).calls[0];
    if (live === undefined) throw new Error('no call');
    const text = written('txt', transcript([]), live);
    expect(text).toContain('Call from +14155550100 to Dana Reyes, +14155550111\n');
    expect(text).toContain('\nNot over yet\n\nNothing was written down.\n');
    expect(written('txt', transcript([]), { ...CALL, answeredAt: null })).toContain(
      'Never answered',
    );
  });

  it('counts from the answer where there was no sound, and guesses when what has no place began', () => {
    const said = transcript([{ text: 'Yes', place: null }], { soundStartedAt: null });
    const [{ at: _, ...piece } = { at: 0, ...segment() }] = said.segments;
    const told = { ...said, segments: [{ ...piece, at: ZERO + 9300 }] };
    expect(written('txt', told)).toContain('[00:10] Dana Reyes: Yes');
  });

  it('does not tell twice what a voice said', () => {
    const note = { event: 'text-said', callId: 'call-1', by: 'stream', at: ZERO } as const;
    const said = transcript([{ text: 'Hello.', speaker: 'us', by: 'said' }], {
      notes: [{ ...note, text: 'Hello.' }],
    });
    expect(written('txt', said).match(/Hello\./g)).toHaveLength(1);
  });
});

describe('subtitles', () => {
  it('as SRT name the speaker', () => {
    expect(written('srt', TALK)).toBe(
      [
        '1\n00:00:01,500 --> 00:00:02,700\nDana Reyes: So do I pay twice?\n',
        '2\n00:00:03,000 --> 00:00:05,000\nMaria: No, <once> & for all.\n',
        '3\n00:00:06,000 --> 00:00:06,536\nThis desk: Hold on.\n',
        '4\n00:00:12,000 --> 00:00:12,536\nThis desk: Be kind.\n',
        '5\n00:01:01,000 --> 00:01:01,800\nDana Reyes: لا، شكرا\n',
      ].join('\n'),
    );
  });

  it('as VTT have voices, escaped', () => {
    const [head, note, ...cues] = written('vtt', TALK).split('\n\n');
    expect(head).toBe('WEBVTT');
    expect(note).toMatch(/^NOTE\nCall from Dana Reyes, \+14155550111 to \+14155550100\n/);
    expect(cues[0]).toBe('00:00:01.500 --> 00:00:02.700\n<v Dana Reyes>So do I pay twice?</v>');
    expect(cues[1]).toContain('<v Maria>No, &lt;once&gt; &amp; for all.</v>');
  });

  it('cannot be broken by a name or by words', () => {
    const call = { ...CALL, them: { number: '+1', name: 'A\n\n00:00:01.000 --> <b>' } };
    const said = transcript([{ text: 'x --> y', place: place(0, 1000) }]);
    expect(written('vtt', said, call)).toContain(
      '\n<v A 00:00:01.000 --&gt; &lt;b&gt;>x --&gt; y</v>\n',
    );
    expect(written('vtt', said, call).match(/-->/g)).toHaveLength(1);
    expect(written('srt', said, call).match(/-->/g)).toHaveLength(1);
  });

  it('are parted between words at 84 characters', () => {
    const text = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
    const cues = written('srt', transcript([{ text, place: place(0, 6000) }])).split('\n\n');
    const said = cues.map(cue => cue.trim().split('\n')[2]?.replace('Dana Reyes: ', '') ?? '');
    expect(said.length).toBeGreaterThan(3);
    expect(said.every(each => each.length <= 84)).toBe(true);
    expect(said.join(' ')).toBe(text);
  });

  it('are parted at 7 s, by the places of the words', () => {
    const said = transcript([
      { text: 'one two three', place: place(1000, 12_000, [0, 3000, 8000]) },
    ]);
    const times = written('srt', said).match(/.* --> .*\n.*/g);
    expect(times).toEqual([
      '00:00:01,000 --> 00:00:04,000\nDana Reyes: one',
      '00:00:04,000 --> 00:00:09,000\nDana Reyes: two',
      '00:00:09,000 --> 00:00:13,000\nDana Reyes: three',
    ]);
  });
});

describe('JSON', () => {
  it('has all that is known, without what was pressed', () => {
    const text = written('json', TALK);
    expect(text).not.toContain('4111');
    expect(JSON.parse(text)).toMatchObject({
      call: {
        sid: 'CA1',
        them: { number: '+14155550111', name: 'Dana Reyes' },
        startedAt: '2026-05-03T10:29:52.000Z',
        talkMs: 65_000,
      },
      zero: '2026-05-03T10:30:00.000Z',
      segments: [
        { segmentId: 's0', name: 'Dana Reyes', place: { atMs: 1500, lengthMs: 1200 } },
        { segmentId: 's1', name: 'Maria', text: 'No, <once> & for all.' },
        { segmentId: 's3', text: 'لا، شكرا' },
      ],
      notes: [
        { event: 'text-said' },
        { event: 'digits-received', digits: '••••' },
        { event: 'sound-lost' },
        { event: 'agent-told' },
      ],
    });
  });
});
