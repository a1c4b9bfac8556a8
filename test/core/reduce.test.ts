import { describe, expect, it } from 'vitest';
import type { CallFact } from '../../electron/core/events.ts';
import { LINE_STARTING, UNTESTED } from '../../electron/core/line.ts';
import { reduce } from '../../electron/core/reduce.ts';
import { INITIAL_STATE } from '../../electron/core/state.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import { segment } from '../support/segments.ts';

describe('what was said', () => {
  const said = (segmentId: string, text: string, isFinal = true): CallFact => ({
    event: 'segment',
    ...segment({ callId: 'a', segmentId, text, isFinal }),
  });

  it('is kept in order, the last two hundred pieces of it', () => {
    const { segments } = stateAfter(
      Array.from({ length: 210 }, (_, i) => said(`piece ${i}`, `${i}`)),
    );
    expect(segments).toHaveLength(200);
    expect(segments[0]).toMatchObject({ text: '10', speaker: 'them', confidence: 0.9 });
    expect(segments.at(-1)).toMatchObject({ text: '209' });
  });

  it('takes the place of what was understood of the same piece before, until it is final', () => {
    const { segments } = stateAfter([
      said('one', 'So do', false),
      said('two', 'Yes'),
      said('one', 'So do I', false),
      said('one', 'So do I pay?'),
      said('one', 'So', false),
    ]);
    expect(segments.map(({ text }) => text)).toEqual(['So do I pay?', 'Yes']);
  });

  it('by keys, gathers and voices changes no call', () => {
    const state = stateAfter(liveCallFacts('a'));
    const facts: CallFact[] = [
      { event: 'digits-received', callId: 'a', digits: '1', turn: 't1' },
      { event: 'digits-sent', callId: 'a', digits: '1' },
      { event: 'gather-started', callId: 'a', turn: 't1' },
      { event: 'gather-ended', callId: 'a', turn: 't1', got: 'digits' },
      { event: 'text-said', callId: 'a', text: 'Hello.', by: 'stream' },
    ];
    for (const fact of facts) expect(reduce(state, { ...fact, at: 9000 })).toBe(state);
  });
});

describe('the state of the line', () => {
  const account = {
    sid: 'AC1',
    name: 'Desk',
    type: 'trial',
    status: 'active',
    balance: { amount: 12.5, currency: 'USD' },
  } as const;
  const callerIds = [{ number: '+14155550100', name: 'Desk', kind: 'owned' }] as const;
  const address = {
    kind: 'given',
    url: 'https://desk.example.com',
    status: 'up',
    downSince: null,
    retryAt: null,
    problem: null,
  } as const;
  const test = { ...UNTESTED, status: 'reached', at: 5, roundTripMs: 80 } as const;
  const pointing = { to: 'here', voiceUrl: 'https://desk.example.com/voice/webhook' } as const;

  it('is put together from what is told of it, piece by piece', () => {
    const state = stateAfter([
      { event: 'account-read', account, callerIds },
      { event: 'address-changed', address },
      { event: 'line-tested', test },
      { event: 'number-pointed', pointing },
    ]);
    expect(state.line).toEqual({
      ...LINE_STARTING,
      account,
      callerIds,
      address,
      test,
      pointing,
    });
    expect({ ...state, line: INITIAL_STATE.line }).toEqual(INITIAL_STATE);
  });

  it('begins anew with another line', () => {
    const line = { ...LINE_STARTING, kind: 'twilio', number: '+14155550100' } as const;
    const state = stateAfter([
      { event: 'account-read', account, callerIds },
      { event: 'line-changed', line },
    ]);
    expect(state.line).toEqual(line);
  });
});

describe('the state of the desk', () => {
  const problem = {
    kind: 'sound-missing',
    message: 'No speaker.',
    remedy: 'Connect one.',
  } as const;

  it('shows a problem once, however often it is raised, until it is cleared', () => {
    const state = stateAfter([
      { event: 'problem-raised', id: 'sound', problem },
      { event: 'problem-raised', id: 'sound', problem },
    ]);
    expect(state.problems).toEqual([{ id: 'sound', at: 2000, problem }]);
    expect(stateAfter([{ event: 'problem-cleared', id: 'sound' }], state).problems).toEqual([]);
  });
});
