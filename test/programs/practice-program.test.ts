import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWav } from '../../electron/core/audio/wav.ts';
import { dataFolder } from '../support/data-folder.ts';
import { writeWav } from '../support/sound-file.ts';
import { amplitudeAt, sine } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { type PracticeProgram, serveApp, startPractice, type WebApp } from './practice-program.ts';

const VERA = '+14155550113';
const HANG_UP = '<Response><Hangup/></Response>';

let data: Awaited<ReturnType<typeof dataFolder>>;
let app: WebApp | undefined;
let line: PracticeProgram | undefined;

beforeEach(async () => {
  data = await dataFolder();
});

afterEach(async () => {
  line?.process.kill('SIGKILL');
  app?.close();
  line = undefined;
  await data.remove();
});

async function practise(...serve: Parameters<typeof serveApp>) {
  app = await serveApp(...serve);
  line = startPractice(
    ...['--voice-url', `${app.url}/voice/webhook`, '--sms-url', `${app.url}/sms`],
    ...['--status-url', `${app.url}/voice/webhook?type=status`, '--heard-dir', data.path],
  );
  await line.event({ event: 'listening' });
  return { app, line };
}

async function ring(program: PracticeProgram): Promise<string> {
  return String((await program.run({ command: 'ring', from: VERA }))['callSid']);
}

async function humFile(): Promise<string> {
  const path = join(data.path, 'hum.wav');
  await writeFile(path, writeWav(sine(1000, 2000, 0.5, 16_000), 16_000));
  return path;
}

async function heardIn(program: PracticeProgram, callSid: string): Promise<Int16Array> {
  const { path } = await program.event({ event: 'heard', callSid });
  return readWav(readFileSync(String(path))).samples;
}

