import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ProblemError } from '../../electron/core/problem.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import type { Pretences } from '../../electron/practice/pretences.ts';
import type { Script } from '../../electron/practice/script.ts';
import type { WebhookTraffic } from '../../electron/practice/traffic.ts';
import { createRecordingRest } from '../../electron/twilio/recording-rest.ts';
import { createRecordings, type RecordingPorts } from '../../electron/twilio/recordings.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { testPerson } from '../practice/people.ts';
import { quietLog } from '../support/quiet-log.ts';
import { postSigned } from '../support/signed-request.ts';
import { readWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { amplitudeAt, rms } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { openWebhookServer } from '../support/webhook-server.ts';

const CALL = 'call-1';
const UNKNOWN_CALL = `CA${'0'.repeat(32)}`;
const THEM_HZ = 300;
/** The higher tone of the key 5, which is what they hear of us. Source: ITU-T Q.23 */
const US_HZ = 1336;
const SPEED = 10;

const HUMS: Script = [{ do: 'tone', hz: THEM_HZ, ms: 600_000 }];
const hummer = testPerson({ script: HUMS });

type Told = Parameters<RecordingPorts['onRecording']>[0];

let path: string;

beforeEach(() => {
  path = join(tempFolder(), 'call.wav');
});

/** Recordings on a practice line, without a call. */
async function openRecordings(ports: Partial<RecordingPorts> = {}) {
  const clock = fastClock(SPEED);
  const practice = await createPracticeLine({ clock, log: quietLog, people: [hummer] });
  const asked: WebhookTraffic[] = [];
  practice.traffic.on(traffic => {
    if (traffic.event === 'webhook-sent' && traffic.kind === 'recording') asked.push(traffic);
  });
  const client = createRestClient({ ...practice, apiKey: null }, clock, () => 0);
  const told: Told[] = [];
  let origin: string | null = null;
  const recordings = createRecordings({
    clock,
    log: quietLog,
    recordingRest: createRecordingRest(client),
    origin: () => origin,
    isTrial: () => false,
    sidOf: () => UNKNOWN_CALL,
    onRecording: done => told.push(done),
    ...ports,
  });
  const server = await openWebhookServer({
    authToken: practice.authToken,
    webhooks: recordings.webhooks,
  });
  if (ports.origin === undefined) origin = server.local;
  onTestFinished(async () => {
    await recordings.close();
    await practice.close();
    await server.close();
  });
  return { practice, client, recordings: recordings.actions, server, told, asked };
}

/** A live call on which they hum and hear keys of ours. */
async function open(pretend: Partial<Pretences> = {}, ports: Partial<RecordingPorts> = {}) {
  let isOver = false;
  let callSid = '';
  const opened = await openRecordings({
    sidOf: id => {
      if (id === CALL && !isOver) return callSid;
      throw new ProblemError({ kind: 'no-such-call', message: 'None.', remedy: 'Look.' });
    },
    ...ports,
  });
  const { practice, client } = opened;
  practice.pretend(pretend);
  const { sid } = await client.calls.create({
    to: hummer.number,
    from: practice.number,
    twiml: '<Response><Play digits="55555" loop="0"/></Response>',
  });
  callSid = sid;
  await until(() => (practice.heardBy(callSid)?.length ?? 0) > 4000);
  return {
    ...opened,
    callSid,
    /** Waits for so long of the call. */
    passes: (ms: number) => soundPasses(practice, callSid, ms),
    hangUp: () => {
      isOver = true;
      practice.farHangUp(callSid);
    },
  };
}

async function soundPasses(practice: PracticeLine, callSid: string, ms: number): Promise<void> {
  const length = (): number => practice.heardBy(callSid)?.length ?? 0;
  const enough = length() + ms * 8;
  await until(() => length() >= enough);
}

/** The largest amplitude of a tone in any 50 ms. */
function strongest(samples: Int16Array, hz: number): number {
  let best = 0;
  for (let at = 0; at + 400 <= samples.length; at += 200) {
    best = Math.max(best, amplitudeAt(samples.subarray(at, at + 400), hz));
  }
  return best;
}

/** The stretches of silence of both sides at once, in ms. */
function silences({ left, right }: ReturnType<typeof readWav>): number[] {
  const found: number[] = [];
  let lengthMs = 0;
  for (let at = 0; at <= left.length; at += 160) {
    const quiet = rms(left.subarray(at, at + 160)) + rms(right.subarray(at, at + 160)) < 10;
    if (quiet && at + 160 <= left.length) lengthMs += 20;
    else if (lengthMs > 0) {
      found.push(lengthMs);
      lengthMs = 0;
    }
  }
  return found;
}

describe('a call that Twilio records', () => {
  it('has them on the left and us on the right', async () => {
    const { recordings, told, passes, callSid } = await open();
    const sid = await recordings.start(CALL);
    expect(sid).toMatch(/^RE[0-9a-f]{32}$/);
    await passes(3000);
    await recordings.stop(CALL, sid);
    await until(() => told.length === 1);
    expect(told[0]).toMatchObject({ callSid, recordingSid: sid, status: 'completed' });
    const { durationMs } = await recordings.fetch(sid, path);
    expect(durationMs).toBeGreaterThanOrEqual(2900);
    expect(Math.abs(durationMs - (told[0]?.durationMs ?? 0))).toBeLessThan(1000);
    const { left, right } = readWav(readFileSync(path));
    expect(left).toHaveLength(durationMs * 8);
    const [them, us] = [strongest(left, THEM_HZ), strongest(right, US_HZ)];
    expect(Math.min(them, us)).toBeGreaterThan(1000);
    expect(strongest(left, US_HZ)).toBeLessThan(us / 10);
    expect(strongest(right, THEM_HZ)).toBeLessThan(them / 10);
  });

  it('is silent for as long as it was paused', async () => {
    const { recordings, passes, practice, callSid } = await open();
    const sid = await recordings.start(CALL);
    await passes(2000);
    const before = practice.heardBy(callSid)?.length ?? 0;
    await recordings.pause(CALL, sid, true);
    await passes(3000);
    await recordings.pause(CALL, sid, false);
    const pausedMs = ((practice.heardBy(callSid)?.length ?? 0) - before) / 8;
    await passes(2000);
    await recordings.stop(CALL, sid);
    const { durationMs } = await recordings.fetch(sid, path);
    expect(durationMs).toBeGreaterThanOrEqual(7000);
    const quiet = silences(readWav(readFileSync(path)));
    expect(quiet).toHaveLength(1);
    expect(quiet[0]).toBeGreaterThanOrEqual(3000);
    expect(quiet[0]).toBeLessThanOrEqual(pausedMs);
  });

  it('is told of when it is over, also long after the call', async () => {
    const { recordings, told, passes, hangUp } = await open({ slowRecordingsMs: 10_000 });
    const sid = await recordings.start(CALL);
    await passes(1000);
    hangUp();
    expect(told).toEqual([]);
    await recordings.stop(CALL, sid);
    await until(() => told.length === 1);
    expect(told[0]?.recordingSid).toBe(sid);
    await recordings.fetch(sid, path);
  });

  it('is told of once when Twilio tells it twice', async () => {
    const { recordings, told, asked, passes, hangUp, server, practice } = await open({
      repeatCallbacks: true,
    });
    await recordings.start(CALL);
    await passes(1000);
    hangUp();
    const ends = () => asked.filter(({ params }) => params['RecordingStatus'] === 'completed');
    await until(() => ends().length === 2);
    const params = { ...ends()[0]?.params, Again: 'in other words' };
    const url = `${server.local}/voice/recording`;
    expect((await postSigned(url, params, practice.authToken)).status).toBe(204);
    expect(ends().map(({ status }) => status)).toEqual([204, 204]);
    expect(told).toHaveLength(1);
  });

  it('is fetched by asking when nothing is ever told', async () => {
    const { recordings, told, asked, passes, hangUp } = await open(
      { slowRecordingsMs: 8000 },
      { origin: () => null },
    );
    const sid = await recordings.start(CALL);
    await passes(2000);
    hangUp();
    const { durationMs } = await recordings.fetch(sid, path);
    expect(durationMs).toBeGreaterThanOrEqual(1900);
    expect([told, asked]).toEqual([[], []]);
  });

  it('is deleted at Twilio, also when it is gone already', async () => {
    const { recordings, passes } = await open();
    const sid = await recordings.start(CALL);
    await passes(500);
    await recordings.stop(CALL, sid);
    await recordings.stop(CALL, sid);
    await recordings.remove(sid);
    await recordings.remove(sid);
    await expect(recordings.fetch(sid, path)).rejects.toMatchObject({
      problem: { kind: 'not-available', code: '20404' },
    });
  });

  it('is found again when Twilio’s answer to its start was lost', async () => {
    const { recordings, practice, passes } = await open();
    practice.pretend({ lostReplies: 1 });
    const sid = await recordings.start(CALL);
    await passes(500);
    await recordings.stop(CALL, sid);
    await recordings.fetch(sid, path);
  });
});

describe('what Twilio tells of recordings', () => {
  const done = {
    CallSid: `CA${'1'.repeat(32)}`,
    RecordingSid: `RE${'2'.repeat(32)}`,
    RecordingStatus: 'absent',
    RecordingDuration: '-1',
  };

  it('may be that there is none', async () => {
    const { server, told, practice } = await openRecordings();
    const url = `${server.local}/voice/recording`;
    await postSigned(url, done, practice.authToken);
    const other = { ...done, RecordingSid: `RE${'3'.repeat(32)}`, RecordingStatus: 'failed' };
    await postSigned(url, other, practice.authToken);
    expect(told.map(({ status, durationMs }) => [status, durationMs])).toEqual([
      ['absent', 0],
      ['failed', 0],
    ]);
  });

  it('is left out when it is not over, is about nothing, or is not from Twilio', async () => {
    const { server, told, practice } = await openRecordings();
    const url = `${server.local}/voice/recording`;
    await postSigned(url, { ...done, RecordingStatus: 'in-progress' }, practice.authToken);
    await postSigned(url, { ...done, RecordingSid: '../../etc' }, practice.authToken);
    await postSigned(url, {}, practice.authToken);
    expect((await postSigned(url, done, 'f'.repeat(32))).status).toBe(403);
    expect(told).toEqual([]);
  });
});

describe('a recording that cannot be made', () => {
  const problemOf = async (work: Promise<unknown>): Promise<[string, string | undefined]> => {
    const error = await work.catch((reason: unknown) => reason);
    if (!(error instanceof ProblemError)) throw new Error('it was made');
    return [error.problem.kind, error.problem.code];
  };

  it('is refused for a call that is over, here and there', async () => {
    const { recordings, practice, callSid, hangUp } = await open();
    practice.farHangUp(callSid);
    expect(await problemOf(recordings.start(CALL))).toEqual(['refused-by-twilio', '21220']);
    hangUp();
    expect(await problemOf(recordings.start(CALL))).toEqual(['no-such-call', undefined]);
    const sid = `RE${'2'.repeat(32)}`;
    expect(await problemOf(recordings.pause(CALL, sid, true))).toEqual(['no-such-call', undefined]);
    await recordings.stop(CALL, sid);
  });

  it('is refused with the reason Twilio gives', async () => {
    const { recordings, practice } = await open();
    const sid = await recordings.start(CALL);
    const unknown = `RE${'2'.repeat(32)}`;
    expect(await problemOf(recordings.pause(CALL, unknown, true))).toEqual([
      'refused-by-twilio',
      '20404',
    ]);
    practice.pretend({ tooManyRequests: 4 });
    expect(await problemOf(recordings.pause(CALL, sid, true))).toEqual(['rate-limited', '20429']);
    practice.pretend({ tooManyRequests: 0, wrongToken: true });
    for (const work of [
      () => recordings.start(CALL),
      () => recordings.stop(CALL, sid),
      () => recordings.fetch(sid, path),
      () => recordings.remove(sid),
    ]) {
      expect(await problemOf(work())).toEqual(['credentials-refused', '20003']);
    }
  });

  it('is not asked for on a trial account or through a relay', async () => {
    const trial = await openRecordings({ isTrial: () => true });
    expect(await problemOf(trial.recordings.start(CALL))).toEqual(['trial-account', undefined]);
    const relayed = await openRecordings({ recordingRest: null });
    expect(await problemOf(relayed.recordings.start(CALL))).toEqual(['not-available', undefined]);
  });

  it('says so when Twilio confirms nothing and shows nothing', async () => {
    const { recordings, practice } = await openRecordings();
    practice.pretend({ serverErrors: 1 });
    expect(await problemOf(recordings.start(CALL))).toEqual(['call-uncertain', '503']);
  });
});
