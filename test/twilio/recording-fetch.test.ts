import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../electron/core/clock.ts';
import { stereoWav } from '../../electron/practice/recording-wav.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createRecordingFetch } from '../../electron/twilio/recording-fetch.ts';
import { createRecordingRest } from '../../electron/twilio/recording-rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { readWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { sine } from '../support/tones.ts';
import { until } from '../support/until.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const SID = `RE${'2'.repeat(32)}`;
const TOKEN = '3'.repeat(32);
const SECOND = stereoWav(sine(700, 1000), sine(500, 1000));

/** What Twilio answers, by how often it was asked before; the last answer stays. */
type Answers = ((reply: FastifyReply, request: FastifyRequest) => unknown)[];

let path: string;
let pauses: number[];

beforeEach(() => {
  path = join(tempFolder(), 'call.wav');
  pauses = [];
});

/** Time in which every pause is over at once and written down; longer limits never come. */
const hurried: Clock = {
  ...systemClock,
  after: (ms, run) => {
    if (ms > 30_000) return () => {};
    pauses.push(ms);
    return systemClock.after(0, run);
  },
};

const json = (more: object) => (reply: FastifyReply) =>
  reply.send({ sid: SID, status: 'completed', duration: '1', channels: 2, ...more });
const complete = json({});
const preparing = json({ status: 'processing', duration: null });
const sound = (reply: FastifyReply) => reply.type('audio/x-wav').send(SECOND);
const code = (status: number) => (reply: FastifyReply) =>
  reply.code(status).send(status === 404 ? { code: 20404, message: 'Not found', status } : {});

/** A server in Twilio's place, and what fetches from it. */
async function open(about: Answers, media: Answers, clock: Clock = hurried) {
  const server = fastify({ forceCloseConnections: true });
  const asked: { readonly url: string; readonly authorization: string | undefined }[] = [];
  server.get('/*', (request, reply) => {
    const { url, headers } = request;
    asked.push({ url, authorization: headers.authorization });
    const list = url.includes('.wav') ? media : about;
    const answer = list.length > 1 ? list.shift() : list[0];
    return answer?.(reply, request);
  });
  const apiUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  const account = { accountSid: ACCOUNT, authToken: TOKEN, apiKey: null, apiUrl };
  const rest = createRecordingRest(createRestClient(account, clock, () => 0));
  const { log, messages } = recordingLog();
  const fetching = createRecordingFetch(clock, log);
  onTestFinished(async () => {
    await fetching.close();
    await server.close();
  });
  return {
    asked,
    apiUrl,
    messages,
    close: fetching.close,
    fetch: () => fetching.fetch(rest, SID, path),
    mediaAsked: () => asked.filter(({ url }) => url.includes('.wav')).length,
  };
}

