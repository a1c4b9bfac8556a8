import { expect, test } from 'vitest';
import { createEarWatch } from '../../../renderer/supervision/more-ears.ts';
import { coachingSeat, desk, seat, supervisedCall } from './room-calls.ts';

const whisper = supervisedCall({ seat: coachingSeat() }, { muted: false });
const wider = supervisedCall({ seat: seat() }, { muted: false });

test('whoever would newly hear an open whisper is told once the microphone is closed', () => {
  const watch = createEarWatch();
  expect(watch.notice(desk(whisper))).toBeNull();
  expect(watch.notice(desk(wider))).toBeNull();
  expect(watch.notice(desk({ ...wider, muted: true }))).toEqual({ callId: 'dana', names: 'Dana' });
  expect(watch.notice(desk({ ...wider, muted: true }))).toEqual({ callId: 'dana', names: 'Dana' });
  expect(watch.notice(desk(wider))).toBeNull();
});

test('closing a whisper by hand tells nothing, nor does a barge', () => {
  const watch = createEarWatch();
  watch.notice(desk(whisper));
  expect(watch.notice(desk({ ...whisper, muted: true }))).toBeNull();
  expect(watch.notice(desk({ ...wider, muted: true }))).toBeNull();
  watch.notice(desk(wider));
  expect(watch.notice(desk({ ...wider, muted: true }))).toBeNull();
});

test('it is over with the call', () => {
  const watch = createEarWatch();
  watch.notice(desk(whisper));
  watch.notice(desk({ ...wider, muted: true }));
  expect(watch.notice(desk(wider, { calls: [], microphone: null }))).toBeNull();
});
