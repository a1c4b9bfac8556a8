import { describe, expect, it } from 'vitest';
import { createDeepgram } from '../../electron/cloud-speech/deepgram.ts';
import type { ListeningSession } from '../../electron/core/transcriber.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';
import { METADATA, results, SPEECH_STARTED, UTTERANCE_END } from './deepgram-server.ts';
import {
  bench,
  type Heard,
  KEY,
  listener,
  passUntil,
  REQUEST,
  say,
  speech,
  toneAt,
} from './heard.ts';
import { type SpeechServer, startSpeechServer } from './speech-server.ts';

type Rig = {
  readonly server: SpeechServer;
  readonly clock: FakeClock;
  readonly lines: readonly string[];
  readonly heard: Heard;
  readonly session: ListeningSession;
};

async function rig(prepare: (server: SpeechServer) => void = () => {}, key: string | null = KEY) {
  const server = await startSpeechServer();
  prepare(server);
  const { clock, log, lines } = bench();
  const heard = listener();
  const deepgram = createDeepgram({ clock, log, key: () => key, url: server.url });
  const session = deepgram.open(REQUEST, heard);
  clock.advance(0);
  return { server, clock, lines, heard, session, deepgram };
}

async function listening(): Promise<Rig> {
  const made = await rig();
  await until(() => made.heard.ready() === 1);
  return made;
}

