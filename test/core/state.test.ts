import { describe, expect, it } from 'vitest';
import { canMove, TRANSITIONS } from '../../electron/core/call.ts';
import type { CallFact } from '../../electron/core/events.ts';
import { ENDED_CALLS_KEPT, reduce } from '../../electron/core/state.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

describe('the state of calls', () => {
  it('follows an outbound call from the request to its end', () => {
    const requested: CallFact = {
      event: 'call-requested',
      ...introduction('a', 'outbound'),
      callSid: null,
    };
    const state = stateAfter([
      requested,
      { event: 'call-named', callId: 'a', callSid: 'CA1' },
      { event: 'call-answered', callId: 'a' },
      { event: 'call-ended', callId: 'a', reason: 'hung-up-there' },
    ]);
    expect(state.calls).toEqual([
      {
        status: 'ended',
        id: 'a',
        sid: 'CA1',
        direction: 'outbound',
        them: { number: '+14155550111', name: 'Dana Reyes' },
        ours: '+14155550100',
        startedAt: 1000,
        answeredAt: 3000,
        endedAt: 4000,
        reason: 'hung-up-there',
      },
    ]);
  });

  it('keeps the name of a call that rings there after it was requested with one', () => {
    const state = stateAfter([
      { event: 'call-requested', ...introduction('a', 'outbound'), callSid: null },
      {
        event: 'call-ringing',
        ...introduction('a', 'outbound'),
        them: { number: '+14155550111', name: null },
      },
    ]);
    expect(state.calls[0]?.them.name).toBe('Dana Reyes');
    expect(state.calls[0]?.sid).toBe('CAa');
  });

  it('moves a call only as the transition table allows, from every status by every event', () => {
    const ways: Record<string, CallFact[]> = {
      dialing: [{ event: 'call-requested', ...introduction('a') }],
      ringing: [{ event: 'call-ringing', ...introduction('a') }],
      live: liveCallFacts('a'),
      ended: [...liveCallFacts('a'), { event: 'call-ended', callId: 'a', reason: 'failed' }],
    };
    const moves: Record<string, CallFact> = {
      ringing: { event: 'call-ringing', ...introduction('a') },
      live: { event: 'call-answered', callId: 'a' },
      ended: { event: 'call-ended', callId: 'a', reason: 'busy' },
    };
    for (const from of Object.keys(TRANSITIONS) as (keyof typeof TRANSITIONS)[]) {
      const start = stateAfter(ways[from] ?? []);
      expect(start.calls[0]?.status).toBe(from);
      for (const to of ['ringing', 'live', 'ended'] as const) {
        const move = moves[to];
        if (move === undefined) continue;
        const after = reduce(start, { ...move, at: 9000 });
        expect(after.calls[0]?.status, `${from} → ${to}`).toBe(canMove(from, to) ? to : from);
      }
    }
  });

  it('ignores facts about a call it does not know', () => {
    const state = stateAfter(liveCallFacts('a'));
    for (const fact of liveCallFacts('b').slice(1)) {
      expect(reduce(state, { ...fact, at: 5000 })).toBe(state);
    }
  });

  it('keeps the time a call was first put on hold', () => {
    const state = stateAfter([
      ...liveCallFacts('a'),
      { event: 'hold-changed', callId: 'a', on: true },
      { event: 'hold-changed', callId: 'a', on: true },
    ]);
    expect(state.calls[0]).toMatchObject({ heldAt: 4000 });
  });

  it('starts a call muted when the person talks by holding a key', () => {
    const settings = { ...stateAfter([]).settings, talk: 'hold' } as const;
    const state = stateAfter([{ event: 'settings-changed', settings }, ...liveCallFacts('a')]);
    expect(state.calls[0]).toMatchObject({ status: 'live', muted: true });
  });

  it('keeps the last ended calls and every call that is not over', () => {
    const facts: CallFact[] = liveCallFacts('standing');
    for (let i = 0; i < ENDED_CALLS_KEPT + 5; i += 1) {
      facts.push(...liveCallFacts(`c${i}`), {
        event: 'call-ended',
        callId: `c${i}`,
        reason: 'hung-up-here',
      });
    }
    const ids = stateAfter(facts).calls.map(({ id }) => id);
    expect(ids).toHaveLength(ENDED_CALLS_KEPT + 1);
    expect(ids[0]).toBe('standing');
    expect(ids).not.toContain('c4');
    expect(ids).toContain('c5');
  });
});

describe('a long call among many short ones', () => {
  it('is still known when it ends after all of them', () => {
    const facts: CallFact[] = liveCallFacts('long');
    for (let i = 0; i < ENDED_CALLS_KEPT; i += 1) {
      facts.push(...liveCallFacts(`c${i}`), {
        event: 'call-ended',
        callId: `c${i}`,
        reason: 'hung-up-here',
      });
    }
    facts.push({ event: 'call-ended', callId: 'long', reason: 'hung-up-there' });
    const { calls } = stateAfter(facts);
    expect(calls.find(({ id }) => id === 'long')).toMatchObject({ status: 'ended' });
    expect(calls.some(({ id }) => id === 'c0')).toBe(false);
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
