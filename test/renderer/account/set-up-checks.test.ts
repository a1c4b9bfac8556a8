import { expect, test } from 'vitest';
import type { LineState } from '../../../electron/core/line.ts';
import { resultTitle, setUpChecks } from '../../../renderer/account/set-up-checks.ts';
import { downLine, NOW, twilioLine } from '../console-states.ts';

const results = (line: LineState) =>
  setUpChecks(line, NOW).map(({ name, result, act }) => [name, result, act]);

test('ticks come in one by one', () => {
  const { address, test: reached } = twilioLine();
  const starting = twilioLine({
    account: null,
    address: { ...address, status: 'connecting' },
    test: { ...reached, status: 'untested' },
    pointing: { to: 'unknown', voiceUrl: null },
  });
  expect(results(starting)).toEqual([
    ['Account', 'waiting', null],
    ['Address', 'waiting', null],
    ['Twilio reaches this computer', 'waiting', null],
    ['+1 415 555 0100', 'waiting', null],
  ]);
  expect(resultTitle(starting)).toBe('Connected, getting ready');
  expect(results(twilioLine()).every(([, result]) => result === 'ready')).toBe(true);
  expect(resultTitle(twilioLine())).toBe('Connected and ready');
});

test('what does not hold says why and offers what helps', () => {
  const [, address] = setUpChecks(downLine(), NOW);
  expect(address).toMatchObject({
    result: 'failed',
    words: 'down for 14 s. Next try in 6 s',
    act: 'retry-tunnel',
    problem: { message: 'The tunnel is closed.' },
  });
  expect(resultTitle(downLine())).toBe('Connected, not ready yet');
  const left = twilioLine({ pointing: { to: 'another-desk', voiceUrl: null } });
  expect(results(left).at(-1)).toEqual(['+1 415 555 0100', 'note', 'take-number']);
});

test('without an address nothing is expected to ring', () => {
  const { address } = twilioLine();
  const none = twilioLine({ address: { ...address, kind: 'none' } });
  expect(results(none)).toEqual([
    ['Account', 'ready', null],
    ['+1 415 555 0100', 'note', null],
  ]);
});
