import { expect, test } from 'vitest';
import type { Problem } from '../../../electron/core/problem.ts';
import { bannerProblems } from '../../../renderer/shell/banner-problems.ts';
import { consoleState, downLine, liveCall, NOW, twilioLine } from '../console-states.ts';

const problem = (message: string, kind: Problem['kind']): Problem => ({
  kind,
  message,
  remedy: 'Do.',
});

test('what was just refused comes first, then the line, then the newest that stands', () => {
  const { line } = consoleState();
  const shown = bannerProblems(
    consoleState({
      problems: [
        { id: 'old', at: 1, problem: problem('Old.', 'storage-failed') },
        { id: 'new', at: 2, problem: problem('New.', 'sound-lost') },
      ],
      line: { ...line, problem: problem('Down.', 'line-down') },
    }),
    [{ id: 'refused', problem: problem('Refused.', 'invalid-number') }],
    NOW,
  );
  expect(shown.map(({ id, remedies }) => [id, ...remedies])).toEqual([
    ['refused'],
    ['line', 'line-settings'],
    ['new', 'retry-sound'],
    ['old'],
  ]);
});

test('the same message is shown once', () => {
  const { line } = consoleState();
  const down = problem('Down.', 'line-down');
  const shown = bannerProblems(
    consoleState({
      problems: [{ id: 'p', at: 1, problem: down }],
      line: { ...line, problem: down },
    }),
    [],
    NOW,
  );
  expect(shown.map(({ id }) => id)).toEqual(['line']);
});

test('a line that is not reached says since when, what still works, and when it is tried again', () => {
  const calls = [liveCall(), liveCall({ id: 'sam' }), liveCall({ id: 'lee', stream: false })];
  const [shown] = bannerProblems(consoleState({ line: downLine(), calls }), [], NOW);
  expect(shown).toMatchObject({
    ticking:
      'Twilio could not reach this computer for 14 s. New calls cannot ring here; sound of 2 live calls still arrives. Next try in 6 s.',
    remedies: ['retry-tunnel', 'how-to-fix'],
    problem: { code: '11200' },
  });
});

test('what is told to screen readers of it does not change each second', () => {
  const state = consoleState({ line: downLine() });
  const told = (now: number) => bannerProblems(state, [], now)[0]?.problem.message;
  expect(told(NOW)).toBe('Twilio cannot reach this computer. New calls cannot ring here.');
  expect(told(NOW + 1000)).toBe(told(NOW));
});

test('the cause of it is not shown a second time', () => {
  const line = downLine();
  const cause = line.address.problem;
  const problems = cause === null ? [] : [{ id: 'tunnel', at: 1, problem: cause }];
  expect(bannerProblems(consoleState({ line, problems }), [], NOW)).toHaveLength(1);
});

test('a number that another desk took can be taken back or left', () => {
  const line = twilioLine({ pointing: { to: 'another-desk', voiceUrl: null } });
  expect(bannerProblems(consoleState({ line }), [], NOW, false)).toEqual([]);
  const [shown] = bannerProblems(consoleState({ line }), [], NOW, true);
  expect(shown).toMatchObject({
    problem: { message: 'Another Earshot answers +1 415 555 0100.' },
    remedies: ['take-number', 'leave-number'],
  });
});

test('a number found at another desk when the line opened is told in the same words, once', () => {
  const problems = [{ id: 'number', at: 1, problem: problem('Another.', 'number-elsewhere') }];
  const state = consoleState({ line: twilioLine(), problems });
  for (const taken of [true, false]) {
    const shown = bannerProblems(state, [], NOW, taken);
    expect(shown.map(({ remedies }) => remedies)).toEqual([['take-number', 'leave-number']]);
  }
});

test('what went wrong with a mode is left to the call on screen', () => {
  const problems = [
    { id: 'supervision-dana', at: 1, problem: problem('Not confirmed.', 'not-confirmed') },
    { id: 'supervision-sam', at: 2, problem: problem('Refused.', 'mode-refused') },
  ];
  const shown = bannerProblems(consoleState({ problems }), [], NOW, false, 'dana');
  expect(shown.map(({ id }) => id)).toEqual(['supervision-sam']);
  expect(bannerProblems(consoleState({ problems }), [], NOW)).toHaveLength(2);
});
