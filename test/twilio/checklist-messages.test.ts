import { describe, expect, it } from 'vitest';
import { readConfig } from '../../electron/config.ts';
import { formatPhoneNumber, formatWhileTyping } from '../../electron/core/phone-number.ts';
import { findCall } from '../../electron/core/state.ts';
import { testTones } from '../../electron/practice/people/test-tones.ts';
import { listNumbers } from '../../electron/twilio/numbers.ts';
import { createWebhookUrls } from '../../electron/twilio/webhook-urls.ts';
import { BEFORE, environmentOf, openAccount } from '../line/account.ts';
import { openDesk } from '../support/desk.ts';
import { freePort } from '../support/free-port.ts';
import { handshake, postSigned, signedUpgrade } from '../support/signed-request.ts';
import { hearsKey5 } from '../support/tones.ts';
import { until } from '../support/until.ts';

const DANA = '+14155550101';
const MAX = '+14155550110';
const PHOTO = 'https://files.example.com/photo.jpg';
const TONES = testTones.slice(0, 2).map(({ number }) => number);

/** A desk that takes calls and messages of an account, at an address that is given with a slash at its end. */
async function open() {
  const account = await openAccount({ voiceUrl: BEFORE, smsUrl: BEFORE, statusCallback: BEFORE });
  const port = String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const env = { ...environmentOf(account), PORT: port, PUBLIC_URL: `${origin}/` };
  const desk = await openDesk({ env, takesMessages: true });
  const { twilio, client } = account;
  const post = (path: string, params: Record<string, string>) =>
    postSigned(`${origin}${path}`, params, twilio.authToken);
  return { desk, twilio, client, origin, post };
}

describe('what the bridge of older systems did', () => {
  it('starts without a call and waits for one', async () => {
    const { desk, twilio } = await open();
    expect(desk.state()).toMatchObject({ calls: [], line: { status: 'ready' }, problems: [] });
    const { callSid } = await twilio.ringIn();
    await desk.event('call-ringing', { callSid });
  });

  it('calls out at the start when it is told to, and needs a plus sign before its own number', () => {
    expect(readConfig({}, ['--target', DANA]).target).toBe(DANA);
    expect(readConfig({}, []).target).toBeNull();
    const account = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'secret' };
    const number = (TWILIO_PHONE_NUMBER: string) => () =>
      readConfig({ ...account, TWILIO_PHONE_NUMBER }, []);
    expect(number('14155550100')).toThrow(/TWILIO_PHONE_NUMBER/);
    expect(number('+14155550100')).not.toThrow();
  });

  it('takes a number from abroad only with a plus sign, and says so', async () => {
    const { desk } = await open();
    expect(await desk.run({ command: 'dial', to: '0049 30 1234567' })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-number', remedy: expect.stringContaining('start with +') },
    });
    expect(desk.state().calls).toEqual([]);
  });

  it('leaves the slash at the end of its public address out', async () => {
    const { desk, client, twilio, origin } = await open();
    expect(desk.state().line.address.url).toBe(origin);
    const [number] = await listNumbers(client, twilio.number);
    expect(number?.voiceUrl).toBe(`${origin}/voice/webhook`);
  });

  it('has streams come over wss where its address is https, and over ws where it is http', () => {
    const stream = (origin: string) => createWebhookUrls(() => origin).stream();
    expect(stream('https://desk.example.com')).toBe('wss://desk.example.com/voice/stream');
    expect(stream('http://127.0.0.1:3334')).toBe('ws://127.0.0.1:3334/voice/stream');
  });

  it('answers on the paths of the bridge', async () => {
    const { post, origin, twilio } = await open();
    const call = { CallSid: 'CA1', Direction: 'outbound-api', From: twilio.number, To: DANA };
    const twiml = await post('/twiml', { ...call, CallStatus: 'in-progress' });
    expect(twiml.headers.get('content-type')).toContain('text/xml');
    expect(await twiml.text()).toMatch(
      new RegExp(`<Connect><Stream url="${origin.replace('http', 'ws')}/`),
    );
    const url = `${origin.replace('http', 'ws')}/media-stream`;
    expect(await handshake(url, signedUpgrade(url, twilio.authToken))).toBe('open');
    expect((await post('/call/status', { ...call, CallStatus: 'completed' })).status).toBe(204);
    const health = await fetch(`${origin}/health`);
    expect(health.status).toBe(200);
    expect(health.headers.get('content-type')).toContain('json');
  });

  it('hears the other side and is heard, on several calls', async () => {
    const { desk, twilio } = await open();
    for (const to of TONES) {
      const outcome = await desk.run({ command: 'dial', to });
      const callId = 'callId' in outcome ? outcome.callId : '';
      await desk.event('stream-started', { callId });
      await until(async () => {
        const waveform = await desk.app.waveform(callId, 1, 0, 20_000);
        return waveform?.them.some(level => level > 100) === true;
      });
      await desk.run({ command: 'send-digits', callId, digits: '555' });
      const sid = findCall(desk.state(), callId)?.sid ?? '';
      await until(() => hearsKey5(twilio.heardBy(sid)));
    }
    expect(desk.state().calls.map(({ status }) => status)).toEqual(['live', 'live']);
  });

  it('hangs up when it is closed', async () => {
    const { desk, client } = await open();
    await desk.run({ command: 'dial', to: TONES[0] });
    await desk.event('stream-started');
    const sid = desk.state().calls[0]?.sid ?? '';
    await desk.close();
    expect((await client.calls(sid).fetch()).status).toBe('completed');
  });
});

