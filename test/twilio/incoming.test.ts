import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../electron/core/settings.ts';
import type { TwilioLinePorts } from '../../electron/twilio/twilio-line.ts';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { openPracticeHarness, type PracticeHarness } from './practice-harness.ts';
import { failure, inbound, openScriptedLine, settle } from './scripted-line.ts';

const patient = testPerson({ patienceMs: 300_000 });

let harness: PracticeHarness;

afterEach(() => harness?.close());

async function open(
  settings: Partial<Settings>,
  ports: Partial<TwilioLinePorts> = {},
): Promise<void> {
  harness = await openPracticeHarness({ people: [patient], settings, ports });
}

describe('the hold queue', () => {
  it('takes a call while the desk talks, until it is picked up and streams', async () => {
    await open({ whenBusy: 'queue' }, { isBusy: () => true });
    await harness.practice.ringIn();
    await until(harness.hasTold('call-waiting'));
    await harness.practiceMs(30_000);
    expect(harness.told()).toEqual(['call-ringing', 'call-waiting']);
    await harness.line.answer('call-1');
    await until(() => (harness.frames.get('call-1')?.length ?? 0) > 5);
    expect(harness.told()).toEqual([
      'call-ringing',
      'call-waiting',
      'call-answered',
      'stream-started',
    ]);
    expect(harness.practice.alerts()).toEqual([]);
  });

  it('takes a ringing call that is sent there', async () => {
    await open({});
    await harness.practice.ringIn();
    await until(harness.hasTold('call-ringing'));
    harness.line.enqueue('call-1');
    await until(harness.hasTold('call-waiting'));
  });

  it('takes a call that nobody took in time', async () => {
    await open({ whenUnanswered: 'queue', ringSeconds: 20 });
    await harness.practice.ringIn();
    await until(harness.hasTold('call-waiting'));
    expect(harness.told()).toEqual(['call-ringing', 'call-waiting']);
  });

  it('is left by a caller who hangs up, whose call is missed', async () => {
    await open({ whenBusy: 'queue' }, { isBusy: () => true });
    const { callSid } = await harness.practice.ringIn();
    await until(harness.hasTold('call-waiting'));
    harness.practice.farHangUp(callSid);
    await until(harness.hasEnded);
    expect(harness.told().at(-1)).toBe('ended missed');
  });

  it('is left by a call that is declined', async () => {
    await open({ whenBusy: 'queue' }, { isBusy: () => true });
    await harness.practice.ringIn();
    await until(harness.hasTold('call-waiting'));
    await harness.line.hangUp('call-1');
    await until(harness.hasTold('ended declined'));
  });
});

describe('the time a call rings', () => {
  it('counts from the first ring, over all its webhooks', async () => {
    const { ask, pass, told } = openScriptedLine({ whenUnanswered: 'reject', ringSeconds: 10 });
    const first = ask('voice', inbound('CA5'));
    await settle();
    await pass(8000);
    expect(await first).toContain('<Pause length="1"/>');
    await pass(1000);
    const second = ask('voice', inbound('CA5'), { callId: 'call-1', turn: '1' });
    await settle();
    await pass(1000);
    expect(await second).toContain('<Reject reason="busy"/>');
    expect(told()).toEqual(['call-ringing', 'ended missed']);
  });

  it('ends at once for a call that is answered between two of its webhooks', async () => {
    const { ask, pass, line } = openScriptedLine();
    const first = ask('voice', inbound('CA5'));
    await settle();
    await pass(8000);
    await first;
    void line.answer('call-1');
    const again = { callId: 'call-1', turn: '1' };
    expect(await ask('voice', inbound('CA5'), again)).toContain('<Stream');
  });
});

describe('a webhook that names no call', () => {
  it('rings nobody: such a call could not be answered', async () => {
    const { ask, told } = openScriptedLine();
    expect(await ask('voice', inbound(''))).toContain('<Hangup/>');
    expect(told()).toEqual([]);
  });
});

