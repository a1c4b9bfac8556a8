import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Twilio } from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { quietLog } from '../support/quiet-log.ts';

const VERA = '+14155550113';

/** Where the number's calls went before. */
const BEFORE = 'http://127.0.0.1:9/before';

/** Throws in the program from outside. */
const THROWER = pathToFileURL(join(import.meta.dirname, 'throwing-program.mjs'));

let data: Awaited<ReturnType<typeof dataFolder>>;
let faultPort: number;
let line: PracticeLine;
let client: Twilio;
let app: HeadlessApp | undefined;

beforeEach(async () => {
  data = await dataFolder();
  faultPort = await freePort();
  const webhooks = { voiceUrl: BEFORE };
  line = await createPracticeLine({ clock: systemClock, log: quietLog, webhooks });
  client = createTwilioClient(line);
});

afterEach(async () => {
  app?.process.kill('SIGKILL');
  await app?.ended;
  app = undefined;
  await line.close();
  await data.remove();
});

async function start(): Promise<HeadlessApp> {
  const port = await freePort();
  const started = startHeadless(data.path, {
    ...reachedAccount(line, port),
    NODE_OPTIONS: `--import=${THROWER}`,
    EARSHOT_TEST_FAULT_PORT: String(faultPort),
  });
  app = started;
  await started.event({ event: 'listening' });
  // Answered after all that was told with the opening.
  await started.run({ command: 'calls' });
  return started;
}

/** Has something in the program throw that nobody catches. */
async function fail(): Promise<void> {
  const socket = connect(faultPort, '127.0.0.1').on('error', () => {});
  await once(socket, 'close');
}

async function takeIn(running: HeadlessApp): Promise<string> {
  const { callSid } = await line.ringIn(VERA);
  await running.event({ event: 'call-ringing', callSid });
  await running.run({ command: 'answer', callSid });
  await running.event({ event: 'stream-started', callSid });
  return callSid;
}

async function voiceUrl(): Promise<string | undefined> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line.number });
  return number?.voiceUrl;
}

/** The kinds of the problems that were told. */
function problems({ lines }: HeadlessApp): unknown[] {
  return lines
    .filter(told => told['event'] === 'problem-raised')
    .map(told => (told['problem'] as { kind: string }).kind);
}

const mark = (): string => join(data.path, 'last-run.json');

describe('a headless run in which something fails that nobody foresaw', () => {
  it('keeps its call and tells of it; failing three times it hangs up, gives the number back and ends', async () => {
    const running = await start();
    const callSid = await takeIn(running);
    await fail();
    await running.event({ event: 'problem-raised' });
    expect(problems(running)).toEqual(['fault']);
    expect(await running.run({ command: 'calls' })).toMatchObject({
      calls: [{ callSid, status: 'live', stream: true }],
    });
    expect(await voiceUrl()).not.toBe(BEFORE);

    await fail();
    await fail();
    expect(await running.ended).toBe(1);
    expect(running.lines).toContainEqual(
      expect.objectContaining({ event: 'call-ended', callSid, reason: 'hung-up-here' }),
    );
    expect(await client.calls(callSid).fetch()).toMatchObject({ status: 'completed' });
    expect(await voiceUrl()).toBe(BEFORE);
    expect(running.errors()).not.toContain('5550199');

    const next = await start();
    expect(problems(next)).toEqual(['ended-badly']);
    await next.run({ command: 'shut-down' });
    expect(await next.ended).toBe(0);
    expect(existsSync(mark())).toBe(false);
  });

  it('that is killed is known to the next run, and only to the next', async () => {
    const killed = await start();
    expect(problems(killed)).toEqual([]);
    killed.process.kill('SIGKILL');
    await killed.ended;

    const next = await start();
    expect(problems(next)).toEqual(['ended-badly']);
    next.process.kill('SIGTERM');
    expect(await next.ended).toBe(0);

    const last = await start();
    expect(problems(last)).toEqual([]);
    last.process.kill('SIGTERM');
    expect(await last.ended).toBe(0);
  });
});
