import { expect, test } from 'vitest';
import { readyChecks, readySummary } from '../../../renderer/calls/ready-checks.ts';
import { consoleState } from '../console-states.ts';

const problem = {
  kind: 'sound-busy',
  message: 'Taken by another app.',
  remedy: 'Close it.',
} as const;

test('a desk that is ready says so of each part', () => {
  const checks = readyChecks(consoleState());
  expect(checks.map(({ name, result }) => `${name} ${result}`)).toEqual([
    'Practice line ready',
    'Microphone ready',
    'Speaker ready',
    'Ring sound ready',
  ]);
  expect(readySummary(checks)).toBe('✓ 4 checks hold');
});

test('what fails is told with its reason', () => {
  const { sound, settings } = consoleState();
  const state = consoleState({
    sound: { ...sound, input: { status: 'failed', problem }, output: { status: 'opening' } },
    settings: { ...settings, ringSound: false },
  });
  const [, microphone, speaker, ring] = readyChecks(state);
  expect(microphone).toMatchObject({ result: 'failed', words: 'Taken by another app.' });
  expect(speaker?.result).toBe('waiting');
  expect(ring?.result).toBe('note');
  expect(readySummary(readyChecks(state))).toBe('▲ Microphone: not ready');
});

test('a line that is down says why', () => {
  const { line } = consoleState();
  const [check] = readyChecks(consoleState({ line: { ...line, status: 'down', problem } }));
  expect(check).toMatchObject({ result: 'failed', words: 'Taken by another app.' });
});
