import fs, { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDiagnostics } from '../../electron/diagnostics/diagnostics.ts';
import { createLogRing, remembered } from '../../electron/diagnostics/log-ring.ts';
import { programText } from '../../electron/diagnostics/own-sentences.ts';
import { createLog } from '../../electron/log.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { openDesk } from '../support/desk.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** What a person enters on the way through a call, each word at a place of its own. */
const PLANTED = {
  accountSid: 'ACdeadbeefdeadbeefdeadbeefdeadbeef',
  authToken: 'plantedauthtoken0123456789abcdef',
  tunnelToken: 'plantedtunneltoken0123456789',
  openaiKey: 'sk-plantedopenai0123456789',
  deepgramKey: 'plantedlistenkey0123456789',
  urlWord: 'plantedaddress',
  name: 'Plantedname',
  said: 'plantedsaying and more',
  message: 'plantedmessage with words',
  number: '+14155550188',
  dialled: '+442079460958',
  digits: '918273645',
  folder: 'plantedfolder',
  query: 'plantedquery',
  thrown: 'plantederror',
} as const;

/** All that is said, dialled and entered, in each way it could be written down. */
function formsOf(word: string): string[] {
  const bytes = Buffer.from(word);
  // In the middle of other bytes, base64 has three ways to write a word; its ends depend on what is around.
  const base64 = [0, 1, 2].map(shift =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : shift + 1, -4),
  );
  const encoded = [encodeURIComponent(word), bytes.toString('hex')];
  return [word, word.toLowerCase(), ...encoded, ...base64.filter(text => text.length >= 8)];
}

/** Which of these words stand in some bytes, however they are written. */
function found(words: readonly string[], bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const lower = text.toLowerCase();
  const digits = text.replace(/\D/g, '');
  return words.filter(word => {
    const isNumber = /^[+\d]{7,}$/.test(word);
    if (isNumber && digits.includes(word.replace(/\D/g, '').slice(-9))) return true;
    return formsOf(word).some(form => text.includes(form) || lower.includes(form));
  });
}

