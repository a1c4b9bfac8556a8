import { describe, expect, it } from 'vitest';
import { readWav } from '../../electron/core/audio/wav.ts';
import type { Script } from '../../electron/practice/script.ts';
import { tone } from '../../electron/practice/tone.ts';
import { readWav as readStereo } from '../support/sound-file.ts';
import { bestShareOf, ends, eventually, type Fixture, openLine } from './fixture.ts';
import { testPerson } from './people.ts';
import { wavFile } from './wav-file.ts';

const HUMS: Script = [{ do: 'tone', hz: 700, ms: 60_000 }];

async function download(line: Fixture, url: string, token = line.line.authToken) {
  const secret = Buffer.from(`${line.line.accountSid}:${token}`).toString('base64');
  const reply = await fetch(url, { headers: { authorization: `Basic ${secret}` } });
  return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) };
}

async function recordingOf(line: Fixture): Promise<Record<string, string>> {
  await eventually(() => expect(line.app.requests('/recorded').length).toBeGreaterThan(0));
  return line.app.requests('/recorded').at(-1)?.params ?? {};
}

async function live(script: Script): Promise<Fixture & { readonly sid: string }> {
  const line = await openLine([testPerson({ script })]);
  line.app.on('/recorded', { status: 204 });
  const sound = line.app.on('/hum.wav', wavFile(tone([500], 60_000), 8000));
  const { sid } = await line.call(`<Play>${sound}</Play><Pause length="600"/>`);
  await eventually(() => expect(line.line.heardBy(sid)?.length).toBeGreaterThan(8000));
  return { ...line, sid };
}