describe('the practice line as a program', () => {
  it('talks with a menu of Say and Gather that checks signatures', async () => {
    const { app, line } = await practise(({ path, form }) => {
      if (form['CallStatus'] === 'completed') return undefined;
      const response = new twilio.twiml.VoiceResponse();
      if (path === '/voice/answer') response.say(`You said ${form['SpeechResult']}`);
      else {
        const gather = response.gather({ input: ['speech', 'dtmf'], action: '/voice/answer' });
        gather.say('What can I do?');
        response.redirect('/voice/webhook');
      }
      return response.toString();
    });
    const listening = line.lines[0] ?? {};
    expect(listening).toMatchObject({
      event: 'listening',
      at: expect.stringMatching(/^\d{4}-/),
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      agentUrl: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+/),
      number: '+14155550100',
      people: expect.arrayContaining([expect.objectContaining({ number: VERA })]),
    });
    const callSid = await ring(line);
    await line.event({ event: 'call-answered', callSid });
    expect(await line.run({ command: 'say', callSid, text: 'My parcel.' })).toMatchObject({
      ok: true,
    });
    await line.event({ event: 'call-ended', callSid, status: 'completed' });
    const request = app.asked.find(({ path }) => path === '/voice/answer');
    expect(request?.form['SpeechResult']).toBe('My parcel.');
    for (const { path, query, form, signature } of app.asked) {
      const url = `${app.url}${path}${query.size > 0 ? `?${query}` : ''}`;
      const token = String(listening['authToken']);
      expect(twilio.validateRequest(token, signature, url, form)).toBe(true);
    }
    expect(await line.event({ event: 'twiml-received', callSid })).toMatchObject({
      status: 200,
      twiml: expect.stringContaining('<Gather'),
    });
    expect((await heardIn(line, callSid)).length).toBeGreaterThan(8000);
    expect(await line.event({ event: 'webhook-sent', kind: 'status' })).toMatchObject({
      params: { CallSid: callSid, CallStatus: 'completed' },
      status: 200,
    });
  });

  it('hears itself through a program that sends a stream back', async () => {
    const { line } = await practise(
      (_, url) =>
        `<Response><Connect><Stream url="${url.replace('http', 'ws')}/media"/></Connect></Response>`,
      socket =>
        socket.on('message', message => {
          const { event, streamSid, media } = JSON.parse(String(message));
          if (event !== 'media') return;
          socket.send(JSON.stringify({ event, streamSid, media: { payload: media.payload } }));
        }),
    );
    const callSid = await ring(line);
    await line.event({ event: 'stream-started', callSid });
    await line.run({ command: 'play', callSid, path: await humFile() });
    const early = await line.run({ command: 'heard', callSid, path: join(data.path, 'now.wav') });
    expect(Number(early['seconds'])).toBeGreaterThan(1.5);
    await line.run({ command: 'hang-up', callSid });
    await line.event({ event: 'stream-stopped', callSid });
    expect(amplitudeAt(await heardIn(line, callSid), 1000)).toBeGreaterThan(1000);
  });

  it('is listened to by a bridge that starts a stream and waits', async () => {
    const received: Buffer[] = [];
    const { line } = await practise(
      (_, url) =>
        '<?xml version="1.0" encoding="UTF-8"?>\n<Response>\n  <Start>\n' +
        `    <Stream url="${url.replace('http', 'ws')}/media-stream?callSid=x" />\n  </Start>\n` +
        '  <Say>You are connected.</Say>\n  <Pause length="3600"/>\n</Response>',
      socket =>
        socket.on('message', message => {
          const { event, media } = JSON.parse(String(message));
          if (event === 'media') received.push(Buffer.from(media.payload, 'base64'));
        }),
    );
    const callSid = await ring(line);
    await line.event({ event: 'stream-started', callSid });
    const silent = received.length;
    await line.run({ command: 'play', callSid, path: await humFile() });
    await until(() => received.length > silent + 90);
    expect(Buffer.concat(received).some(byte => (byte & 0x7f) < 0x40)).toBe(true);
    await line.run({ command: 'hang-up', callSid });
    await line.event({ event: 'stream-stopped', callSid });
    expect((await heardIn(line, callSid)).some(sample => Math.abs(sample) > 1000)).toBe(true);
    await line.event({ event: 'alert', code: 31923 });
  });

  it('waits in the queue of a provider that takes one stream at a time', async () => {
    let streams = 0;
    const { app, line } = await practise(
      ({ path, query }, url) => {
        if (path === '/voice/hold-music') return '<Response><Pause length="1"/></Response>';
        if (query.get('type') === 'status') return '<Response></Response>';
        if (streams > 0) {
          return '<Response><Say voice="alice">Please hold.</Say><Enqueue waitUrl="/voice/hold-music">hold-queue</Enqueue></Response>';
        }
        streams += 1;
        return `<Response><Connect><Stream url="${url.replace('http', 'ws')}/voice/stream"><Parameter name="token" value="t"/></Stream></Connect></Response>`;
      },
      () => {},
    );
    const first = await ring(line);
    await line.event({ event: 'stream-started', callSid: first });
    const second = await ring(line);
    const waits = () => app.asked.filter(({ path }) => path === '/voice/hold-music');
    await until(() => waits().length > 1);
    expect(waits()[0]?.form).toMatchObject({ CallSid: second, QueuePosition: '1' });
    for (const callSid of [second, first]) {
      await line.run({ command: 'hang-up', callSid });
      await line.event({ event: 'call-ended', callSid, status: 'completed' });
    }
  });

  it('gets an answer to a text', async () => {
    const { line } = await practise(({ path, form }) => {
      if (path !== '/sms') return HANG_UP;
      const response = new twilio.twiml.MessagingResponse();
      response.message(`You wrote: ${form['Body']}`);
      return response.toString();
    });
    const { messageSid } = await line.run({ command: 'text', body: 'Hello', from: VERA });
    await line.event({ event: 'message-received', messageSid, body: 'Hello' });
    await line.event({ event: 'webhook-sent', kind: 'message' });
    await line.event({ event: 'message-sent', to: VERA, body: 'You wrote: Hello' });
  });

  it('says what is wrong with a command and goes on', async () => {
    const { line } = await practise(() => HANG_UP);
    line.write('hello\n');
    expect(await line.event({ reply: null })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-command', remedy: expect.any(String) },
    });
    const refused = async (command: Record<string, unknown>) =>
      ((await line.run(command))['problem'] as { kind: string } | undefined)?.kind;
    expect(await refused({ command: 'dance' })).toBe('unknown-command');
    expect(await refused({ command: 'say', callSid: 'CA1' })).toBe('invalid-command');
    expect(await refused({ command: 'hang-up', callSid: 'CA1' })).toBe('no-such-call');
    expect(await refused({ command: 'ring', from: '+14155559999' })).toBe('invalid-number');
    expect(await refused({ command: 'pretend', weather: true })).toBe('invalid-command');
    expect(await line.run({ command: 'pretend', trial: true })).toMatchObject({ ok: true });
    const callSid = await ring(line);
    await line.event({ event: 'call-ended', callSid });
    expect(await refused({ command: 'say', callSid, text: 'Hi' })).toBe('wrong-call-state');
    expect(await refused({ command: 'play', callSid, path: '/nowhere.wav' })).toBe(
      'file-unreadable',
    );
  });

  it('ends cleanly when told to, also during a call', async () => {
    const { line } = await practise(() => '<Response><Say>Hi</Say><Pause length="60"/></Response>');
    await line.event({ event: 'call-answered', callSid: await ring(line) });
    line.process.kill('SIGTERM');
    expect(await line.ended).toBe(0);
    expect(line.errors()).toBe('');
  });

  it('does not start without a voice URL, and says what to write', async () => {
    for (const args of [[], ['--voice-url', 'nowhere'], ['--nothing', 'x']]) {
      line = startPractice(...args);
      expect(await line.ended).toBe(1);
      expect(line.errors()).toContain('npm run practice -- --voice-url');
      expect(line.lines[0]).toMatchObject({
        event: 'problem-raised',
        problem: { kind: 'invalid-configuration' },
      });
    }
  });
});