describe('Deepgram', () => {
  it('is asked for mu-law of 8 kHz, with what is likely to be said', async () => {
    const { server } = await listening();
    const { url, headers } = await server.peer();
    expect(headers.authorization).toBe(`Token ${KEY}`);
    expect(url.pathname).toBe('/v1/listen');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      model: 'nova-3',
      language: 'en-US',
      encoding: 'mulaw',
      sample_rate: '8000',
      channels: '1',
      interim_results: 'true',
      smart_format: 'true',
      punctuate: 'true',
      endpointing: '300',
      vad_events: 'true',
      utterance_end_ms: '1000',
    });
    expect(url.searchParams.getAll('keyterm')).toEqual(['Earshot', 'AC-42']);
  });

  it('gets all sound in messages of 100 ms, as it was fed', async () => {
    const { server, session } = await listening();
    const peer = await server.peer();
    say(session, 1000, 2000);
    await until(() => peer.sound().length === 8000);
    expect(Buffer.compare(peer.sound(), speech(1000, 1000))).toBe(0);
  });

  it('tells an utterance under one name, at its place in the call, and final once', async () => {
    const { server, session, heard } = await listening();
    const peer = await server.peer();
    say(session, 5000, 9000);
    await until(() => peer.sound().length === 32_000);
    peer.say(SPEECH_STARTED);
    peer.say(results(0, 1, [['Hello', 0.2, 0.6]]));
    peer.say(
      results(
        0,
        1.5,
        [
          ['Hello', 0.2, 0.6],
          ['there,', 0.7, 1],
        ],
        { is_final: true },
      ),
    );
    const last = results(1.5, 1, [['Anna.', 1.8, 2.2]], { is_final: true, speech_final: true });
    peer.say(last);
    peer.say(last);
    peer.say(results(0, 1, [['Hello', 0.2, 0.6]]));
    peer.say(UTTERANCE_END);
    peer.say(results(2.5, 0.5, [['Yes.', 2.6, 2.8]], { is_final: true, speech_final: true }));
    await until(() => heard.finals().length === 2);
    expect(heard.pieces).toEqual([
      {
        id: '1',
        text: 'Hello',
        isFinal: false,
        confidence: expect.closeTo(0.98),
        place: { atMs: 5200, lengthMs: expect.closeTo(400) },
        wordsAtMs: [5200],
      },
      expect.objectContaining({ id: '1', text: 'Hello there,', isFinal: false }),
      {
        id: '1',
        text: 'Hello there, Anna.',
        isFinal: true,
        confidence: expect.closeTo(0.98),
        place: { atMs: 5200, lengthMs: expect.closeTo(2000) },
        wordsAtMs: [5200, 5700, 6800],
      },
      expect.objectContaining({ id: '2', text: 'Yes.', isFinal: true }),
    ]);
  });

  it('ends an utterance whose end is told late by UtteranceEnd', async () => {
    const { server, session, heard } = await listening();
    const peer = await server.peer();
    say(session, 0, 2000);
    await until(() => peer.sound().length === 16_000);
    peer.say(results(0, 2, [['Hello.', 0.2, 0.6]], { is_final: true }));
    peer.say(UTTERANCE_END);
    await until(() => heard.finals().length === 1);
    expect(heard.finals()).toMatchObject([{ id: '1', text: 'Hello.' }]);
  });

  it('places words rightly across what was lost on the way', async () => {
    const { server, clock, session, heard } = await listening();
    const peer = await server.peer();
    say(session, 0, 1000);
    say(session, 1500, 2000);
    say(session, 60_000, 61_000);
    session.feed(61_000, speech(61_000, 100));
    await passUntil(clock, () => peer.sound().length === 24_800);
    expect(new Set(peer.sound().subarray(8000, 12_000))).toEqual(new Set([0xff]));
    const words = [
      ['One', 0.5, 0.9],
      ['two', 1.6, 2],
      ['three.', 2.5, 3],
    ] as const;
    peer.say(results(0, 3.1, words, { is_final: true, speech_final: true }));
    await until(() => heard.finals().length === 1);
    expect(heard.finals()[0]?.wordsAtMs).toEqual([500, 1600, 60_500]);
  });

  it('says it is still there when nothing is fed', async () => {
    const { server, clock } = await listening();
    const peer = await server.peer();
    clock.advance(4000);
    expect(await peer.told('KeepAlive')).toEqual([{ type: 'KeepAlive' }]);
  });

  it('goes on in the middle of an utterance after a disconnect, without losing or doubling a word', async () => {
    const { server, clock, session, heard } = await listening();
    const first = await server.peer();
    say(session, 0, 4000);
    await until(() => first.sound().length === 32_000);
    first.say(
      results(
        0,
        2,
        [
          ['My', 0.1, 0.4],
          ['number', 0.5, 1],
        ],
        { is_final: true },
      ),
    );
    first.say(results(2, 1, [['is', 2.1, 2.3]]));
    await until(() => heard.pieces.length === 2);
    first.socket.close(1011, 'NET-0001');
    await until(() => heard.faults.length === 1);
    expect(heard.faults).toEqual([
      {
        problem: expect.objectContaining({ kind: 'transcript-failed', code: 'NET-0001' }),
        retryAt: clock.now() + 500,
      },
    ]);
    say(session, 4000, 6000);
    clock.advance(500);
    const second = await server.peer(1);
    await passUntil(clock, () => second.sound().length === 32_000);
    expect(Buffer.compare(second.sound(), speech(2000, 4000))).toBe(0);
    expect(heard.ready()).toBe(2);
    second.say(
      results(
        0,
        4,
        [
          ['is', 0.1, 0.3],
          ['four.', 1, 1.5],
        ],
        { is_final: true, speech_final: true },
      ),
    );
    await until(() => heard.finals().length === 2);
    expect(heard.finals().map(({ text, place }) => [text, place?.atMs])).toEqual([
      ['My number', 100],
      ['is four.', 2100],
    ]);
    expect(new Set(heard.finals().map(({ id }) => id)).size).toBe(2);
  });

  it('waits with growing pauses while there is no way', async () => {
    const { server, clock, heard } = await rig(made =>
      made.refuse(
        { status: 502 },
        { status: 502 },
        { status: 503, headers: { 'Retry-After': '7' } },
      ),
    );
    const pauses: number[] = [];
    for (const count of [1, 2, 3]) {
      await until(() => heard.faults.length === count);
      pauses.push((heard.faults[count - 1]?.retryAt ?? 0) - clock.now());
      clock.advance(pauses.at(-1) ?? 0);
    }
    expect(pauses).toEqual([500, 1000, 7000]);
    for (const { problem } of heard.faults) {
      expect(problem.message).toContain('Deepgram cannot be reached');
    }
    await server.peer();
    await until(() => heard.ready() === 1);
  });

  it.each([
    [401, 'key-refused', null],
    [403, 'key-refused', null],
    [402, 'transcript-failed', 60_000],
    [400, 'transcript-failed', 60_000],
    [429, 'transcript-failed', 500],
  ])('tells what a refusal with %i means', async (status, kind, waitMs) => {
    const { clock, heard, lines } = await rig(made => made.refuse({ status, body: KEY }));
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.problem.kind).toBe(kind);
    expect(heard.faults[0]?.retryAt).toBe(waitMs === null ? null : clock.now() + waitMs);
    expect(JSON.stringify([heard.faults, lines])).not.toContain(KEY);
  });

  it('is not asked again with a key that was refused', async () => {
    const { server, clock, heard, session } = await rig(made => made.refuse({ status: 401 }));
    await until(() => heard.faults.length === 1);
    say(session, 0, 60_000);
    clock.advance(600_000);
    expect(clock.timers()).toBe(0);
    expect(server.peers).toEqual([]);
    expect(heard.behind).toEqual([]);
  });

  it('is not ready without a key, and says what to do', async () => {
    const { deepgram, heard } = await rig(undefined, null);
    expect(deepgram.obstacle('en-US')).toMatchObject({ kind: 'transcriber-unready' });
    expect(heard.faults).toEqual([
      { problem: expect.objectContaining({ kind: 'transcriber-unready' }), retryAt: null },
    ]);
  });

  it('keeps 30 s while nobody listens, and tells what is left out', async () => {
    const { server, clock, heard, session } = await rig(made => made.refuse({ status: 502 }));
    await until(() => heard.faults.length === 1);
    say(session, 0, 30_000);
    expect(heard.behind).toEqual([]);
    say(session, 30_000, 40_000);
    expect(heard.behind).toEqual([expect.objectContaining({ kind: 'transcript-behind' })]);
    clock.advance(500);
    const peer = await server.peer();
    await passUntil(clock, () => peer.sound().length === 240_000, 400);
    expect(Buffer.compare(peer.sound(), speech(10_000, 30_000))).toBe(0);
    await until(() => heard.behind.length === 2);
    expect(heard.behind[1]).toBeNull();
    peer.say(results(0, 2, [['Late.', 0.5, 0.9]], { is_final: true, speech_final: true }));
    await until(() => heard.finals().length === 1);
    expect(heard.finals()[0]?.place).toEqual({ atMs: 10_500, lengthMs: expect.closeTo(400) });
  });

  it('leaves sound out when a slow service does not read, and catches up when it does', async () => {
    const { server, clock, heard, session } = await listening();
    const peer = await server.peer();
    peer.socket.pause();
    let atMs = 0;
    while (heard.behind.length === 0 && atMs < 7_200_000) {
      session.feed(atMs, speech(atMs, 100));
      atMs += 100;
    }
    expect(heard.behind).toEqual([expect.objectContaining({ kind: 'transcript-behind' })]);
    peer.socket.resume();
    await passUntil(clock, () => heard.behind.length === 2);
    expect(heard.behind[1]).toBeNull();
    await until(() => peer.sound().at(-1) === toneAt(atMs - 100));
  });

  it('gives up a service that is silent, and asks again', async () => {
    const { server, clock, heard } = await listening();
    const peer = await server.peer();
    peer.socket.pause();
    clock.advance(30_000);
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.problem.code).toBe('ETIMEDOUT');
    expect(heard.faults[0]?.problem.message).toContain('was lost');
  });

  it('does not mind what is malformed', async () => {
    const { server, session, heard, lines } = await listening();
    const peer = await server.peer();
    say(session, 0, 2000);
    await until(() => peer.sound().length === 16_000);
    for (const text of [
      '',
      'secret words',
      '[]',
      '{"type":"Results","start":"x"}',
      '{"type":"New"}',
    ]) {
      peer.say(text);
    }
    peer.say(results(0, 1, [['Yes.', 0.2, 0.6]], { is_final: true, speech_final: true }));
    await until(() => heard.finals().length === 1);
    expect(heard.faults).toEqual([]);
    expect(lines.join()).not.toContain('secret words');
  });

  it('tells the last words when it is closed', async () => {
    const { server, clock, session, heard, deepgram, lines } = await (async () => {
      const made = await rig();
      await until(() => made.heard.ready() === 1);
      return made;
    })();
    const peer = await server.peer();
    say(session, 0, 1040);
    const closed = deepgram.close();
    await peer.told('CloseStream');
    expect(peer.sound().length).toBe(8320);
    expect(peer.messages.map(({ type }) => type)).toEqual(['Finalize', 'CloseStream']);
    peer.say(results(0, 1.04, [['Goodbye.', 0.2, 0.9]], { is_final: true, from_finalize: true }));
    peer.say(METADATA);
    await closed;
    expect(heard.finals()).toMatchObject([{ text: 'Goodbye.', place: { atMs: 200 } }]);
    session.feed(2000, speech(2000, 100));
    expect(clock.timers()).toBeLessThanOrEqual(1);
    expect(lines.join()).not.toMatch(/Goodbye|sk-/);
  });

  it('leaves what was only begun as it was, when the last words do not come in time', async () => {
    const { server, clock, session, heard } = await listening();
    const peer = await server.peer();
    say(session, 0, 1000);
    await until(() => peer.sound().length === 8000);
    peer.say(results(0, 0.9, [['Good', 0.2, 0.5]]));
    await until(() => heard.pieces.length === 1);
    const closed = session.close();
    clock.advance(2000);
    await closed;
    expect(heard.pieces.map(({ id, text, isFinal }) => [id, text, isFinal])).toEqual([
      ['1', 'Good', false],
      ['1', 'Good', true],
    ]);
  });
});
