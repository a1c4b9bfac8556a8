import { expect, test } from 'vitest';
import { exportName } from '../../../renderer/replay/export-name.ts';
import { deleteQuestion } from '../../../renderer/replay/recording-words.ts';
import { endedCall, UNKNOWN } from '../console-states.ts';

const AT = new Date(2026, 2, 8, 9, 5).getTime();

test('a recording is saved under who, when, and what it is', () => {
  expect(exportName(endedCall(), AT, 'wav')).toBe('Dana Reyes 2026-03-08 09.05.wav');
  expect(exportName(endedCall({ them: UNKNOWN }), AT, 'mp3')).toBe(
    '+1 415 555 0190 2026-03-08 09.05.mp3',
  );
});

test('a name holds nothing that a file name may not', () => {
  const them = { ...UNKNOWN, name: 'A/C: "Reyes" <x>' };
  expect(exportName(endedCall({ them }), AT, 'wav')).toBe('A C Reyes x 2026-03-08 09.05.wav');
});

test('deleting names what is lost and what stays', () => {
  const one = {
    offsetMs: 0,
    durationMs: 362_000,
    startedAt: AT,
    callId: 'dana',
    sid: null,
    account: null,
  };
  const recording = { ...one, id: 'r', by: 'here', status: 'kept', path: '/r.wav' } as const;
  expect(deleteQuestion([recording], 'Dana Reyes')).toBe(
    'Delete the recording with Dana Reyes? 6 min 2 s of sound are lost for good; what is known of the call stays.',
  );
  expect(deleteQuestion([recording, recording], 'Dana Reyes')).toContain('all 2 recordings');
});
