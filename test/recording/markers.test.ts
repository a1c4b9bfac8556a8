import { describe, expect, it } from 'vitest';
import type { Party } from '../../electron/core/call.ts';
import type { CallEvent, CallFact } from '../../electron/core/events.ts';
import type { Mode } from '../../electron/core/room.ts';
import { markersOf, soundStartOf } from '../../electron/recording/markers.ts';
import { introduction } from '../support/builders.ts';

const START = 1_000_000;

/** A call whose sound began at `START`, and what happened on it, in seconds after that. */
function happened(...facts: readonly (readonly [number, CallFact])[]): CallEvent[] {
  return [
    { event: 'call-ringing', ...introduction('a'), at: START - 5000 },
    { event: 'stream-started', callId: 'a', streamSid: 'MZ1', at: START },
    ...facts.map(([seconds, fact]) => ({ ...fact, at: START + seconds * 1000 })),
  ];
}

const on = (event: 'hold-changed' | 'mute-changed', isOn: boolean): CallFact => ({
  event,
  callId: 'a',
  on: isOn,
});
const paused = (isOn: boolean): CallFact => ({
  event: 'recording-paused',
  callId: 'a',
  recordingId: 'r',
  on: isOn,
});
const heard = (words: string, atMs: number | null): CallFact => ({
  event: 'watch-word-heard',
  callId: 'a',
  segmentId: 's1',
  listId: 'l1',
  phrase: 'refund',
  words,
  speaker: 'them',
  atMs,
});
const said = (text: string): CallFact => ({ event: 'text-said', callId: 'a', text, by: 'stream' });

const DANA: Party = { number: '+14155550111', name: null };
const MARIA: Party = { number: 'client:maria', name: 'Maria' };
const confirmed = (mode: Mode, ...whom: Party[]): CallFact => ({
  event: 'mode-confirmed',
  callId: 'a',
  mode,
  whom,
});

describe('the start of the sound', () => {
  it('is the first stream beside a call of others', () => {
    const off = { event: 'listening-changed', callId: 'a', on: false, at: 1 } as const;
    expect(soundStartOf([off, { ...off, on: true, at: 2 }])).toBe(2);
  });

  it('is the first stream of the call, and null when it had none', () => {
    const again: CallFact = { event: 'stream-started', callId: 'a', streamSid: 'MZ2' };
    expect(soundStartOf(happened([9, again]))).toBe(START);
    expect(soundStartOf([])).toBeNull();
  });
});

