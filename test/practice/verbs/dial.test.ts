import { describe, expect, it } from 'vitest';
import { bestShareOf, ends, eventually, openLine, response } from '../fixture.ts';
import { testPerson } from '../people.ts';

const OTHER = '+14155550122';

const caller = testPerson({
  script: [{ do: 'repeat', times: 100, steps: [{ do: 'tone', hz: 600, ms: 1000 }] }],
});

describe('Dial', () => {
  it('connects two people so that they hear each other, until one hangs up', async () => {
    const other = testPerson({
      number: OTHER,
      script: [{ do: 'repeat', times: 3, steps: [{ do: 'tone', hz: 900, ms: 1000 }] }],
    });
    const line = await openLine([caller, other]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const { sid } = await line.call(`<Dial action="${action}"><Number>${OTHER}</Number></Dial>`);
    await ends(line, sid, 'completed');
    const [child] = await line.client.calls.list({ parentCallSid: sid });
    expect(child).toMatchObject({ direction: 'outbound-dial', status: 'completed', to: OTHER });
    const heardBy = (callSid: string): Int16Array => line.line.heardBy(callSid) ?? new Int16Array();
    expect(bestShareOf(900, heardBy(sid))).toBeGreaterThan(0.9);
    expect(bestShareOf(600, heardBy(child?.sid ?? ''))).toBeGreaterThan(0.9);
    expect(line.app.requests('/action')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: child?.sid,
      DialCallDuration: expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['busy', { does: 'busy', afterMs: 50 }],
    ['no-answer', { does: 'ring-out' }],
    ['failed', { does: 'fail', afterMs: 50, sipCode: 503 }],
  ] as const)('tells its action %s, and plays ringing meanwhile', async (status, pickUp) => {
    const line = await openLine([caller, testPerson({ number: OTHER, pickUp })]);
    const action = line.app.on('/action', response('<Hangup/>'));
    const { sid } = await line.call(`<Dial timeout="2" action="${action}">${OTHER}</Dial>`);
    await ends(line, sid, 'completed');
    expect(line.app.requests('/action')[0]?.params).toMatchObject({ DialCallStatus: status });
    const heard = line.line.heardBy(sid) ?? new Int16Array();
    if (status === 'no-answer') {
      expect(bestShareOf(440, heard)).toBeGreaterThan(0.45);
      expect(bestShareOf(480, heard)).toBeGreaterThan(0.45);
    }
  });

  it('hangs up on the other when the caller goes', async () => {
    const line = await openLine([caller, testPerson({ number: OTHER })]);
    const { sid } = await line.call(`<Dial>${OTHER}</Dial>`);
    const child = await eventually(async () => {
      const [found] = await line.client.calls.list({ parentCallSid: sid });
      expect(found?.status).toBe('in-progress');
      return found;
    });
    line.line.farHangUp(sid);
    await ends(line, child?.sid ?? '', 'completed');
  });

  it('goes on after a number that is none', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Dial>nobody</Dial><Hangup/>');
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 13224 }]);
  });
});
