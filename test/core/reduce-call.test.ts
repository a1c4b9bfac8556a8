import { describe, expect, it } from 'vitest';
import { type Call, canMove, TRANSITIONS } from '../../electron/core/call.ts';
import type { CallFact } from '../../electron/core/events.ts';
import { reduce } from '../../electron/core/reduce.ts';
import { ENDED_CALLS_KEPT } from '../../electron/core/reduce-call.ts';
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
        kind: 'direct',
        answeredBy: null,
        them: { number: '+14155550111', name: 'Dana Reyes' },
        ours: '+14155550100',
        startedAt: 1000,
        answeredAt: 3000,
        endedAt: 4000,
        reason: 'hung-up-there',
        quality: null,
        talk: null,
        others: [],
        recorded: null,
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
    const ringing: CallFact = { event: 'call-ringing', ...introduction('a') };
    const waiting: CallFact = { event: 'call-waiting', callId: 'a' };
    const ways: Record<Call['status'], CallFact[]> = {
      dialing: [{ event: 'call-requested', ...introduction('a') }],
      ringing: [ringing],
      waiting: [ringing, waiting],
      live: liveCallFacts('a'),
      ended: [...liveCallFacts('a'), { event: 'call-ended', callId: 'a', reason: 'failed' }],
    };
    const moves: Record<Exclude<Call['status'], 'dialing'>, CallFact> = {
      ringing,
      waiting,
      live: { event: 'call-answered', callId: 'a' },
      ended: { event: 'call-ended', callId: 'a', reason: 'busy' },
    };
    for (const from of Object.keys(TRANSITIONS) as Call['status'][]) {
      const start = stateAfter(ways[from]);
      expect(start.calls[0]?.status).toBe(from);
      for (const to of ['ringing', 'waiting', 'live', 'ended'] as const) {
        const after = reduce(start, { ...moves[to], at: 9000 });
        expect(after.calls[0]?.status, `${from} → ${to}`).toBe(canMove(from, to) ? to : from);
        if (!canMove(from, to)) expect(after, `${from} → ${to}`).toBe(start);
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

describe('a call that waits', () => {
  it('keeps when it began to, and is talked on like any other once it is taken', () => {
    const [ringing, answered, streaming] = liveCallFacts('a');
    if (!ringing || !answered || !streaming) throw new Error('no facts');
    const waiting = stateAfter([ringing, { event: 'call-waiting', callId: 'a' }]);
    expect(waiting.calls).toMatchObject([{ status: 'waiting', startedAt: 1000, waitingAt: 2000 }]);
    expect(stateAfter([answered, streaming], waiting).calls).toMatchObject([
      { status: 'live', carrier: 'stream', stream: true },
    ]);
  });

  it('was never answered when it ends there', () => {
    const state = stateAfter([
      { event: 'call-ringing', ...introduction('a') },
      { event: 'call-waiting', callId: 'a' },
      { event: 'call-ended', callId: 'a', reason: 'missed' },
    ]);
    expect(state.calls).toMatchObject([{ status: 'ended', answeredAt: null, reason: 'missed' }]);
  });
});

describe('a call of an earlier run', () => {
  it('goes on from its own times, live when it was answered', () => {
    const about = { ...introduction('a'), startedAt: 200, answeredAt: 300 };
    const { calls } = stateAfter([{ event: 'call-restored', ...about }]);
    expect(calls).toMatchObject([
      { id: 'a', status: 'live', startedAt: 200, answeredAt: 300, stream: false, heldAt: null },
    ]);
  });

  it('goes on ringing when nobody had answered it', () => {
    const about = { ...introduction('a'), startedAt: 200, answeredAt: null };
    const { calls } = stateAfter([{ event: 'call-restored', ...about }]);
    expect(calls).toMatchObject([{ id: 'a', status: 'ringing', startedAt: 200, ringingAt: 200 }]);
  });

  it('is not brought back over one that is known', () => {
    const state = stateAfter(liveCallFacts('a'));
    const about = { ...introduction('a'), startedAt: 200, answeredAt: null };
    expect(reduce(state, { event: 'call-restored', ...about, at: 9000 })).toBe(state);
  });
});

describe('a call that was refused', () => {
  it('is over at once and never rang', () => {
    const { calls } = stateAfter([
      { event: 'call-refused', because: 'policy', ...introduction('a') },
    ]);
    expect(calls).toMatchObject([
      { status: 'ended', reason: 'refused', startedAt: 1000, endedAt: 1000, answeredAt: null },
    ]);
  });

  it('is told as busy when the desk talked on another', () => {
    const { calls } = stateAfter([
      { event: 'call-refused', because: 'busy', ...introduction('a') },
    ]);
    expect(calls).toMatchObject([{ status: 'ended', reason: 'busy' }]);
  });

  it('counts as one of the ended calls that are kept', () => {
    const facts = Array.from({ length: ENDED_CALLS_KEPT + 3 }, (_, i): CallFact => {
      return { event: 'call-refused', because: 'policy', ...introduction(`c${i}`) };
    });
    const ids = stateAfter(facts).calls.map(({ id }) => id);
    expect(ids).toHaveLength(ENDED_CALLS_KEPT);
    expect(ids[0]).toBe('c3');
  });
});

describe('what is known of a call', () => {
  it('is what kind it is from its first event on, also when it is over', () => {
    const requested: CallFact = { event: 'call-requested', ...introduction('a'), kind: 'notify' };
    const state = stateAfter([requested]);
    expect(state.calls).toMatchObject([{ kind: 'notify' }]);
    const ended = stateAfter([{ event: 'call-ended', callId: 'a', reason: 'voicemail' }], state);
    expect(ended.calls).toMatchObject([{ kind: 'notify', reason: 'voicemail' }]);
  });

  it('is who took it, through every status that follows', () => {
    const state = stateAfter([
      { event: 'call-requested', ...introduction('a', 'outbound') },
      { event: 'answerer-detected', callId: 'a', answeredBy: 'machine', detail: 'machine_start' },
    ]);
    expect(state.calls).toMatchObject([{ status: 'dialing', answeredBy: 'machine' }]);
    const { calls } = stateAfter(
      [
        { event: 'call-answered', callId: 'a' },
        { event: 'call-ended', callId: 'a', reason: 'hung-up-here' },
      ],
      state,
    );
    expect(calls).toMatchObject([{ status: 'ended', answeredBy: 'machine' }]);
  });

  it('is how it reaches the desk: as words only where it was told so', () => {
    const [ringing] = liveCallFacts('a');
    if (ringing === undefined) throw new Error('no facts');
    const words = stateAfter([ringing, { event: 'call-answered', callId: 'a', carrier: 'gather' }]);
    expect(words.calls).toMatchObject([{ status: 'live', carrier: 'gather', stream: false }]);
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
