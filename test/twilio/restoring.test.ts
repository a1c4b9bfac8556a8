import { describe, expect, it } from 'vitest';
import type { UnfinishedCall } from '../../electron/core/call.ts';
import { DANA, failure, inbound, OURS, openScriptedLine, outbound } from './scripted-line.ts';

const kept = (more: Partial<UnfinishedCall> = {}): UnfinishedCall => ({
  id: 'old-1',
  sid: 'CA8',
  direction: 'outbound',
  kind: 'direct',
  them: DANA,
  ours: OURS,
  startedAt: 500_000,
  answeredAt: 600_000,
  lastSeenAt: 700_000,
  ...more,
});

describe('calls of an earlier run', () => {
  it('that are live come back and stream again', async () => {
    const { line, ask, facts, told, twilio, requestsOf } = openScriptedLine();
    twilio.calls.set('CA8', 'in-progress');
    await line.restore([kept()]);
    expect(facts).toEqual([
      {
        event: 'call-restored',
        callId: 'old-1',
        callSid: 'CA8',
        direction: 'outbound',
        them: DANA,
        ours: OURS,
        startedAt: 500_000,
        answeredAt: 600_000,
      },
    ]);
    const url = expect.stringContaining('/voice/webhook?callId=old-1&resume=1#');
    expect(requestsOf('redirect')).toEqual([['CA8', { url }]]);
    const answer = await ask('voice', outbound('CA8'), { callId: 'old-1', resume: '1' });
    expect(answer).toContain('<Stream');
    expect(told()).toEqual(['call-restored']);
  });

  it('do not wait for ever for an answer about them', async () => {
    const silent = (): Promise<never> => new Promise(() => {});
    const asked = { fetch: silent, redirect: silent, liveCalls: silent };
    const rest = { dial: silent, end: silent, ...asked };
    const { line, clock } = openScriptedLine({}, { rest });
    void line.restore([kept()]);
    const query = { callId: 'old-1', resume: '7' };
    const webhook = { params: outbound('CA8'), query, key: 'key', path: '/voice/webhook' };
    const answer = line.webhooks.voice(webhook);
    clock.advance(10_000);
    expect(await answer).toContain('<Stream');
  });

  it('that are over ended as Twilio says; those it does not know were interrupted', async () => {
    const { line, facts, twilio } = openScriptedLine();
    twilio.calls.set('CA1', 'completed').set('CA2', 'no-answer').set('CA3', 'busy');
    await line.restore([
      kept({ id: 'a', sid: 'CA1' }),
      kept({ id: 'b', sid: 'CA2', direction: 'inbound', answeredAt: null }),
      kept({ id: 'c', sid: 'CA3', answeredAt: null }),
      kept({ id: 'd', sid: 'CA4' }),
      kept({ id: 'e', sid: null, answeredAt: null }),
    ]);
    const reasons = facts.map(fact => fact.event === 'call-ended' && [fact.callId, fact.reason]);
    expect(Object.fromEntries(reasons.filter(Array.isArray))).toEqual({
      a: 'hung-up-there',
      b: 'missed',
      c: 'busy',
      d: 'interrupted',
      e: 'interrupted',
    });
  });

  it('that ring here ring on and can be answered', async () => {
    const { line, ask, facts, told, twilio, requestsOf } = openScriptedLine();
    twilio.calls.set('CA8', 'ringing');
    await line.restore([kept({ direction: 'inbound', answeredAt: null })]);
    expect(facts).toMatchObject([{ event: 'call-restored', answeredAt: null }]);
    expect(requestsOf('redirect')).toEqual([]);
    const asked = ask('voice', inbound('CA8'), { callId: 'old-1', turn: '4' });
    void line.answer('old-1');
    expect(await asked).toContain('<Stream');
    expect(told()).toEqual(['call-restored', 'call-answered']);
  });

  it('that nobody took, but Twilio did, wait in the hold queue', async () => {
    const { line, told, twilio, requestsOf } = openScriptedLine();
    twilio.calls.set('CA8', 'in-progress');
    await line.restore([kept({ direction: 'inbound', answeredAt: null })]);
    expect(told()).toEqual(['call-restored', 'call-waiting']);
    await line.answer('old-1');
    expect(requestsOf('redirect')).toMatchObject([
      ['CA8', { url: expect.stringContaining('pick=') }],
    ]);
  });

  it('are kept while Twilio does not answer, and asked about again', async () => {
    const { line, told, twilio, pass, requestsOf } = openScriptedLine();
    twilio.failing.set('fetch', failure('twilio-unreachable'));
    await line.restore([kept()]);
    await pass(30_000);
    expect(told()).toEqual(['call-restored']);
    twilio.failing.clear();
    twilio.calls.set('CA8', 'in-progress');
    await pass(60_000);
    expect(requestsOf('redirect')).toHaveLength(1);
    expect(told()).toEqual(['call-restored']);
  });

  it('are over when nobody can be asked and they ask for nothing', async () => {
    const { line, told, twilio, pass } = openScriptedLine();
    twilio.failing.set('fetch', failure('not-available'));
    await line.restore([kept()]);
    await pass(5 * 60_000);
    expect(told()).toEqual(['call-restored']);
    await pass(2 * 60_000);
    expect(told().at(-1)).toBe('ended hung-up-there');
  });

  it('that were answered and ended meanwhile were hung up there', async () => {
    const { line, told, twilio } = openScriptedLine();
    twilio.calls.set('CA8', 'completed');
    await line.restore([kept({ answeredAt: null })]);
    expect(told()).toEqual(['ended hung-up-there']);
  });

  it('are fetched back again when the first try fails, or there was no public address yet', async () => {
    let origin: string | null = null;
    const { line, twilio, pass, requestsOf } = openScriptedLine({}, { origin: () => origin });
    twilio.calls.set('CA8', 'in-progress');
    await line.restore([kept()]);
    await pass(10_000);
    expect(requestsOf('redirect')).toEqual([]);
    origin = 'https://late.example';
    twilio.failing.set('redirect', failure('twilio-unreachable'));
    await pass(10_000);
    twilio.failing.clear();
    const tries = requestsOf('redirect').length;
    await pass(60_000);
    expect(requestsOf('redirect')).toHaveLength(tries + 1);
    expect(requestsOf('redirect').at(-1)).toMatchObject([
      'CA8',
      { url: expect.stringContaining('https://late.example/') },
    ]);
  });

  it('still end at the longest time counted from their answer', async () => {
    const { line, clock, told, twilio, pass } = openScriptedLine({ longestCallMinutes: 1 });
    twilio.calls.set('CA8', 'in-progress');
    await line.restore([kept({ answeredAt: clock.now() - 50_000 })]);
    await pass(9000);
    expect(told()).toEqual(['call-restored']);
    await pass(1000);
    expect(told().at(-1)).toBe('ended timed-out');
  });

  it('are not started anew by a webhook that comes while Twilio is still asked', async () => {
    const { line, ask, told, twilio } = openScriptedLine();
    twilio.calls.set('CA8', 'in-progress');
    const restored = line.restore([kept({ direction: 'inbound' })]);
    const answer = await ask('voice', inbound('CA8'), { callId: 'old-1', resume: '7' });
    await restored;
    expect(answer).toContain('<Stream');
    expect(told()).toEqual(['call-restored']);
  });
});
