import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../electron/core/recording.ts';
import {
  recordedMoment,
  recordingState,
  unrecordedOf,
} from '../../../renderer/replay/recording-state.ts';
import { endedCall, NOW } from '../console-states.ts';

function recording(change: Partial<Recording> = {}): Recording {
  return {
    id: 'one',
    callId: 'dana',
    by: 'here',
    sid: null,
    account: null,
    startedAt: NOW - 120_000,
    offsetMs: 0,
    durationMs: 60_000,
    status: 'kept',
    path: '/recordings/one.wav',
    ...change,
  };
}

describe('what can be played of a call', () => {
  test('is every recording that is kept, in order, over the whole call', () => {
    const late = recording({ id: 'late', offsetMs: 40_000, durationMs: 10_000 });
    const early = recording({ durationMs: 5000 });
    expect(recordingState(endedCall(), [late, early])).toEqual({
      kind: 'kept',
      recordings: [early, late],
      lengthMs: 60_000,
    });
  });

  test('is as long as its recording where that is longer', () => {
    const state = recordingState(endedCall(), [recording({ durationMs: 60_400 })]);
    expect(state).toMatchObject({ lengthMs: 60_400 });
  });

  test('is nothing, and the reason is told', () => {
    const kindWith = (status: Recording['status']) =>
      recordingState(endedCall(), [recording({ status })]).kind;
    expect(kindWith('waiting')).toBe('waiting');
    expect(kindWith('running')).toBe('finishing');
    expect(kindWith('lost')).toBe('lost');
    expect(kindWith('deleted')).toBe('deleted');
    expect(recordingState(endedCall(), []).kind).toBe('none');
    expect(recordingState(endedCall({ recorded: 'waiting' }), []).kind).toBe('waiting');
  });
});

describe('with parts recorded', () => {
  const parts = [
    recording({ offsetMs: 10_000, durationMs: 20_000 }),
    recording({ id: 'two', offsetMs: 40_000, durationMs: 5000 }),
  ];

  test('a moment outside leads to the nearest recorded one', () => {
    expect(recordedMoment(15_000, parts)).toBe(15_000);
    expect(recordedMoment(0, parts)).toBe(10_000);
    expect(recordedMoment(33_000, parts)).toBe(30_000);
    expect(recordedMoment(38_000, parts)).toBe(40_000);
    expect(recordedMoment(90_000, parts)).toBe(45_000);
  });

  test('the rest is known to be missing', () => {
    expect(unrecordedOf(parts, 60_000)).toEqual([
      { atMs: 0, lengthMs: 10_000 },
      { atMs: 30_000, lengthMs: 10_000 },
      { atMs: 45_000, lengthMs: 15_000 },
    ]);
    expect(unrecordedOf([recording()], 60_300)).toEqual([]);
  });
});