/** Begins a recording of both sides that tells of its end. */
async function begun(line: Fixture & { readonly sid: string }) {
  const { sid, uri } = await line.client.calls(line.sid).recordings.create({
    recordingChannels: 'dual',
    recordingStatusCallback: `${line.app.url}/recorded`,
  });
  return { sid, mediaUrl: `${line.line.apiUrl}${uri.replace('.json', '')}` };
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a recording of a call', { retry: 2 }, () => {
  it('is begun, stopped and downloaded, both sides apart', async () => {
    const line = await live(HUMS);
    const recordings = line.client.calls(line.sid).recordings;
    const { sid, status } = await recordings.create({
      recordingChannels: 'dual',
      recordingStatusCallback: `${line.app.url}/recorded`,
      recordingStatusCallbackEvent: ['in-progress', 'completed'],
    });
    expect(status).toBe('in-progress');
    expect(await recordingOf(line)).toMatchObject({
      RecordingSid: sid,
      RecordingStatus: 'in-progress',
    });
    const before = line.line.heardBy(line.sid)?.length ?? 0;
    await eventually(() =>
      expect(line.line.heardBy(line.sid)?.length).toBeGreaterThan(before + 16_000),
    );
    await line.client.calls(line.sid).recordings('Twilio.CURRENT').update({ status: 'stopped' });
    await eventually(() => expect(line.app.requests('/recorded')).toHaveLength(2));
    const told = await recordingOf(line);
    expect(told).toMatchObject({
      CallSid: line.sid,
      RecordingStatus: 'completed',
      RecordingChannels: '2',
      RecordingSource: 'StartCallRecordingAPI',
    });
    expect(Number(told['RecordingDuration'])).toBeGreaterThanOrEqual(2);
    const { bytes } = await download(line, `${told['RecordingUrl']}.wav`);
    const { left, right } = readStereo(bytes);
    expect(bestShareOf(700, left)).toBeGreaterThan(0.7);
    expect(bestShareOf(500, right)).toBeGreaterThan(0.7);
    expect((await line.client.recordings(sid).fetch()).channels).toBe(2);
    expect(await line.client.recordings.list({ callSid: line.sid })).toHaveLength(1);
    expect((await download(line, told['RecordingUrl'] ?? '', 'wrong')).status).toBe(401);
    await line.client.recordings(sid).remove();
    expect((await download(line, `${told['RecordingUrl']}.wav`)).status).toBe(404);
  });

  it('is prepared for a while, in which there is no sound and nothing is told', async () => {
    const line = await live(HUMS);
    line.line.pretend({ slowRecordingsMs: 15_000 });
    const { sid, mediaUrl } = await begun(line);
    await line.client.calls(line.sid).recordings(sid).update({ status: 'stopped' });
    const { status, duration } = await line.client.recordings(sid).fetch();
    expect([status, duration]).toEqual(['processing', null]);
    expect((await download(line, `${mediaUrl}.wav`)).status).toBe(404);
    expect(line.app.requests('/recorded')).toEqual([]);
    expect(await recordingOf(line)).toMatchObject({ RecordingStatus: 'completed' });
    expect((await download(line, `${mediaUrl}.wav`)).status).toBe(200);
  });

  it('has as many channels as are asked for', async () => {
    const line = await live(HUMS);
    const { sid, mediaUrl } = await begun(line);
    line.line.farHangUp(line.sid);
    await recordingOf(line);
    const channelsOf = async (asked: string): Promise<number> => {
      const { bytes } = await download(line, `${mediaUrl}.wav?RequestedChannels=${asked}`);
      return bytes.readUInt16LE(22);
    };
    expect([await channelsOf('1'), await channelsOf('2')]).toEqual([1, 2]);
    expect((await download(line, `${mediaUrl}.wav?RequestedChannels=3`)).status).toBe(400);
    expect((await line.client.recordings(sid).fetch()).channels).toBe(2);
  });

  it('is begun with the call when its creation asks for it', async () => {
    const line = await openLine([testPerson({ script: HUMS })]);
    line.app.on('/recorded', { status: 204 });
    const { sid } = await line.call('<Pause length="2"/>', {
      record: true,
      recordingChannels: 'dual',
      recordingStatusCallback: `${line.app.url}/recorded`,
    });
    await ends(line, sid, 'completed');
    expect(await recordingOf(line)).toMatchObject({
      CallSid: sid,
      RecordingStatus: 'completed',
      RecordingSource: 'OutboundAPI',
      RecordingChannels: '2',
    });
  });

  it('leaves out what is said while it is paused, and ends with the call', async () => {
    const line = await live(HUMS);
    const recordings = line.client.calls(line.sid).recordings;
    const { sid } = await recordings.create({});
    const paused = await line.client
      .calls(line.sid)
      .recordings(sid)
      .update({ status: 'paused', pauseBehavior: 'skip' });
    expect(paused.status).toBe('paused');
    const before = line.line.heardBy(line.sid)?.length ?? 0;
    await eventually(() =>
      expect(line.line.heardBy(line.sid)?.length).toBeGreaterThan(before + 80_000),
    );
    await line.client.calls(line.sid).recordings(sid).update({ status: 'in-progress' });
    await line.client.calls(line.sid).update({ status: 'completed' });
    await eventually(async () => {
      const recording = await line.client.recordings(sid).fetch();
      expect(recording.status).toBe('completed');
      expect(Number(recording.duration)).toBeLessThan(8);
    });
  });

  it('is begun and stopped by TwiML', async () => {
    const line = await openLine([testPerson({ script: HUMS })]);
    const url = line.app.on('/recorded', { status: 204 });
    await line.call(
      `<Start><Recording channels="mono" recordingStatusCallback="${url}"/></Start><Pause length="3"/>` +
        '<Stop><Recording/></Stop><Pause length="600"/>',
    );
    expect(await recordingOf(line)).toMatchObject({
      RecordingChannels: '1',
      RecordingSource: 'StartCallRecordingTwiML',
      RecordingDuration: '3',
    });
  });
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('Record', { retry: 2 }, () => {
  const MESSAGE: Script = [
    { do: 'pause', ms: 1000 },
    { do: 'tone', hz: 700, ms: 3000 },
    { do: 'pause', ms: 600_000 },
  ];

  it('takes a message until it is quiet, after a beep', async () => {
    const line = await openLine([testPerson({ script: MESSAGE })]);
    const action = line.app.on('/recorded', {
      status: 200,
      body: '<Response><Hangup/></Response>',
    });
    const { sid } = await line.call(`<Record action="${action}" timeout="2"/>`);
    await ends(line, sid, 'completed');
    const told = await recordingOf(line);
    expect(told).toMatchObject({ CallSid: sid, Digits: '' });
    expect(Number(told['RecordingDuration'])).toBeGreaterThanOrEqual(5);
    expect(bestShareOf(1000, line.line.heardBy(sid) ?? new Int16Array())).toBeGreaterThan(0.7);
    const { samples } = readWav((await download(line, told['RecordingUrl'] ?? '')).bytes);
    expect(bestShareOf(700, samples)).toBeGreaterThan(0.7);
  });

  it('ends at a key, at its length and when the caller hangs up', async () => {
    const line = await openLine([testPerson({ script: HUMS })]);
    const action = line.app.on('/recorded', {
      status: 200,
      body: '<Response><Hangup/></Response>',
    });
    const byKey = await line.call(`<Record action="${action}" finishOnKey="#" playBeep="false"/>`);
    await eventually(() => expect(line.line.heardBy(byKey.sid)?.length).toBeGreaterThan(4000));
    line.line.sendDigits(byKey.sid, '#');
    await ends(line, byKey.sid, 'completed');
    expect(await recordingOf(line)).toMatchObject({ Digits: '#' });
    const byLength = await line.call(`<Record action="${action}" maxLength="3"/>`);
    await ends(line, byLength.sid, 'completed');
    expect(await recordingOf(line)).toMatchObject({ RecordingDuration: '3' });
    const byHangUp = await line.call(`<Record action="${action}"/>`);
    await eventually(() => expect(line.line.heardBy(byHangUp.sid)?.length).toBeGreaterThan(16_000));
    line.line.farHangUp(byHangUp.sid);
    await eventually(async () =>
      expect(await recordingOf(line)).toMatchObject({
        CallSid: byHangUp.sid,
        Digits: 'hangup',
        CallStatus: 'completed',
      }),
    );
  });

  it('goes on with the next verb when nothing was said', async () => {
    const line = await openLine();
    const action = line.app.on('/recorded', { status: 204 });
    const { sid } = await line.call(`<Record action="${action}" timeout="2"/><Hangup/>`);
    await ends(line, sid, 'completed');
    expect(line.app.requests('/recorded')).toEqual([]);
  });
});
