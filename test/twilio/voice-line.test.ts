import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallFact } from '../../electron/core/events.ts';
import { ivyAway, maxFailed, rayBusy } from '../../electron/practice/people/unreachable.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { openTwilioLine, type TwilioLine } from '../../electron/twilio/twilio-line.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { testPerson } from '../practice/people.ts';
import { quietLog } from '../support/quiet-log.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 20_000 });

const SPEED = 20;

const HERE = { port: 0, host: '127.0.0.1', publicUrl: null, pointNumber: true };

const terry = testPerson();
const patient = testPerson({ number: '+14155550122', patienceMs: 60_000 });
const hasty = testPerson({ number: '+14155550123', patienceMs: 4000 });
const brief = testPerson({ number: '+14155550124', script: [{ do: 'pause', ms: 4000 }] });
const people = [terry, patient, hasty, brief, rayBusy, ivyAway, maxFailed];

let practice: PracticeLine;
let line: TwilioLine;
let facts: CallFact[];
let frames: number;

beforeEach(async () => {
  facts = [];
  frames = 0;
  let ids = 0;
  const clock = fastClock(SPEED);
  practice = await createPracticeLine({ clock, log: quietLog, people });
  line = await openTwilioLine({
    clock,
    log: quietLog,
    account: practice,
    number: practice.number,
    ...HERE,
    newCallId: () => `call-${++ids}`,
    emit: fact => facts.push(fact),
    onProblem: () => {},
    connectSound: () => ({ onFrame: () => (frames += 1), onEnd: () => {} }),
  });
});

afterEach(async () => {
  await line.close();
  await practice.close();
});

/** What happened, in words. */
function told(): string[] {
  return facts.map(fact => (fact.event === 'call-ended' ? `ended ${fact.reason}` : fact.event));
}

const hasTold = (word: string) => () => told().includes(word);
const hasEnded = (): boolean => facts.some(fact => fact.event === 'call-ended');
const practiceMs = (ms: number) => new Promise(resolve => setTimeout(resolve, ms / SPEED));

function dial(number: string): Promise<string> {
  return line.dial({ number, name: null }, practice.number);
}

/** The CallSid that Twilio gave a call. */
function sidOf(callId: string): string {
  const named = facts.find(fact => fact.event === 'call-named' && fact.callId === callId);
  return named?.event === 'call-named' ? named.callSid : '';
}

describe('a call that comes in', () => {
  it('rings until it is answered, however long, then streams', async () => {
    const { callSid } = await practice.ringIn(patient.number);
    await until(hasTold('call-ringing'));
    expect(facts[0]).toMatchObject({
      callSid,
      direction: 'inbound',
      them: { number: patient.number, name: patient.name },
      ours: practice.number,
    });
    await practiceMs(20_000);
    expect(told()).toEqual(['call-ringing']);
    line.answer('call-1');
    await until(() => frames > 10);
    expect(told()).toEqual(['call-ringing', 'call-answered', 'stream-started']);
    expect(practice.alerts()).toEqual([]);
  });

  it('is declined', async () => {
    await practice.ringIn();
    await until(hasTold('call-ringing'));
    await line.hangUp('call-1');
    await until(hasEnded);
    expect(told()).toEqual(['call-ringing', 'ended declined']);
  });

  it('is missed when the caller gives up', async () => {
    await practice.ringIn(hasty.number);
    await until(hasEnded);
    expect(told()).toEqual(['call-ringing', 'ended missed']);
    await practiceMs(10_000);
    expect(facts).toHaveLength(2);
  });

  it('is over when the caller hangs up', async () => {
    const { callSid } = await practice.ringIn();
    await until(hasTold('call-ringing'));
    line.answer('call-1');
    await until(hasTold('stream-started'));
    practice.farHangUp(callSid);
    await until(hasTold('ended hung-up-there'));
  });
});

describe('a call that goes out', () => {
  it('rings there, is answered and streams until the far person hangs up', async () => {
    const id = await dial(brief.number);
    await until(hasEnded);
    expect(told().join()).toMatch(
      /^call-requested,call-named,call-ringing,call-answered,stream-started,.*ended hung-up-there$/,
    );
    expect(new Set(facts.map(fact => fact.callId))).toEqual(new Set([id]));
    expect(frames).toBeGreaterThan(100);
  });

  it('is hung up here', async () => {
    const id = await dial(terry.number);
    await until(hasTold('stream-started'));
    await line.hangUp(id);
    await until(hasEnded);
    expect(told().at(-1)).toBe('ended hung-up-here');
  });

  it('is cancelled while it rings there', async () => {
    const id = await dial(ivyAway.number);
    await until(hasTold('call-ringing'));
    await line.hangUp(id);
    await until(hasEnded);
    expect(told().at(-1)).toBe('ended cancelled');
  });

  it.each([
    ['busy', rayBusy],
    ['no-answer', ivyAway],
    ['failed', maxFailed],
  ])('ends %s', async (reason, { number }) => {
    await dial(number);
    await until(hasEnded);
    expect(told().at(-1)).toBe(`ended ${reason}`);
    expect(told()).not.toContain('call-answered');
  });

  it('is refused with Twilio’s code', async () => {
    await expect(dial('+15005550001')).rejects.toMatchObject({
      problem: { kind: 'refused-by-twilio', code: '21211' },
    });
    expect(told()).toEqual(['call-requested', 'ended failed']);
  });
});

describe('what Twilio says late or twice', () => {
  const say = (path: string, sid: string, status: string) =>
    postSigned(
      `${line.publicUrl}${path}`,
      {
        CallSid: sid,
        CallStatus: status,
        Direction: 'outbound-api',
        From: practice.number,
        To: terry.number,
      },
      practice.authToken,
    );

  it('changes nothing in a live call', async () => {
    const id = await dial(terry.number);
    await until(hasTold('stream-started'));
    const before = told();
    for (const status of ['in-progress', 'ringing', 'initiated', 'in-progress', 'queued', 'odd']) {
      const reply = await say(`/voice/status?callId=${id}`, sidOf(id), status);
      expect(reply.status).toBe(204);
    }
    expect(told()).toEqual(before);
  });

  it('changes nothing in a call that is over, and brings no new one to life', async () => {
    const id = await dial(terry.number);
    await until(hasTold('stream-started'));
    await line.hangUp(id);
    await until(hasEnded);
    const before = told();
    for (const status of ['completed', 'in-progress', 'ringing', 'completed']) {
      await say(`/voice/status?callId=${id}`, sidOf(id), status);
    }
    const reply = await say(`/voice/webhook?callId=${id}&resume=1`, sidOf(id), 'in-progress');
    expect(await reply.text()).toContain('<Hangup/>');
    expect(told()).toEqual(before);
  });
});
