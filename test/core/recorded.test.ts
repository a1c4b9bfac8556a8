import { describe, expect, it } from 'vitest';
import type { CallFact } from '../../electron/core/events.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';

describe('whether a call was recorded', () => {
  const about = {
    callId: 'a',
    by: 'here',
    offsetMs: 0,
    recordingSid: null,
    path: '/x.wav',
  } as const;
  const started = (recordingId: string, by: 'here' | 'twilio' = 'here'): CallFact => ({
    event: 'recording-started',
    ...about,
    recordingId,
    by,
  });
  const stopped = (recordingId: string): CallFact => ({
    event: 'recording-stopped',
    callId: 'a',
    recordingId,
    because: 'asked',
  });
  const saved = (recordingId: string): CallFact => ({
    event: 'recording-saved',
    callId: 'a',
    recordingId,
    durationMs: 1000,
  });
  const deleted = (recordingId: string): CallFact => ({
    event: 'recording-deleted',
    callId: 'a',
    recordingId,
    because: 'asked',
  });
  const ended: CallFact = { event: 'call-ended', callId: 'a', reason: 'hung-up-here' };
  const both = [...liveCallFacts('a'), started('1'), stopped('1'), saved('1')];

  it.each<[string, CallFact[], 'kept' | 'waiting' | null]>([
    [
      'is kept as long as one of two is',
      [...both, started('2'), ended, saved('2'), deleted('1')],
      'kept',
    ],
    ['is kept until both are gone', [...both, ended, saved('2'), deleted('1'), deleted('2')], null],
    ['is kept while another is to come', [...both, started('2', 'twilio'), ended], 'kept'],
    [
      'waits for the one to come when the other is deleted',
      [...both, started('2', 'twilio'), ended, deleted('1')],
      'waiting',
    ],
    [
      'waits while it goes on',
      [...liveCallFacts('a'), started('1', 'twilio'), stopped('1')],
      'waiting',
    ],
    [
      'is not told by the loss of another',
      [...both, { ...deleted('9'), event: 'recording-lost' } as CallFact],
      'kept',
    ],
  ])('%s', (_, facts, recorded) => {
    expect(stateAfter(facts).calls).toMatchObject([{ recorded }]);
  });
});