describe('what the text plugin of older systems did', () => {
  it('sends texts and pictures, and tells each', async () => {
    const { desk, twilio } = await open();
    await desk.run({ command: 'send-message', to: DANA, body: 'Hello.' });
    await desk.run({ command: 'send-message', to: DANA, body: 'Look.', mediaUrls: [PHOTO] });
    await desk.event('message-sent', { body: 'Hello.', from: twilio.number, to: DANA });
    await desk.event('message-sent', { body: 'Look.' });
    expect(twilio.messages()).toMatchObject([
      { body: 'Look.', mediaUrls: [PHOTO] },
      { body: 'Hello.', mediaUrls: [] },
    ]);
  });

  it('receives texts and pictures, and tells each', async () => {
    const { desk, twilio } = await open();
    const { messageSid } = twilio.textIn('Look.', DANA, [PHOTO]);
    expect(await desk.event('message-received', { messageSid })).toMatchObject({
      from: DANA,
      to: twilio.number,
      body: 'Look.',
      media: [{ url: PHOTO, contentType: 'image/jpeg' }],
    });
    expect(twilio.alerts()).toEqual([]);
  });

  it('holds to the limits: 1600 characters, 10 files, an address for each', async () => {
    const { desk, twilio } = await open();
    const to = DANA;
    for (const content of [
      { body: 'x'.repeat(1601) },
      { mediaUrls: Array.from({ length: 11 }, () => PHOTO) },
      { mediaUrls: ['/home/me/photo.jpg'] },
    ]) {
      const command = { command: 'send-message', to, ...content };
      expect(await desk.run(command)).toMatchObject({
        ok: false,
        problem: { kind: 'invalid-command' },
      });
    }
    expect(twilio.messages()).toEqual([]);
  });

  it('keeps the last messages with each number', async () => {
    const { desk, twilio } = await open();
    for (const body of ['One.', 'Two.', 'Three.']) {
      twilio.textIn(body, DANA);
      await desk.event('message-received', { body });
    }
    twilio.textIn('Other.', '+14155550102');
    await desk.event('message-received', { body: 'Other.' });
    expect(await desk.run({ command: 'messages', with: DANA, limit: 2 })).toMatchObject({
      ok: true,
      messages: [{ body: 'Two.' }, { body: 'Three.' }],
    });
    expect(await desk.run({ command: 'messages', with: '+14155550199' })).toEqual({
      ok: true,
      messages: [],
    });
  });

  it('calls, takes calls, and tells how far each is and when its sound begins and ends', async () => {
    const { desk, twilio } = await open();
    const { callSid } = await twilio.ringIn();
    const { callId } = await desk.event('call-ringing', { callSid, direction: 'inbound' });
    await desk.run({ command: 'answer', callId });
    await desk.event('stream-started', { callId });
    expect(await desk.run({ command: 'calls' })).toMatchObject({
      calls: [{ id: callId, sid: callSid, status: 'live' }],
    });
    await desk.run({ command: 'hang-up', callId });
    await desk.event('stream-stopped', { callId });
    await desk.event('call-ended', { callId });
    expect(await desk.run({ command: 'dial', to: DANA })).toMatchObject({ ok: true });
    await desk.event('call-ringing', { direction: 'outbound' });
  });

  it('understands numbers in any format, and writes them for people', async () => {
    const { desk, twilio } = await open();
    for (const to of ['(415) 555-0101', '415.555.0101', 'tel:+1-415-555-0101']) {
      expect(await desk.run({ command: 'send-message', to, body: to })).toMatchObject({ ok: true });
    }
    expect(new Set(twilio.messages().map(({ to }) => to))).toEqual(new Set([DANA]));
    expect(await desk.run({ command: 'send-message', to: '12', body: 'Hello.' })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-number' },
    });
    expect(formatPhoneNumber(DANA)).toBe('+1 415 555 0101');
    expect(formatWhileTyping('4155550101')).toBe('(415) 555-0101');
  });

  it('sets the number’s webhooks by itself, and back when it closes', async () => {
    const { desk, client, twilio, origin } = await open();
    const now = async () => (await listNumbers(client, twilio.number))[0];
    expect(await now()).toMatchObject({
      voiceUrl: `${origin}/voice/webhook`,
      statusCallback: `${origin}/voice/status`,
      smsUrl: `${origin}/sms/webhook`,
    });
    await desk.close();
    expect(await now()).toMatchObject({
      voiceUrl: BEFORE,
      statusCallback: BEFORE,
      smsUrl: BEFORE,
    });
  });

  it('answers on the paths of the plugin', async () => {
    const { desk, post, twilio } = await open();
    const text = {
      MessageSid: 'SM1',
      From: DANA,
      To: twilio.number,
      Body: 'Hello.',
      NumMedia: '0',
    };
    const answer = await post('/webhooks/twilio/sms', text);
    expect(await answer.text()).toMatch(/<Response\/>$/);
    await desk.event('message-received', { messageSid: 'SM1' });
    const call = { CallSid: 'CA1', Direction: 'inbound', From: DANA, To: twilio.number };
    expect((await post('/webhooks/twilio/status', { ...call, CallStatus: 'busy' })).status).toBe(
      204,
    );
    const voice = await post('/webhooks/twilio/voice', { ...call, CallStatus: 'completed' });
    expect(await voice.text()).toMatch(/<Response>/);
  });

  it('tells who is not registered where to register, and not to wait for an answer', async () => {
    const { desk } = await open();
    await desk.run({ command: 'send-message', to: MAX, body: 'Hello.' });
    const { problem } = await desk.event('message-status-changed', { status: 'undelivered' });
    expect(problem).toMatchObject({ code: '30034', link: expect.stringContaining('30034') });
    expect(`${problem?.message} ${problem?.remedy}`).toMatch(/A2P 10DLC.*Register the number/);
    expect(`${problem?.message} ${problem?.remedy}`).not.toMatch(/first|reply/i);
  });

  it('tests itself on request: whether Twilio reaches this computer', async () => {
    const { desk } = await open();
    expect(await desk.run({ command: 'test-line' })).toMatchObject({
      ok: true,
      test: { status: 'reached', roundTripMs: expect.any(Number) },
    });
  });
});