describe('markers', () => {
  it.each<readonly [string, readonly (readonly [number, CallFact])[], readonly object[]]>([
    [
      'keys of both sides',
      [
        [2, { event: 'digits-received', callId: 'a', digits: '4' }],
        [3, { event: 'digits-sent', callId: 'a', digits: '12#' }],
      ],
      [
        { kind: 'digits', atMs: 2000, lengthMs: 0, side: 'them', label: '4' },
        { kind: 'digits', atMs: 3000, lengthMs: 0, side: 'us', label: '12#' },
      ],
    ],
    [
      'watch words, by their place where they have one',
      [
        [9, heard('a refund', 2500)],
        [9, heard('my lawyer', null)],
      ],
      [
        { kind: 'watch-word', atMs: 2500, lengthMs: 0, side: 'them', label: 'a refund' },
        { kind: 'watch-word', atMs: 9000, lengthMs: 0, side: 'them', label: 'my lawyer' },
      ],
    ],
    [
      'what is masked, by its place',
      [[9, { event: 'sound-masked', callId: 'a', speaker: 'us', atMs: 2500, lengthMs: 800 }]],
      [{ kind: 'masked', atMs: 2500, lengthMs: 800, side: 'us', label: 'not kept' }],
    ],
    [
      'hold with its length',
      [
        [2, on('hold-changed', true)],
        [3, on('hold-changed', true)],
        [7, on('hold-changed', false)],
        [8, on('hold-changed', false)],
      ],
      [{ kind: 'hold', atMs: 2000, lengthMs: 5000, side: null, label: 'on hold' }],
    ],
    [
      'the closed microphone, to the end when it never opens again',
      [
        [1, on('mute-changed', true)],
        [2, on('mute-changed', false)],
        [8, on('mute-changed', true)],
      ],
      [
        { kind: 'muted', atMs: 1000, lengthMs: 1000, side: 'us', label: 'muted' },
        { kind: 'muted', atMs: 8000, lengthMs: 2000, side: 'us', label: 'muted' },
      ],
    ],
    [
      'what lasted when the call ended, to its end',
      [
        [4, on('hold-changed', true)],
        [6, { event: 'call-ended', callId: 'a', reason: 'hung-up-there' }],
      ],
      [{ kind: 'hold', atMs: 4000, lengthMs: 2000, side: null, label: 'on hold' }],
    ],
    [
      'spoken texts by their beginning',
      [
        [1, said('Hello.')],
        [2, said('This call is recorded so that nothing of it is lost, and nobody else hears it.')],
      ],
      [
        { kind: 'said', atMs: 1000, lengthMs: 0, side: 'us', label: 'Hello.' },
        {
          kind: 'said',
          atMs: 2000,
          lengthMs: 0,
          side: 'us',
          label: 'This call is recorded so that nothing…',
        },
      ],
    ],
    [
      'lost sound where it says it is missing, not where it was told',
      [[9, { event: 'sound-lost', callId: 'a', atMs: 3200, lengthMs: 4100 }]],
      [{ kind: 'sound-lost', atMs: 3200, lengthMs: 4100, side: null, label: '4 s lost' }],
    ],
    [
      'pauses of the recording, which end with it too',
      [
        [1, paused(true)],
        [2, paused(false)],
        [3, paused(true)],
        [5, { event: 'recording-stopped', callId: 'a', recordingId: 'r', because: 'asked' }],
      ],
      [
        { kind: 'recording-paused', atMs: 1000, lengthMs: 1000, side: null, label: 'not recorded' },
        { kind: 'recording-paused', atMs: 3000, lengthMs: 2000, side: null, label: 'not recorded' },
      ],
    ],
    [
      'what this desk did in a call of others, each until the next, and when it was heard',
      [
        [1, confirmed('whisper', MARIA)],
        [2, { event: 'voice-began', callId: 'a', mode: 'whisper', whom: [MARIA] }],
        [3, { event: 'voice-ended', callId: 'a' }],
        [4, confirmed('barge', DANA, MARIA)],
        [5, { event: 'voice-began', callId: 'a', mode: 'barge', whom: [DANA, MARIA] }],
        [6, confirmed('listen')],
        [7, confirmed('takeover', DANA)],
        [8, { event: 'seat-changed', callId: 'a', seat: null }],
      ],
      [
        { kind: 'whisper', atMs: 1000, lengthMs: 3000, side: null, label: 'Maria' },
        { kind: 'spoke', atMs: 2000, lengthMs: 1000, side: null, label: 'Maria' },
        { kind: 'barge', atMs: 4000, lengthMs: 2000, side: null, label: '+14155550111, Maria' },
        { kind: 'spoke', atMs: 5000, lengthMs: 3000, side: null, label: '+14155550111, Maria' },
        { kind: 'takeover', atMs: 7000, lengthMs: 1000, side: null, label: '+14155550111' },
      ],
    ],
    [
      'nothing for all other events',
      [
        [1, { event: 'volume-changed', callId: 'a', volume: 2 }],
        [2, { event: 'stream-stopped', callId: 'a', streamSid: 'MZ1' }],
      ],
      [],
    ],
  ])('tell of %s', (_, facts, expected) => {
    expect(markersOf(happened(...facts), START, START + 10_000)).toEqual(expected);
  });

  it('leave out what happened before there was sound, or begin with it', () => {
    const facts = happened(
      [-3, said('One moment.')],
      [-4, on('hold-changed', true)],
      [-2, on('mute-changed', true)],
      [-1, on('mute-changed', false)],
      [2, on('hold-changed', false)],
    );
    expect(markersOf(facts, START, START + 10_000)).toEqual([
      { kind: 'hold', atMs: 0, lengthMs: 2000, side: null, label: 'on hold' },
    ]);
  });

  it('stand in the order of the sound', () => {
    const facts = happened(
      [1, on('hold-changed', true)],
      [2, said('Back soon.')],
      [3, on('hold-changed', false)],
      [4, { event: 'sound-lost', callId: 'a', atMs: 500, lengthMs: 1000 }],
    );
    const kinds = markersOf(facts, START, START + 5000).map(({ kind }) => kind);
    expect(kinds).toEqual(['sound-lost', 'hold', 'said']);
  });
});
