import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ivyAway, maxFailed, rayBusy } from '../../electron/practice/people/unreachable.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';

const terry = testPerson();
const patient = testPerson({ number: '+14155550122', patienceMs: 60_000 });
const hasty = testPerson({ number: '+14155550123', patienceMs: 4000 });
const brief = testPerson({ number: '+14155550124', script: [{ do: 'pause', ms: 4000 }] });
const people = [terry, patient, hasty, brief, rayBusy, ivyAway, maxFailed];

let harness: PracticeHarness;

beforeEach(async () => {
  harness = await openPracticeHarness({ people });
});

afterEach(() => harness.close());

const heard = (callId: string): number => harness.frames.get(callId)?.length ?? 0;

describe('a call that comes in', () => {
  it('rings until it is answered, however long, then streams', async () => {
    const { practice, line, facts, told } = harness;
    const { callSid } = await practice.ringIn(patient.number);
    await until(harness.hasTold('call-ringing'));
    expect(facts[0]).toMatchObject({
      callSid,
      direction: 'inbound',
      them: { number: patient.number, name: patient.name },
      ours: practice.number,
    });
    await harness.practiceMs(20_000);
    expect(told()).toEqual(['call-ringing']);
    void line.answer('call-1');
    await until(() => heard('call-1') > 10);
    expect(told()).toEqual(['call-ringing', 'call-answered', 'stream-started']);
    expect(practice.alerts()).toEqual([]);
  });

  it('is declined', async () => {
    await harness.practice.ringIn();
    await until(harness.hasTold('call-ringing'));
    await harness.line.hangUp('call-1');
    await until(harness.hasEnded);
    expect(harness.told()).toEqual(['call-ringing', 'ended declined']);
  });

  it('is missed when the caller gives up', async () => {
    await harness.practice.ringIn(hasty.number);
    await until(harness.hasEnded);
    expect(harness.told()).toEqual(['call-ringing', 'ended missed']);
    await harness.practiceMs(10_000);
    expect(harness.facts).toHaveLength(2);
  });

  it('is over when the caller hangs up', async () => {
    const { callSid } = await harness.practice.ringIn();
    await until(harness.hasTold('call-ringing'));
    void harness.line.answer('call-1');
    await until(harness.hasTold('stream-started'));
    harness.practice.farHangUp(callSid);
    await until(harness.hasTold('ended hung-up-there'));
  });
});

describe('a call that goes out', () => {
  it('rings there, is answered and streams until the far person hangs up', async () => {
    const id = await harness.dial(brief.number);
    await until(harness.hasEnded);
    expect(harness.told().join()).toMatch(
      /^call-requested,call-named,call-ringing,call-answered,stream-started,.*ended hung-up-there$/,
    );
    expect(new Set(harness.facts.map(fact => fact.callId))).toEqual(new Set([id]));
    expect(heard(id)).toBeGreaterThan(100);
  });

  it('is hung up here', async () => {
    const id = await harness.dial(terry.number);
    await until(harness.hasTold('stream-started'));
    await harness.line.hangUp(id);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe('ended hung-up-here');
  });

  it('is cancelled while it rings there', async () => {
    const id = await harness.dial(ivyAway.number);
    await until(harness.hasTold('call-ringing'));
    await harness.line.hangUp(id);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe('ended cancelled');
  });

  it.each([
    ['busy', rayBusy],
    ['no-answer', ivyAway],
    ['failed', maxFailed],
  ])('ends %s', async (reason, { number }) => {
    await harness.dial(number);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe(`ended ${reason}`);
    expect(harness.told()).not.toContain('call-answered');
  });

  it('is refused with Twilio’s code', async () => {
    await expect(harness.dial('+15005550001')).rejects.toMatchObject({
      problem: { code: '21211' },
    });
    expect(harness.told()).toEqual(['call-requested', 'ended failed']);
  });
});

describe('what Twilio says late or twice', () => {
  const say = (path: string, sid: string, status: string) =>
    harness.post(path, {
      CallSid: sid,
      CallStatus: status,
      Direction: 'outbound-api',
      From: harness.practice.number,
      To: terry.number,
    });

  it('changes nothing in a live call', async () => {
    const id = await harness.dial(terry.number);
    const sid = await harness.connected(id);
    const before = harness.told();
    for (const status of [
      ' In-Progress ',
      'ringing',
      'initiated',
      'in-progress',
      'queued',
      'odd',
    ]) {
      const reply = await say(`/voice/status?callId=${id}`, sid, status);
      expect(reply.status).toBe(204);
    }
    expect(harness.told()).toEqual(before);
  });

  it('changes nothing in a call that is over, and brings no new one to life', async () => {
    const id = await harness.dial(terry.number);
    const sid = await harness.connected(id);
    await harness.line.hangUp(id);
    await until(harness.hasEnded);
    const before = harness.told();
    for (const status of ['completed', 'in-progress', 'ringing', 'completed']) {
      await say(`/voice/status?callId=${id}`, sid, status);
    }
    const reply = await say(`/voice/webhook?callId=${id}&resume=1`, sid, 'in-progress');
    expect(await reply.text()).toContain('<Hangup/>');
    expect(harness.told()).toEqual(before);
  });
});
