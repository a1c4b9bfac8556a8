import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDiagnostics, type Diagnostics } from '../../electron/diagnostics/diagnostics.ts';
import { createLogRing, type LogRing } from '../../electron/diagnostics/log-ring.ts';
import type { BrokenRun } from '../../electron/diagnostics/run-mark.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { openDesk } from '../support/desk.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Words that stand for what must never be told, each in a place of its own. */
const PLANTED = {
  accountSid: 'ACdeadbeefdeadbeefdeadbeefdeadbeef',
  authToken: 'plantedauthtoken0123456789abcdef',
  apiSecret: 'plantedapisecret0123456789abcdef',
  tunnelToken: 'plantedtunneltoken0123456789',
  speechKey: 'sk-plantedspeechkey0123456789',
  urlToken: 'plantedurltoken',
  name: 'Plantedname',
  text: 'plantedwords',
  number: '14155550188',
  folder: 'plantedfolder',
} as const;

/** Everything in a zip, as one text. */
function textOf(zip: Uint8Array): string {
  return Object.entries(unzipSync(zip))
    .map(([name, bytes]) => `${name}\n${strFromU8(bytes)}`)
    .join('\n');
}

/** The words that stand in a text though they must not, with digits read however they are written. */
function leaks(text: string): string[] {
  const plain = `${text.toLowerCase()} ${text.replace(/\D/g, '')}`;
  return Object.values(PLANTED).filter(word => plain.includes(word.toLowerCase()));
}

let ring: LogRing;
let diagnostics: Diagnostics;

function create(before: BrokenRun | null = null): Diagnostics {
  return createDiagnostics({
    clock: systemClock,
    ring,
    versions: {
      earshot: '1.2.3',
      electron: null,
      chrome: null,
      node: '20.0.0',
      platform: 'linux',
      arch: 'x64',
      system: '6.1',
    },
    processes: () => [{ type: 'Browser', cpuPercent: 1, memoryKb: 1000 }],
    before,
    program: () => '"a listener failed"',
  });
}

beforeEach(() => {
  ring = createLogRing(systemClock);
  diagnostics = create();
});

/** A desk with the planted words wherever a word may be, and a call that goes on. */
async function plantedDesk() {
  const desk = await openDesk({
    env: {
      EARSHOT_LINE: 'practice',
      // What asks Twilio finds nobody: nothing leaves this computer.
      EARSHOT_TWILIO_API_URL: 'http://127.0.0.1:9',
      OPENAI_API_KEY: PLANTED.speechKey,
      NGROK_AUTHTOKEN: PLANTED.tunnelToken,
      PUBLIC_URL: `https://${PLANTED.urlToken}.example`,
    },
    secrets: secretBox(),
    diagnostics,
  });
  desk.app.steps.on(diagnostics.follow);
  const settings = {
    allowList: [`+${PLANTED.number}`],
    seatNumber: `+${PLANTED.number}`,
    seatPhone: `+${PLANTED.number}`,
    deskName: PLANTED.name,
    agentName: PLANTED.name,
    agentUrl: `wss://${PLANTED.urlToken}.example/${PLANTED.urlToken}`,
    recordNotice: PLANTED.text,
    inputDeviceId: PLANTED.name,
    outputDeviceId: PLANTED.name,
    soundHost: PLANTED.name,
    transcripts: {
      practice: {
        by: 'twilio',
        language: `en-${PLANTED.urlToken.slice(0, 8)}`,
        hints: [PLANTED.text],
      },
      twilio: { by: null, language: 'en-US', hints: [PLANTED.text] },
    },
    watchLists: [{ id: 'a', title: PLANTED.name, phrases: [PLANTED.text], speaker: 'anybody' }],
  };
  expect(await desk.run({ command: 'change-settings', settings })).toEqual({ ok: true });
  await desk.run({
    command: 'set-transcriber-key',
    transcriber: 'deepgram',
    key: PLANTED.speechKey,
  });
  await desk.run({ command: 'ring-me' });
  const { callId } = await desk.event('call-ringing');
  await desk.run({ command: 'answer', callId });
  await desk.event('stream-started', { callId });
  await desk.run({ command: 'say', callId, text: PLANTED.text });
  await desk.run({
    command: 'check-account',
    accountSid: PLANTED.accountSid,
    authToken: PLANTED.authToken,
  });
  return desk;
}

