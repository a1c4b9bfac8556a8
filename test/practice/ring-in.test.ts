import { describe, expect, it } from 'vitest';
import { ends, eventually, type Fixture, openLine, response } from './fixture.ts';
import { testPerson } from './people.ts';

async function withVoice(answer: Parameters<Fixture['app']['on']>[1], patienceMs = 30_000) {
  const line = await openLine([testPerson({ patienceMs })]);
  const [number] = await line.client.incomingPhoneNumbers.list();
  await line.client.incomingPhoneNumbers(number?.sid ?? '').update({
    voiceUrl: line.app.on('/voice', answer),
    statusCallback: line.app.on('/status', { status: 204 }),
  });
  return line;
}

/** Waits for the final callback of a call and gives its parameters. */
async function final(line: Fixture): Promise<Record<string, string>> {
  await eventually(() => expect(line.app.requests('/status')).toHaveLength(1));
  return line.app.requests('/status')[0]?.params ?? {};
}

describe('somebody who calls us', () => {
  it('is announced at the number’s VoiceUrl and answered by the first verb', async () => {
    const line = await withVoice(response('<Say>Hello</Say>'));
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'completed');
    expect(line.app.requests('/voice')[0]?.params).toMatchObject({
      CallSid: callSid,
      CallStatus: 'ringing',
      Direction: 'inbound',
      From: '+14155550121',
      To: line.line.number,
      CallerName: 'Terry Test',
      FromCity: 'SAN FRANCISCO',
      FromCountry: 'US',
    });
    expect(await final(line)).toMatchObject({ CallStatus: 'completed', SequenceNumber: '0' });
  });

  it('goes on ringing through pauses and redirects', async () => {
    const ring = response('<Pause length="1"/><Redirect>/ring</Redirect>');
    const line = await withVoice(ring);
    line.app.on('/ring', ring, ring, ring, response('<Pause length="60"/><Say>Hi</Say>'));
    const { callSid } = await line.line.ringIn();
    await eventually(() => expect(line.app.requests('/ring')).toHaveLength(4));
    expect(line.app.requests('/ring').map(request => request.params['CallStatus'])).toEqual(
      new Array(4).fill('ringing'),
    );
    expect(await line.status(callSid)).toBe('ringing');
    expect(line.line.heardBy(callSid)).toHaveLength(0);
  });

  it('gives up when their patience is over', async () => {
    const line = await withVoice(response('<Pause length="600"/>'), 2000);
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'no-answer');
    expect(await final(line)).toMatchObject({ CallStatus: 'no-answer', CallDuration: '0' });
  });

  it.each([
    ['busy', '<Reject reason="busy"/>'],
    ['no-answer', '<Reject/>'],
    ['no-answer', '<Pause/><Reject reason="rejected"/>'],
  ])('hears %s when rejected', async (status, twiml) => {
    const line = await withVoice(response(twiml));
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, status);
    expect(await final(line)).toMatchObject({ CallStatus: status });
  });

  it('is hung up on by an empty document', async () => {
    const line = await withVoice(response(''));
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'completed');
  });

  it.each([
    [11200, { status: 500 }],
    [12100, '<Response><Say></Response>'],
    [12300, { status: 200, body: 'hi', headers: { 'content-type': 'text/plain' } }],
    [11750, response(`<!--${'x'.repeat(70_000)}-->`)],
  ])('hears an apology when the app’s answer is error %i', async (code, answer) => {
    const line = await withVoice(answer);
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'failed');
    expect(line.line.alerts()).toMatchObject([{ code, callSid }]);
    expect(line.line.heardBy(callSid)?.length).toBeGreaterThan(8000);
  });

  it('is sent to the fallback when the app fails', async () => {
    const line = await withVoice({ status: 500 });
    const [number] = await line.client.incomingPhoneNumbers.list();
    const voiceFallbackUrl = line.app.on('/fallback', response('<Hangup/>'));
    await line.client.incomingPhoneNumbers(number?.sid ?? '').update({ voiceFallbackUrl });
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'completed');
    expect(line.app.requests('/fallback')[0]?.params).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${line.app.url}/voice`,
    });
  });

  it('fails when the number has no VoiceUrl, or nobody listens there', async () => {
    const line = await openLine();
    const { callSid } = await line.line.ringIn();
    await ends(line, callSid, 'failed');
    const [number] = await line.client.incomingPhoneNumbers.list();
    await line.client
      .incomingPhoneNumbers(number?.sid ?? '')
      .update({ voiceUrl: 'http://127.0.0.1:9/voice' });
    const second = await line.line.ringIn();
    await ends(line, second.callSid, 'failed');
    expect(line.line.alerts().map(alert => alert.code)).toEqual([11100, 11205]);
  });

  it('can call any number of ours that takes calls', async () => {
    const { app, client, line, status } = await openLine();
    const [main, second, messages] = await client.incomingPhoneNumbers.list();
    const voiceUrl = app.on('/second', response('<Pause length="60"/>'));
    await client.incomingPhoneNumbers(second?.sid ?? '').update({ voiceUrl });
    const { callSid } = await line.ringIn(undefined, second?.phoneNumber);
    await eventually(() => expect(app.requests('/second')).toHaveLength(1));
    expect(app.requests('/second')[0]?.params['To']).toBe(second?.phoneNumber);
    expect(await status(callSid)).toBe('ringing');
    expect((await client.calls(callSid).fetch()).phoneNumberSid).toBe(second?.sid);
    expect(main?.voiceUrl).toBe('');
    await expect(line.ringIn(undefined, messages?.phoneNumber)).rejects.toThrow('no calls');
  });

  it('must be in the directory', async () => {
    const { line } = await openLine();
    await expect(line.ringIn('+14155559999')).rejects.toThrow('Nobody');
  });
});