describe('a call in the queue', () => {
  it('can be answered again when Twilio could not be told the first time', async () => {
    const scripted = openScriptedLine({ whenBusy: 'queue' }, { isBusy: () => true });
    const { ask, line, requestsOf, twilio } = scripted;
    expect(await ask('voice', inbound('CA5'))).toContain('>hold-queue</Enqueue>');
    twilio.failing.set('redirect', failure('twilio-unreachable'));
    await expect(line.answer('call-1')).rejects.toMatchObject({
      problem: { kind: 'twilio-unreachable' },
    });
    const left = { callId: 'call-1', left: '1' };
    const late = await ask('voice', inbound('CA5', { QueueResult: 'error' }), left);
    expect(late).toContain('<Pause length="1"/>');
    twilio.failing.clear();
    await line.answer('call-1');
    await settle();
    expect(requestsOf('redirect')).toHaveLength(2);
    expect(await ask('voice', inbound('CA5'), { callId: 'call-1', pick: '3' })).toContain(
      '<Stream',
    );
  });

  it('leaves it by itself where no request can fetch it', async () => {
    const scripted = openScriptedLine({ whenBusy: 'queue' }, { isBusy: () => true });
    const { ask, line, twilio, told } = scripted;
    await ask('voice', inbound('CA5'));
    twilio.failing.set('redirect', failure('not-available'));
    await line.answer('call-1');
    expect(await ask('holdMusic', inbound('CA5'))).toContain('<Leave/>');
    const left = inbound('CA5', { QueueResult: 'leave' });
    expect(await ask('voice', left, { callId: 'call-1', left: '1' })).toContain('<Stream');
    expect(told()).toEqual(['call-ringing', 'call-waiting', 'call-answered']);
  });

  it('is hung up there once it is over here', async () => {
    const { ask, line, twilio, told } = openScriptedLine(
      { whenBusy: 'queue' },
      { isBusy: () => true },
    );
    await ask('voice', inbound('CA5'));
    twilio.failing.set('end', failure('not-available'));
    await line.hangUp('call-1');
    expect(told().at(-1)).toBe('ended declined');
    expect(await ask('holdMusic', inbound('CA5'))).toContain('<Hangup/>');
  });

  it('is hung up when it next asks, where declining it did not reach Twilio', async () => {
    for (const path of ['holdMusic', 'voice'] as const) {
      const scripted = openScriptedLine({ whenBusy: 'queue' }, { isBusy: () => true });
      const { ask, line, twilio, told } = scripted;
      await ask('voice', inbound('CA5'));
      twilio.failing.set('end', failure('twilio-unreachable'));
      await expect(line.hangUp('call-1')).rejects.toMatchObject({
        problem: { kind: 'twilio-unreachable' },
      });
      const answer = await ask(path, inbound('CA5'), { callId: 'call-1', left: '1' });
      expect(answer).toContain('<Hangup/>');
      expect(told().at(-1)).toBe('ended declined');
    }
  });

  it('cannot be answered once it is being ended', async () => {
    const { ask, line, twilio } = openScriptedLine({ whenBusy: 'queue' }, { isBusy: () => true });
    await ask('voice', inbound('CA5'));
    twilio.failing.set('end', failure('twilio-unreachable'));
    await expect(line.hangUp('call-1')).rejects.toThrow();
    await expect(async () => line.answer('call-1')).rejects.toMatchObject({
      problem: { kind: 'wrong-call-state' },
    });
  });

  it('hears only what Twilio allows there', async () => {
    const { ask } = openScriptedLine();
    const heard = await ask('holdMusic', inbound('CA5', { QueueTime: '4' }));
    const verbs = [...(heard ?? '').matchAll(/<([A-Z]\w+)/g)].map(([, verb]) => verb);
    expect(verbs).toEqual(['Response', 'Say', 'Pause']);
  });
});
