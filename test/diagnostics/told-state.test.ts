import { expect, test } from 'vitest';
import { INITIAL_STATE } from '../../electron/core/state.ts';
import { toldProblem, toldState } from '../../electron/diagnostics/told-state.ts';

const PLANTED = 'planted';

test('Of a problem its kind is told, and a code that is one', () => {
  const problem = { kind: 'line-down', message: PLANTED, remedy: PLANTED, link: PLANTED } as const;
  expect(toldProblem({ ...problem, code: '13224' })).toEqual({ kind: 'line-down', code: '13224' });
  expect(toldProblem({ ...problem, code: 'ENOSPC' }).code).toBe('ENOSPC');
  for (const code of ['+14155550188', '14155550188', 'Maria', 'sk-1', '']) {
    expect(toldProblem({ ...problem, code }).code).toBeNull();
  }
});

test('Of the line neither its number, its account, its people nor its addresses are told', () => {
  const problem = { kind: 'tunnel-down', message: PLANTED, remedy: PLANTED } as const;
  const told = toldState(
    {
      ...INITIAL_STATE,
      line: {
        ...INITIAL_STATE.line,
        kind: 'twilio',
        number: PLANTED,
        accountSid: PLANTED,
        account: { sid: PLANTED, name: PLANTED, type: 'trial', status: 'active', balance: null },
        directory: [{ number: PLANTED, name: PLANTED, about: PLANTED }],
        callerIds: [{ number: PLANTED, name: PLANTED, kind: 'owned' }],
        address: { ...INITIAL_STATE.line.address, url: PLANTED, status: 'down', problem },
        pointing: { to: 'elsewhere', voiceUrl: PLANTED },
        problem,
      },
      sound: {
        ...INITIAL_STATE.sound,
        inputs: [{ id: PLANTED, name: PLANTED, isDefault: true, isBuiltIn: true }],
        input: {
          status: 'open',
          device: { id: PLANTED, name: PLANTED, isDefault: true, isBuiltIn: true },
        },
        output: { status: 'failed', problem },
        hosts: [PLANTED],
      },
      microphone: PLANTED,
      reach: PLANTED,
      problems: [{ id: PLANTED, at: 1, problem }],
    },
    1000,
  );
  expect(JSON.stringify(told)).not.toContain(PLANTED);
  expect(told).toMatchObject({
    line: { kind: 'twilio', account: 'trial', addressProblem: { kind: 'tunnel-down' } },
    sound: { inputs: 1, input: { status: 'open', isBuiltIn: true }, hosts: 1 },
    holdsMicrophone: true,
    problems: [{ kind: 'tunnel-down' }],
  });
});
