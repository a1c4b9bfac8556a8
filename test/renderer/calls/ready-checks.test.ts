import { expect, test } from 'vitest';
import { readyChecks, readySummary } from '../../../renderer/calls/ready-checks.ts';
import { consoleState, downLine, NOW, trialLine, twilioLine } from '../console-states.ts';

const problem = {
  kind: 'sound-busy',
  message: 'Taken by another app.',
  remedy: 'Close it.',
} as const;

test('a desk that is ready says so of each part', () => {
  const checks = readyChecks(consoleState(), NOW);
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
  const [, microphone, speaker, ring] = readyChecks(state, NOW);
  expect(microphone).toMatchObject({ result: 'failed', words: 'Taken by another app.' });
  expect(speaker?.result).toBe('waiting');
  expect(ring?.result).toBe('note');
  expect(readySummary(readyChecks(state, NOW))).toBe('▲ Microphone: not ready');
});

test('a line that is down says why', () => {
  const { line } = consoleState();
  const [check] = readyChecks(consoleState({ line: { ...line, status: 'down', problem } }), NOW);
  expect(check).toMatchObject({ result: 'failed', words: 'Taken by another app.' });
});

test('a Twilio line tells whether Twilio reaches us', () => {
  const line = (state: ReturnType<typeof twilioLine>) =>
    readyChecks(consoleState({ line: state }), NOW).map(({ name, result, words }) =>
      [name, result, words].join(' '),
    );
  expect(line(twilioLine())).toContain('Twilio reaches us ready 12 s ago');
  expect(line(downLine())).toContain('Twilio reaches us failed The tunnel is closed.');
  expect(line(twilioLine({ pointing: { to: 'another-desk', voiceUrl: null } }))).toContain(
    'Your number failed Its calls ring at another Earshot.',
  );
  expect(line(trialLine())).toContain('Trial account note words only, verified numbers only');
  expect(line(twilioLine({ signaturesChecked: false })).join()).toContain('Signatures off note');
});
