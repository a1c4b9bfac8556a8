import { expect, test } from 'vitest';
import type { Attention } from '../../../electron/core/attention.ts';
import { frontCall, maySelect } from '../../../renderer/wall/front-calls.ts';
import { wallCalls } from '../../../renderer/wall/wall-call.ts';
import { consoleState, liveCall, NOW } from '../console-states.ts';

const said = (since: number, toFront = true): Attention => ({
  kind: 'watch-word',
  since,
  label: 'refund',
  toFront,
});

const callsWith = (attention: Readonly<Record<string, readonly Attention[]>>) =>
  wallCalls(
    consoleState({
      calls: Object.entries(attention).map(([id, each]) => liveCall({ id, attention: each })),
    }),
  );

test('a call comes to the front once for each time that it is to', () => {
  const first = frontCall(callsWith({ one: [said(NOW)], two: [] }), new Set());
  expect(first.call?.callId).toBe('one');
  const again = frontCall(callsWith({ one: [said(NOW)], two: [said(NOW + 5)] }), first.seen);
  expect(again.call?.callId).toBe('two');
  const same = frontCall(callsWith({ one: [said(NOW)], two: [said(NOW + 5)] }), again.seen);
  expect(same.call).toBeNull();
  expect(frontCall(callsWith({ one: [said(NOW + 9)] }), same.seen).call?.callId).toBe('one');
});

test('no call comes to the front that is not to', () => {
  expect(frontCall(callsWith({ one: [said(NOW, false)] }), new Set()).call).toBeNull();
});

test('a call that may be spoken on stays the one that keys mean', () => {
  expect(maySelect({ chosen: 'one', microphone: 'one' })).toBe(false);
  expect(maySelect({ chosen: 'one', microphone: 'two' })).toBe(true);
  expect(maySelect({ chosen: null, microphone: null })).toBe(true);
});