/** The text of the program as it is shipped; of its sources where it has not been built. */
function program(): string {
  const built = join(PROJECT, 'out/main');
  if (existsSync(join(built, 'main.cjs'))) return programText(built);
  const folder = join(PROJECT, 'electron');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** What goes to standard error from now on, instead of going there. */
function standardError(): () => string {
  const { writeSync } = fs;
  const written: string[] = [];
  const spy = vi.spyOn(fs, 'writeSync').mockImplementation(((fd: number, ...rest: [string]) => {
    if (fd !== 2) return writeSync(fd, ...rest);
    written.push(String(rest[0]));
    return Buffer.byteLength(String(rest[0]));
  }) as typeof fs.writeSync);
  onTestFinished(() => spy.mockRestore());
  return () => written.join('');
}

/** A desk whose log is the real one as people have it, and remembered as in the app. */
async function openTalkingDesk() {
  const ring = createLogRing(systemClock);
  const told = standardError();
  const log = remembered(createLog('info'), ring);
  const diagnostics = createDiagnostics({
    clock: systemClock,
    ring,
    versions: {
      ...{ earshot: '1.2.3', electron: null, chrome: null },
      ...{ node: '20.0.0', platform: 'linux', arch: 'x64', system: '6.1' },
    },
    processes: () => [{ type: 'Browser', cpuPercent: 1, memoryKb: 1000 }],
    before: null,
    program,
  });
  const desk = await openDesk({
    env: {
      EARSHOT_LINE: 'practice',
      // What asks other services finds nobody: nothing leaves this computer.
      EARSHOT_TWILIO_API_URL: 'http://127.0.0.1:9',
      EARSHOT_OPENAI_URL: `ws://127.0.0.1:9/${PLANTED.urlWord}`,
      OPENAI_API_KEY: PLANTED.openaiKey,
      NGROK_AUTHTOKEN: PLANTED.tunnelToken,
      PUBLIC_URL: `https://${PLANTED.urlWord}.example`,
    },
    secrets: secretBox(),
    diagnostics,
    log,
  });
  desk.app.steps.on(diagnostics.follow);
  // As some part might one day: an error that says more than it should.
  desk.app.steps.on(({ event }) => {
    if (event.event !== 'call-ended') return;
    throw new Error(`${PLANTED.thrown} of ${PLANTED.number}`, {
      cause: new Error(`"${PLANTED.name}" has ${PLANTED.authToken}`),
    });
  });
  return { desk, ring, told };
}

test('After a whole conversation neither the log nor the diagnostics hold a word of it', async () => {
  const { desk, ring, told } = await openTalkingDesk();
  const settings = {
    allowList: [PLANTED.number],
    seatPhone: PLANTED.number,
    deskName: PLANTED.name,
    agentName: PLANTED.name,
    agentUrl: `ws://127.0.0.1:9/${PLANTED.urlWord}`,
    recordNotice: PLANTED.said,
    watchLists: [{ id: 'a', title: PLANTED.name, phrases: [PLANTED.said], speaker: 'anybody' }],
  };
  expect(await desk.run({ command: 'change-settings', settings })).toEqual({ ok: true });
  const { deepgramKey: key, accountSid, authToken } = PLANTED;
  await desk.run({ command: 'set-transcriber-key', transcriber: 'deepgram', key });
  const checked = desk.run({ command: 'check-account', accountSid, authToken });

  await desk.run({ command: 'ring-me' });
  const { callId } = await desk.event('call-ringing');
  await desk.run({ command: 'answer', callId });
  await desk.event('stream-started', { callId });
  expect(await desk.run({ command: 'record', callId, on: true })).toEqual({ ok: true });
  expect(await desk.run({ command: 'say', callId, text: PLANTED.said })).toEqual({ ok: true });
  await desk.run({ command: 'send-digits', callId, digits: PLANTED.digits });
  const outside = join(tempFolder(), PLANTED.folder, `${PLANTED.name}.wav`);
  await desk.run({ command: 'play-file', callId, path: outside });
  await until(() => desk.state().segments.some(({ text }) => text.length > 10));
  await desk.run({ command: 'transcribe', callId, by: 'openai' });
  await desk.run({ command: 'search', query: PLANTED.query });
  await desk.run({ command: 'send-message', to: PLANTED.number, text: PLANTED.message });
  await desk.run({ command: 'dial', to: PLANTED.dialled });
  await desk.run({ command: 'add-person', callId, to: PLANTED.dialled });
  const { segments, line, calls } = desk.state();
  await desk.run({ command: 'hang-up', callId });
  await desk.event('call-ended', { callId });
  await checked;
  await desk.run({ command: 'export-transcript', callId, path: outside, format: 'text' });

  const path = join(tempFolder(), 'diagnostics.zip');
  expect(await desk.run({ command: 'export-diagnostics', path })).toEqual({ ok: true });

  const people = line.directory.flatMap(({ name, number }) => [name, number]);
  const ids = calls.flatMap(({ id, sid, them }) => [id, sid ?? id, them.number]);
  const spoken = segments.map(({ text }) => text).filter(text => text.length > 10);
  expect(spoken.length).toBeGreaterThan(0);
  const words = [...Object.values(PLANTED), ...people, ...spoken];
  const packed = readFileSync(path);
  const files = Object.entries(unzipSync(packed));
  for (const [name, bytes] of [...files, ['the zip', packed] as const]) {
    expect(found([...words, ...ids], bytes), name).toEqual([]);
    expect(found([...words, ...ids], Buffer.from(name)), name).toEqual([]);
  }
  expect(found(words, Buffer.from(told()))).toEqual([]);
  // Both saw the conversation, and the error that said too much.
  expect(ring.lines().length).toBeGreaterThan(1);
  expect(told()).toContain('a listener failed');
  const log = files.find(([name]) => name === 'log.json')?.[1] ?? new Uint8Array();
  expect(Buffer.from(log).toString()).toContain('"a listener failed"');
});

test('A planted word is found however it is written', () => {
  const word = 'plantedword7';
  const ways = [
    word,
    word.toUpperCase(),
    `a=${encodeURIComponent(word)}`,
    Buffer.from(word).toString('hex'),
    ...['', 'a', 'ab'].map(before => Buffer.from(`${before}${word}!`).toString('base64')),
  ];
  for (const way of ways) expect(found([word], Buffer.from(way)), way).toEqual([word]);
  expect(found(['+14155550188'], Buffer.from('(415) 555-01 88'))).toEqual(['+14155550188']);
  expect(found([word], Buffer.from('another'))).toEqual([]);
});
