import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import type { WebhookTraffic } from '../../electron/practice/traffic.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { dataFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { quietLog } from '../support/quiet-log.ts';
import { hearsKey5 } from '../support/tones.ts';
import { until } from '../support/until.ts';

let data: Awaited<ReturnType<typeof dataFolder>>;
let practice: PracticeLine;
/** What the practice line asked the app. */
let asked: WebhookTraffic[];
let port: number;
let app: HeadlessApp | undefined;

beforeEach(async () => {
  data = await dataFolder();
  port = await freePort();
  practice = await createPracticeLine({ clock: systemClock, log: quietLog, people });
  const told: WebhookTraffic[] = [];
  asked = told;
  practice.traffic.on(traffic => {
    if (traffic.event === 'webhook-sent') told.push(traffic);
  });
});

afterEach(async () => {
  app?.process.kill('SIGKILL');
  await app?.ended;
  app = undefined;
  await practice.close();
  await data.remove();
});

function hummer(number: string, more: Partial<Person> = {}): Person {
  const hum: Person['whenCalled'] = [
    { do: 'repeat', times: 600, steps: [{ do: 'tone', hz: 440, ms: 1000 }] },
  ];
  return {
    number,
    name: 'Henny Hum',
    about: 'Hums.',
    voice: { name: 'kal16' },
    pickUp: { does: 'answer', afterMs: 40 },
    patienceMs: 120_000,
    whenCalled: hum,
    whenCalling: hum,
    ...more,
  };
}

const STANDS = '+14155550131';
const LEAVES = '+14155550132';
const RINGS = '+14155550133';
const UNREACHED = '+14155550134';
const people = [
  hummer(STANDS),
  hummer(LEAVES),
  hummer(RINGS),
  hummer(UNREACHED, { pickUp: { does: 'ring-out' } }),
];

async function start(): Promise<HeadlessApp> {
  const started = startHeadless(data.path, {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_SID: practice.accountSid,
    TWILIO_AUTH_TOKEN: practice.authToken,
    TWILIO_NUMBER: practice.number,
    EARSHOT_TWILIO_API_URL: practice.apiUrl,
  });
  app = started;
  await started.event({ event: 'listening' });
  return started;
}

/** Ends the app as a power cut does. */
async function kill(running: HeadlessApp): Promise<void> {
  running.process.kill('SIGKILL');
  await running.ended;
}

async function takeIn(running: HeadlessApp, number: string): Promise<string> {
  const { callSid } = await practice.ringIn(number);
  await running.event({ event: 'call-ringing', callSid });
  await running.run({ command: 'answer', callSid });
  await running.event({ event: 'stream-started', callSid });
  return callSid;
}

async function dial(running: HeadlessApp, to: string): Promise<string> {
  const { callId } = await running.run({ command: 'dial', to });
  const { callSid } = await running.event({ event: 'call-ringing', callId });
  return String(callSid);
}

type Told = Readonly<Record<string, unknown>>;

async function callsOf(running: HeadlessApp, command: 'calls' | 'history'): Promise<Told[]> {
  return (await running.run({ command }))['calls'] as Told[];
}

/** Waits until a call of an earlier run streams here, and sound goes out on it. */
async function streamsAgain(running: HeadlessApp, callSid: string): Promise<void> {
  await expect
    .poll(async () => (await callsOf(running, 'calls')).find(call => call['callSid'] === callSid))
    .toMatchObject({ status: 'live', stream: true });
  const before = practice.heardBy(callSid)?.length ?? 0;
  await running.run({ command: 'send-digits', callSid, digits: '555' });
  await until(() => hearsKey5(practice.heardBy(callSid)?.subarray(before)));
}

describe('an app that was killed and started again', () => {
  it('streams the calls that still stand, and tells how the others ended', async () => {
    const first = await start();
    const dialled = await dial(first, STANDS);
    await first.event({ event: 'stream-started', callSid: dialled });
    const left = await takeIn(first, LEAVES);
    const { callSid: missed } = await practice.ringIn(RINGS);
    await first.event({ event: 'call-ringing', callSid: missed });
    const before = await callsOf(first, 'calls');
    await kill(first);

    practice.farHangUp(left);
    practice.farHangUp(missed);
    const second = await start();
    await streamsAgain(second, dialled);
    await second.event({ event: 'call-restored', callSid: dialled });
    await second.event({ event: 'call-ended', reason: 'missed' });
    expect(second.lines[0]).toMatchObject({ event: 'listening' });
    const standing = (calls: readonly Told[]) => calls.find(call => call['callSid'] === dialled);
    const { callId, startedAt, answeredAt, to } = standing(before) ?? {};
    expect(standing(await callsOf(second, 'calls'))).toMatchObject({
      ...{ callId, startedAt, answeredAt, to },
      direction: 'outbound',
    });
    expect(await callsOf(second, 'history')).toMatchObject([
      { callSid: missed, reason: 'missed', answeredAt: null },
      { callSid: left, reason: 'hung-up-there' },
    ]);

    await second.run({ command: 'hang-up', callSid: dialled });
    await second.event({ event: 'call-ended', callSid: dialled, reason: 'hung-up-here' });
    expect(await callsOf(second, 'history')).toHaveLength(3);
    await second.run({ command: 'shut-down' });
    expect(await second.ended).toBe(0);
    const [number] = await createTwilioClient(practice).incomingPhoneNumbers.list({ limit: 1 });
    expect(number).toMatchObject({ phoneNumber: practice.number, voiceUrl: '' });
  });

  it('streams a call that only noticed a gap when the start is quick', async () => {
    const first = await start();
    const dialled = await dial(first, STANDS);
    await first.event({ event: 'stream-started', callSid: dialled });
    await kill(first);
    const second = await start();
    await streamsAgain(second, dialled);
    const voice = asked.filter(
      ({ kind, params }) => kind === 'voice' && params['CallSid'] === dialled,
    );
    expect(voice.filter(({ status }) => status !== 200)).toEqual([]);
    await second.run({ command: 'hang-up', callSid: dialled });
    await second.event({ event: 'call-ended', callSid: dialled, reason: 'hung-up-here' });
  });

  it('lets a caller who waits be answered', async () => {
    const first = await start();
    const waiting = String((await practice.ringIn(LEAVES)).callSid);
    await first.event({ event: 'call-ringing', callSid: waiting });
    await first.run({ command: 'enqueue', callSid: waiting });
    await first.event({ event: 'call-waiting', callSid: waiting });
    // What is heard in the queue lasts longer than a start takes.
    await until(() => asked.some(({ twiml }) => twiml?.includes('<Say')));
    await kill(first);

    const second = await start();
    expect(await callsOf(second, 'calls')).toMatchObject([
      { callSid: waiting, status: 'waiting', direction: 'inbound' },
    ]);
    await second.run({ command: 'answer', callSid: waiting });
    await streamsAgain(second, waiting);
    practice.farHangUp(waiting);
    await second.event({ event: 'call-ended', callSid: waiting, reason: 'hung-up-there' });
  });

  it('goes on with a call that it dialled and that still rings, and can cancel it', async () => {
    const first = await start();
    const ringing = await dial(first, UNREACHED);
    await kill(first);

    const second = await start();
    expect(await callsOf(second, 'calls')).toMatchObject([
      { callSid: ringing, status: 'ringing', direction: 'outbound' },
    ]);
    await second.run({ command: 'hang-up', callSid: ringing });
    await second.event({ event: 'call-ended', callSid: ringing, reason: 'cancelled' });
    expect(await callsOf(second, 'history')).toMatchObject([{ callSid: ringing }]);
  });
});
