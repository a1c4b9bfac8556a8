import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { quietLog } from '../support/quiet-log.ts';
import { writeWav } from '../support/sound-file.ts';
import { amplitudeAt, sine } from '../support/tones.ts';

let data: Awaited<ReturnType<typeof dataFolder>>;
let app: HeadlessApp | undefined;

beforeEach(async () => {
  data = await dataFolder();
});

afterEach(async () => {
  app?.process.kill('SIGKILL');
  app = undefined;
  await data.remove();
});

const PRACTICE = { EARSHOT_LINE: 'practice' };

describe('the headless app', () => {
  it('dials the target of its command line, at the log level given there', async () => {
    app = startHeadless(data.path, PRACTICE, ['--target', '+14155550180', '--log-level', 'debug']);
    await app.event({ event: 'call-answered', to: '+14155550180', direction: 'outbound' });
    await app.run({ command: 'shut-down' });
    expect(await app.ended).toBe(0);
    expect(app.errors()).not.toContain('5550180');
  });

  it('answers a caller, hangs up, tells its history, also after a restart', async () => {
    app = startHeadless(data.path, PRACTICE);
    const listening = await app.event({ event: 'listening' });
    expect(app.lines[0]).toBe(listening);
    expect(listening).toMatchObject({ port: expect.any(Number), publicUrl: expect.any(String) });

    expect(await app.run({ command: 'ring-me' })).toMatchObject({ ok: true });
    const ringing = await app.event({ event: 'call-ringing' });
    expect(ringing).toMatchObject({
      callSid: expect.stringMatching(/^CA/),
      direction: 'inbound',
      from: '+14155550101',
      to: '+14155550100',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    const { callSid } = ringing;
    expect(await app.run({ command: 'answer', callSid })).toMatchObject({ ok: true });
    await app.event({ event: 'stream-started', callSid });
    expect(await app.run({ command: 'calls' })).toMatchObject({
      calls: [{ callSid, status: 'live', from: '+14155550101' }],
    });
    expect(await app.run({ command: 'hang-up', callSid })).toMatchObject({ ok: true });
    await app.event({ event: 'call-ended', callSid, reason: 'hung-up-here' });
    expect(await app.run({ command: 'shut-down' })).toMatchObject({ ok: true });
    expect(await app.ended).toBe(0);

    app = startHeadless(data.path, PRACTICE);
    await app.event({ event: 'listening' });
    const history = await app.run({ command: 'history', query: 'dana' });
    expect(history).toMatchObject({ calls: [{ callSid, reason: 'hung-up-here' }] });
    app.process.kill('SIGTERM');
    expect(await app.ended).toBe(0);
  });

  it('holds ten calls at once without mixing them up', async () => {
    const practice = await createPracticeLine({ clock: systemClock, log: quietLog });
    const port = await freePort();
    app = startHeadless(data.path, {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TWILIO_SID: practice.accountSid,
      TWILIO_AUTH_TOKEN: practice.authToken,
      TWILIO_NUMBER: practice.number,
      EARSHOT_TWILIO_API_URL: practice.apiUrl,
    });
    await app.event({ event: 'listening' });
    const numbers = Array.from({ length: 10 }, (_, i) => `+141555501${80 + i}`);
    const started: string[] = [];
    for (const to of numbers) {
      expect(await app.run({ command: 'dial', to })).toMatchObject({ ok: true });
    }
    for (const to of numbers) {
      const { callSid } = await app.event({ event: 'stream-started', to });
      started.push(String(callSid));
    }
    for (const [i, callSid] of started.entries()) {
      const path = join(data.path, `${i}.wav`);
      await writeFile(path, writeWav(sine(toneOf(i), 1500), 8000));
      expect(await app.run({ command: 'play-file', callSid, path })).toMatchObject({ ok: true });
    }
    await wait(2500);
    for (const [i, callSid] of started.entries()) {
      const heard = practice.heardBy(callSid) ?? new Int16Array(0);
      const start = heard.findIndex(sample => Math.abs(sample) > 3000);
      const steady = heard.subarray(start + 800, start + 9600);
      for (const other of started.keys()) {
        const expected = other === i ? expect.closeTo(16_383, -3.5) : expect.closeTo(0, -2.5);
        expect(amplitudeAt(steady, toneOf(other)), `${other} in ${i}`).toEqual(expected);
      }
    }
    app.process.kill('SIGINT');
    expect(await app.ended).toBe(0);
    await practice.close();
  });

  it('answers what is no command with a problem and goes on', async () => {
    app = startHeadless(data.path, PRACTICE);
    await app.event({ event: 'listening' });
    app.write('rubbish\n[1]\n\n"dial"\n');
    await app.event({ reply: null, ok: false });
    expect(await app.run({ command: 'explode' })).toMatchObject({
      ok: false,
      problem: { kind: 'unknown-command', message: expect.any(String), remedy: expect.any(String) },
    });
    expect(await app.run({ command: 'dial', to: '+1 415 555 01' })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-number' },
    });
    expect(await app.run({ command: 'hang-up', callId: 'nobody' })).toMatchObject({
      ok: false,
      problem: { kind: 'no-such-call' },
    });
    expect(await app.run({ command: 'dial', to: '+15005550001' })).toMatchObject({
      ok: false,
      problem: { kind: 'refused-by-twilio', code: '21211' },
    });
    expect(await app.run({ command: 'calls' })).toMatchObject({ ok: true });
  });

  it('says who has its port and offers another', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    app = startHeadless(data.path, { ...PRACTICE, PORT: String(port) });
    expect(await app.ended).toBe(1);
    server.close();
    const told = JSON.stringify(app.lines);
    expect(told).toContain('port-taken');
    expect(told).toContain(`Port ${port}`);
    expect(told).toMatch(/PORT/);
  });

  it('tells which setting is wrong', async () => {
    app = startHeadless(data.path, { ...PRACTICE, PORT: 'high' });
    expect(await app.ended).toBe(1);
    expect(app.errors()).toContain('PORT');
  });

  it('never logs a number, a name or a token', async () => {
    app = startHeadless(data.path, { ...PRACTICE, LOG_LEVEL: 'debug' });
    await app.event({ event: 'listening' });
    await app.run({ command: 'ring-me' });
    const { callSid } = await app.event({ event: 'call-ringing' });
    await app.run({ command: 'answer', callSid });
    await app.event({ event: 'stream-started' });
    await app.run({ command: 'send-digits', callSid, digits: '4321' });
    await app.run({ command: 'dial', to: '+15005550002' });
    await app.run({ command: 'shut-down' });
    await app.ended;
    expect(app.errors()).not.toMatch(/415555|5005550|Dana|4321|token"/);
  });
});

function toneOf(call: number): number {
  return 400 + 100 * call;
}