describe('fetching a recording from Twilio', () => {
  it('brings both sides, signed in as for everything else', async () => {
    const twilio = await open([complete], [sound]);
    expect(await twilio.fetch()).toEqual({ durationMs: 1000 });
    expect(readWav(readFileSync(path))).toEqual(readWav(SECOND));
    const basic = Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64');
    expect(twilio.asked.at(-1)).toEqual({
      url: `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${SID}.wav?RequestedChannels=2`,
      authorization: `Basic ${basic}`,
    });
  });

  it('asks again, ever more rarely, while Twilio prepares it', async () => {
    const twilio = await open([...new Array(7).fill(preparing), complete], [sound]);
    await twilio.fetch();
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('asks again when its sound is not there yet', async () => {
    const twilio = await open([complete], [code(404), code(404), sound]);
    await twilio.fetch();
    expect(twilio.mediaAsked()).toBe(3);
  });

  it('waits as long as Twilio wants when too much is asked', async () => {
    const busy = (reply: FastifyReply) => reply.code(429).header('retry-after', '20').send({});
    await (await open([complete], [busy, sound])).fetch();
    expect(pauses).toEqual([20_000]);
  });

  it('asks again when Twilio fails, or sends a part and falls silent', async () => {
    const cut = (reply: FastifyReply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-length': SECOND.length });
      reply.raw.write(SECOND.subarray(0, 3000), () => reply.raw.destroy());
    };
    await (await open([complete], [code(503), cut, sound])).fetch();
    expect(readFileSync(path)).toHaveLength(SECOND.length);
  });

  it('takes what is not the recording three times at most', async () => {
    const page = (reply: FastifyReply) => reply.type('text/html').send('<html>'.repeat(20));
    const twilio = await open([complete], [page]);
    await expect(twilio.fetch()).rejects.toMatchObject({ problem: { kind: 'file-unreadable' } });
    expect(twilio.mediaAsked()).toBe(3);
    expect(twilio.messages).toContain('a recording did not come whole');
    expect(existsSync(path)).toBe(false);
  });

  it('asks for one channel where Twilio has no more', async () => {
    const twilio = await open([json({ channels: 1 })], [sound]);
    await twilio.fetch();
    expect(twilio.asked.at(-1)?.url).toContain('RequestedChannels=1');
  });

  it('keeps the credentials from another host that Twilio sends it to', async () => {
    const other = await open([], [sound]);
    const elsewhere = `${other.apiUrl.replace('127.0.0.1', 'localhost')}/a.wav`;
    const twilio = await open([complete], [reply => reply.redirect(elsewhere)]);
    await twilio.fetch();
    expect(other.asked).toEqual([{ url: '/a.wav', authorization: undefined }]);
  });

  it('is done once, however often it is asked for at once', async () => {
    const twilio = await open([complete], [sound]);
    await Promise.all([twilio.fetch(), twilio.fetch(), twilio.fetch()]);
    expect(twilio.mediaAsked()).toBe(1);
  });
});

describe('a recording that cannot be fetched', () => {
  it.each([
    ['has no sound', json({ status: 'absent', duration: '-1' }), null],
    ['was too short', json({ status: 'absent', error_code: 16_101 }), '16101'],
    ['was silent', json({ status: 'absent', error_code: 16_102 }), '16102'],
    ['was deleted', json({ status: 'deleted' }), null],
    ['is not known', code(404), '20404'],
    ['lies elsewhere', json({ media_url: 'https://bucket.example/a/call.wav' }), null],
  ])('for good, as it %s', async (_, answer, told) => {
    const twilio = await open([answer], [sound]);
    await expect(twilio.fetch()).rejects.toMatchObject({
      problem: { kind: 'not-available', ...(told === null ? {} : { code: told }) },
    });
    expect(twilio.mediaAsked()).toBe(0);
  });

  it.each([
    [401, 'credentials-refused', '20003'],
    [403, 'credentials-refused', '20006'],
    [400, 'refused-by-twilio', '400'],
  ])('as Twilio answers %i is told at once', async (status, kind, told) => {
    const twilio = await open([complete], [code(status)]);
    await expect(twilio.fetch()).rejects.toMatchObject({ problem: { kind, code: told } });
    expect(twilio.mediaAsked()).toBe(1);
  });

  it('because the token is wrong is told at once', async () => {
    const twilio = await open([code(401)], []);
    await expect(twilio.fetch()).rejects.toMatchObject({
      problem: { kind: 'credentials-refused', code: '20003' },
    });
    expect(pauses).toEqual([]);
  });

  it('in five minutes may be fetched later', async () => {
    const clock = fakeClock();
    const twilio = await open([preparing], [], clock);
    const outcome = twilio.fetch().catch((error: unknown) => error);
    let known = 0;
    const startedAt = clock.now();
    let isOver = false;
    void outcome.then(() => {
      isOver = true;
    });
    while (!isOver) {
      await until(() => isOver || twilio.asked.length > known);
      known = twilio.asked.length;
      await new Promise(resolve => setTimeout(resolve, 5));
      clock.advance(30_000);
    }
    expect(await outcome).toMatchObject({
      problem: { kind: 'twilio-unreachable', message: 'Twilio still prepares the recording.' },
    });
    expect(clock.now() - startedAt).toBeGreaterThan(4 * 60_000);
  });

  it('as the line closes is left with Twilio', async () => {
    const twilio = await open([preparing], [], fakeClock());
    const outcome = twilio.fetch().catch((error: unknown) => error);
    await until(() => twilio.asked.length === 1);
    await twilio.close();
    expect(await outcome).toMatchObject({ problem: { kind: 'line-down' } });
  });

  it('as the line closes half way leaves no file', async () => {
    const twilio = await open(
      [complete],
      [
        reply => {
          reply.hijack();
          reply.raw.writeHead(200);
          reply.raw.write(SECOND.subarray(0, 3000));
        },
      ],
    );
    const outcome = twilio.fetch().catch((error: unknown) => error);
    await until(() => existsSync(`${path}.part`));
    await twilio.close();
    expect(await outcome).toMatchObject({ problem: { kind: 'line-down' } });
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });
});
