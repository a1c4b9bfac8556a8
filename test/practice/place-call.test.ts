import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { fastClock } from './fast-clock.ts';
import { ends, eventually, type Fixture, openLine, response, shareOf } from './fixture.ts';
import { testPerson } from './people.ts';

const ALL = { statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] };

function callbacks({ app }: Fixture): (string | undefined)[][] {
  return app
    .requests('/status')
    .map(({ params }) => [params['SequenceNumber'], params['CallStatus']]);
}

describe('a call to somebody', () => {
  it('reports every step in order, fetches the TwiML after the answer and signs it all', async () => {
    const line = await openLine([testPerson()], fastClock(100));
    const url = line.app.on('/voice', response('<Pause length="70"/>'));
    const statusCallback = line.app.on('/status', { status: 204 });
    const call = await line.call('', { twiml: undefined, url, statusCallback, ...ALL });
    await ends(line, call.sid, 'completed');
    await eventually(() => expect(line.app.requests('/status')).toHaveLength(4));
    expect(callbacks(line)).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ]);
    const [voice] = line.app.requests('/voice');
    expect(voice?.params).toMatchObject({
      CallSid: call.sid,
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      ApiVersion: '2010-04-01',
    });
    const last = line.app.requests('/status').at(-1)?.params;
    expect(last).toMatchObject({ CallbackSource: 'call-progress-events', Duration: '2' });
    expect(Number(last?.['CallDuration'])).toBeGreaterThanOrEqual(70);
    expect(last?.['Timestamp']).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    for (const request of line.app.received) {
      const { authToken } = line.line;
      const target = `${line.app.url}${request.path}`;
      expect(twilio.validateRequest(authToken, request.signature, target, request.params)).toBe(
        true,
      );
    }
  });

  it('reports only the end unless asked for more', async () => {
    const line = await openLine();
    const statusCallback = line.app.on('/status', { status: 204 });
    await line.call('<Hangup/>', { statusCallback });
    await eventually(() => expect(callbacks(line)).toEqual([['0', 'completed']]));
  });

  it.each([
    ['busy', { does: 'busy', afterMs: 100 }, '486'],
    ['no-answer', { does: 'ring-out' }, '487'],
    ['no-answer', { does: 'answer', afterMs: 60_000 }, '487'],
    ['failed', { does: 'fail', afterMs: 100, sipCode: 503 }, '503'],
  ] as const)('ends as %s when they do not take it', async (status, pickUp, sip) => {
    const line = await openLine([testPerson({ pickUp })]);
    const statusCallback = line.app.on('/status', { status: 204 });
    const { sid } = await line.call('<Hangup/>', { statusCallback, timeout: 3 });
    await ends(line, sid, status);
    await eventually(() => expect(callbacks(line)).toEqual([['0', status]]));
    expect(line.app.requests('/status')[0]?.params).toMatchObject({
      SipResponseCode: sip,
      CallDuration: '0',
    });
    expect(line.app.requests('/voice')).toEqual([]);
  });

  it('fails when nobody has the number', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Hangup/>', { to: '+14155559999' });
    await ends(line, sid, 'failed');
  });

  it('sends digits as tones after the answer', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Pause/>', { sendDigits: 'w5' });
    await ends(line, sid, 'completed');
    const heard = line.line.heardBy(sid) ?? new Int16Array();
    const start = heard.findIndex(sample => sample !== 0);
    const key = heard.subarray(start, start + 780);
    expect(start).toBeGreaterThanOrEqual(4000);
    expect(shareOf(770, key) + shareOf(1336, key)).toBeGreaterThan(0.9);
  });

  it('ends at its time limit', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Pause length="600"/>', { timeLimit: 2 });
    await ends(line, sid, 'completed');
  });

  it('ends when they hang up', async () => {
    const line = await openLine([testPerson({ script: [{ do: 'pause', ms: 1000 }] })]);
    const { sid } = await line.call('<Pause length="600"/>');
    await ends(line, sid, 'completed');
  });
});