describe('exported diagnostics', () => {
  it('tell how everything stands and nothing of anybody, whatever there is', async () => {
    const desk = await plantedDesk();
    const logged = { ...PLANTED, to: `+${PLANTED.number}`, code: Number(PLANTED.number) };
    ring.take('warn', [logged, `a call with ${PLANTED.name} of ${PLANTED.text}`]);
    ring.take('warn', [PLANTED.text]);
    ring.take('error', [
      { err: new Error(`${PLANTED.authToken} at /home/${PLANTED.folder}/`) },
      'x',
    ]);
    diagnostics.processGone(PLANTED.accountSid, PLANTED.number);
    const path = join(tempFolder(), 'diagnostics.zip');
    expect(await desk.run({ command: 'export-diagnostics', path })).toEqual({ ok: true });
    const text = textOf(readFileSync(path));
    expect(leaks(text)).toEqual([]);
    // Nor what the practice line is made of: its people, their numbers, its tokens.
    const { line, calls, segments } = desk.state();
    const people = line.directory.flatMap(({ name, number }) => [name, number]);
    const ids = calls.flatMap(({ id, sid, them }) => [id, sid ?? id, them.number]);
    const more = [...people, ...ids, ...segments.map(segment => segment.text), line.number ?? '+'];
    expect(more.filter(word => word.length > 3 && text.includes(word))).toEqual([]);
    // It is there all the same.
    expect(JSON.stringify(desk.state())).toContain(PLANTED.number);
    expect(text).toContain('"status": "live"');
    expect(text).toContain('"allowList": 1');
  });

  it('leave nothing behind in the data folder, and are not written there', async () => {
    const desk = await plantedDesk();
    const before = readdirSync(desk.dataDir).sort();
    const path = join(desk.dataDir, 'diagnostics.zip');
    expect(await desk.run({ command: 'export-diagnostics', path })).toMatchObject({
      ok: false,
      problem: { kind: 'file-not-written' },
    });
    expect(readdirSync(desk.dataDir).sort()).toEqual(before);
  });

  it('hold the log as far as the program speaks in it, problems and what ended before', async () => {
    const error = { name: 'TypeError', code: null, frames: ['run main.cjs:1'] };
    diagnostics = create({ startedAt: 1, faults: [{ at: 2, error }] });
    const desk = await openDesk({ env: { EARSHOT_LINE: 'practice' }, diagnostics });
    desk.app.steps.on(diagnostics.follow);
    ring.take('error', [{ crashes: 3 }, 'a listener failed']);
    diagnostics.processGone('Utility', 'crashed');
    const files = unzipSync(diagnostics.pack(desk.state()));
    const read = (name: string): unknown => JSON.parse(strFromU8(files[name] ?? new Uint8Array()));
    expect(read('log.json')).toMatchObject([
      { sentence: 'a listener failed', fields: { crashes: 3 } },
    ]);
    expect(read('run-before.json')).toEqual({ brokeOff: true, faults: [{ at: 2, error }] });
    expect(read('processes.json')).toMatchObject({
      gone: [{ type: 'Utility', reason: 'crashed' }],
    });
    expect(read('state.json')).toMatchObject({ line: { kind: 'practice', status: 'ready' } });
    // And the person was told, quietly, with a way to help.
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'ended-badly' } }]);
    await desk.run({ command: 'dismiss-problem', problemId: 'run' });
    expect(desk.state().problems).toEqual([]);
  });

  it('are refused where none are collected', async () => {
    const desk = await openDesk({ env: { EARSHOT_LINE: 'practice' } });
    const path = join(tempFolder(), 'diagnostics.zip');
    expect(await desk.run({ command: 'export-diagnostics', path })).toMatchObject({
      ok: false,
      problem: { kind: 'not-available' },
    });
  });
});
