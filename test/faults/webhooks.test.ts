import { describe, expect, it } from 'vitest';
import type { WebhookTraffic } from '../../electron/practice/traffic.ts';
import { testPerson } from '../practice/people.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, HUM, hummer, openFaultDesk, outcomes } from './desk-on-practice.ts';

/** The first question about a call. */
function firstAsked(desk: FaultDesk, sid: string): WebhookTraffic {
  const first = desk.asked.find(
    ({ kind, params }) => kind === 'voice' && params['CallSid'] === sid,
  );
  if (first === undefined) throw new Error('nobody asked about this call');
  return first;
}

/** Sends a webhook again. @param more fields that make it another request */
function again(desk: FaultDesk, { url, params }: WebhookTraffic, more = {}): Promise<Response> {
  return postSigned(url, { ...params, ...more }, desk.practice.authToken);
}

describe('webhooks that come again', () => {
  it('are answered as before, and make no second call and no second answer', async () => {
    const desk = await openFaultDesk({ pretend: { replayWebhooks: true } });
    const taken = await desk.takeIn();
    const dialled = await desk.talk();
    await desk.soundFlows(dialled);
    desk.practice.loseStreams();
    await until(() => desk.events.some(({ event }) => event === 'stream-stopped'));
    await desk.soundFlows(dialled);
    desk.practice.farHangUp(taken);
    await desk.run({ command: 'hang-up', callSid: dialled });
    await desk.comes('ended', taken);
    await desk.comes('ended', dialled);
    await desk.passes(1000);
    expect(desk.app.line()?.faults.replay).toBeGreaterThan(1);
    // The practice line complains of another answer; losing streams is no such complaint.
    expect(desk.practice.alerts().filter(({ code }) => code === 0)).toEqual([]);
    expect(desk.told(taken)).toEqual(['ringing', 'answered', 'ended hung-up-there']);
    expect(desk.twilio.size).toBe(2);
    expect(outcomes(await desk.history())).toEqual([
      'outbound hung-up-here',
      'inbound hung-up-there',
    ]);
  });

  it('ring nobody after the call is over', async () => {
    const desk = await openFaultDesk();
    const sid = await desk.takeIn();
    desk.practice.farHangUp(sid);
    await desk.comes('ended', sid);
    const first = firstAsked(desk, sid);
    const before = desk.events.length;
    expect((await again(desk, first)).status).toBe(200);
    const other = await again(desk, first, { CallerName: 'TERRY TEST' });
    expect(await other.text()).toContain('<Hangup/>');
    expect((await again(desk, first, { CallStatus: 'completed' })).status).toBe(200);
    expect(desk.events.slice(before).filter(event => 'callId' in event)).toEqual([]);
    expect(outcomes(await desk.history())).toEqual(['inbound hung-up-there']);
  });

  it('change nothing while the call goes on', async () => {
    const desk = await openFaultDesk();
    const sid = await desk.takeIn();
    const before = desk.events.length;
    const answers = await Promise.all([1, 2, 3].map(() => again(desk, firstAsked(desk, sid))));
    const bodies = await Promise.all(answers.map(answer => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(desk.events.slice(before).filter(event => 'callId' in event)).toEqual([]);
    await desk.soundFlows(sid);
  });
});

describe('webhooks that come late', () => {
  it('let a person wait who answered meanwhile, and carry the call then', async () => {
    const desk = await openFaultDesk({ pretend: { slowWebhooksMs: 3000 } });
    const sid = await desk.talk();
    await desk.soundFlows(sid);
    expect(desk.told(sid)).toEqual(['requested', 'named', 'ringing', 'answered']);
  });

  it('come to nothing when the person who answered hung up meanwhile', async () => {
    const desk = await openFaultDesk({ pretend: { slowWebhooksMs: 5000 } });
    const { callId } = await desk.run({ command: 'dial', to: hummer.number });
    await desk.comes('live', callId);
    desk.practice.farHangUp(desk.call(callId)?.sid ?? '');
    await desk.comes('ended', callId);
    await desk.passes(6000);
    expect(outcomes(await desk.history())).toEqual(['outbound hung-up-there']);
  });

  it('let a caller be answered all the same', async () => {
    const desk = await openFaultDesk({ pretend: { slowWebhooksMs: 3000 } });
    const sid = await desk.takeIn();
    await desk.soundFlows(sid);
    expect(desk.told(sid)).toEqual(['ringing', 'answered']);
  });

  it('leave a caller missed who gave up before the first', async () => {
    const desk = await openFaultDesk({
      people: [testPerson({ script: HUM, patienceMs: 2000 })],
      pretend: { slowWebhooksMs: 5000 },
    });
    await desk.practice.ringIn();
    await desk.comes('ended');
    await desk.passes(4000);
    expect(outcomes(await desk.history())).toEqual(['inbound missed']);
  });

  it('end a call once that was answered here in the moment its caller gave up', async () => {
    const desk = await openFaultDesk({ pretend: { slowWebhooksMs: 3000 } });
    const sid = await desk.ringIn();
    desk.practice.farHangUp(sid);
    await desk.run({ command: 'answer', callSid: sid });
    await desk.comes('ended', sid);
    expect(desk.told(sid).at(-1)).toMatch(/^ended (missed|hung-up-there)$/);
    expect(desk.app.state().microphone).toBeNull();
    expect(await desk.history()).toHaveLength(1);
  });
});

describe('a caller who hangs up at once', () => {
  it('is missed when it is in the instant of the first webhook', async () => {
    const desk = await openFaultDesk();
    const { callSid } = await desk.practice.ringIn();
    desk.practice.farHangUp(callSid);
    await desk.comes('ended', callSid);
    await desk.passes(1000);
    expect(desk.told(callSid).at(-1)).toBe('ended missed');
    expect(outcomes(await desk.history())).toEqual(['inbound missed']);
  });

  it('is missed when it is as soon as it rings', async () => {
    const desk = await openFaultDesk();
    desk.app.steps.on(({ event }) => {
      if (event.event === 'call-ringing') desk.practice.farHangUp(event.callSid ?? '');
    });
    await desk.practice.ringIn();
    await desk.comes('ended');
    await desk.passes(1000);
    expect(outcomes(await desk.history())).toEqual(['inbound missed']);
  });

  it('is talked to for no time when it is as soon as it is answered', async () => {
    const desk = await openFaultDesk();
    const sid = await desk.ringIn();
    desk.app.steps.on(({ event }) => {
      if (event.event === 'call-answered') desk.practice.farHangUp(sid);
    });
    await desk.run({ command: 'answer', callSid: sid });
    await desk.comes('ended', sid);
    await desk.passes(1000);
    expect(desk.told(sid).filter(word => word.startsWith('ended'))).toHaveLength(1);
    expect(desk.app.state().microphone).toBeNull();
    expect(await desk.history()).toHaveLength(1);
  });

  it('leaves nothing open when it is together with the hang-up here', async () => {
    const desk = await openFaultDesk();
    const sid = await desk.takeIn();
    const hungUp = desk.app.run({ command: 'hang-up', callSid: sid });
    desk.practice.farHangUp(sid);
    expect(await hungUp).toMatchObject({ ok: true });
    await desk.comes('ended', sid);
    expect(desk.told(sid).filter(word => word.startsWith('ended'))).toHaveLength(1);
  });
});
