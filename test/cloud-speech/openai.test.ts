import { describe, expect, it } from 'vitest';
import { createOpenAi } from '../../electron/cloud-speech/openai.ts';
import { until } from '../support/until.ts';
import { bench, KEY, listener, passUntil, REQUEST, say, speech } from './heard.ts';
import {
  committed,
  completed,
  delta,
  failed,
  problem,
  SESSION_UPDATED,
  sessionCreated,
  speechStarted,
  speechStopped,
} from './openai-server.ts';
import { type Peer, type SpeechServer, startSpeechServer } from './speech-server.ts';

/** A session that OpenAI has not answered yet. */
async function rig(prepare: (server: SpeechServer) => void = () => {}) {
  const server = await startSpeechServer();
  prepare(server);
  const { clock, log, lines } = bench();
  const heard = listener();
  const openAi = createOpenAi({ clock, log, key: () => KEY, url: server.url });
  const session = openAi.open(REQUEST, heard);
  clock.advance(0);
  return { server, clock, lines, heard, session, openAi };
}

/** Answers as OpenAI does to a new session. */
async function accept(server: SpeechServer, number: number, expiresAt = 0): Promise<Peer> {
  const peer = await server.peer(number);
  peer.say(sessionCreated(expiresAt));
  await peer.told('session.update');
  peer.say(SESSION_UPDATED);
  return peer;
}

async function listening(expiresAt?: number) {
  const made = await rig();
  const peer = await accept(made.server, 0, expiresAt);
  await until(() => made.heard.ready() === 1);
  return { ...made, peer };
}

function soundOf(peer: Peer): Uint8Array {
  const appended = peer.messages.filter(({ type }) => type === 'input_audio_buffer.append');
  return Buffer.concat(appended.map(({ audio }) => Buffer.from(String(audio), 'base64')));
}

describe('OpenAI', () => {
  it('is asked for a transcription session of mu-law, whose turns are ended here', async () => {
    const { peer } = await listening();
    expect(peer.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(`${peer.url.pathname}${peer.url.search}`).toBe('/v1/realtime?intent=transcription');
    expect(peer.messages[0]).toEqual({
      type: 'session.update',
      event_id: 'session',
      session: {
        type: 'transcription',
        audio: {
          input: {
            format: { type: 'audio/pcmu' },
            transcription: {
              model: 'gpt-live-transcribe',
              prompt: 'A telephone call.',
              languages: ['en'],
              keywords: ['Earshot', 'AC-42'],
            },
            turn_detection: null,
          },
        },
      },
    });
  });

  it('tells words as they come, and a turn once, where somebody talked', async () => {
    const { peer, session, heard } = await listening();
    say(session, 10_000, 11_000);
    session.talking(true, 10_400);
    say(session, 11_000, 13_000);
    await until(() => soundOf(peer).length === 24_000);
    expect(Buffer.compare(soundOf(peer), speech(10_000, 3000))).toBe(0);
    peer.say(delta('item_1', 'Hello,'));
    peer.say(delta('item_1', ' how'));
    await until(() => heard.pieces.length === 2);
    session.talking(false, 12_600);
    await peer.told('input_audio_buffer.commit');
    peer.say(committed('item_1'));
    peer.say(completed('item_1', 'Hello, how are you?'));
    peer.say(completed('item_1', 'Hello, how are you?'));
    peer.say(delta('item_1', ' late'));
    peer.say(delta('item_2', 'Fine'));
    await until(() => heard.pieces.length === 4);
    expect(heard.pieces).toEqual([
      expect.objectContaining({ id: '1', text: 'Hello,', isFinal: false }),
      expect.objectContaining({ id: '1', text: 'Hello, how', isFinal: false }),
      {
        id: '1',
        text: 'Hello, how are you?',
        isFinal: true,
        confidence: null,
        place: { atMs: 10_400, lengthMs: 2200 },
        wordsAtMs: null,
      },
      expect.objectContaining({ id: '2', text: 'Fine', isFinal: false }),
    ]);
  });

  it('takes turns that are completed out of order for what they are', async () => {
    const { peer, session, heard } = await listening();
    for (const atMs of [0, 2000]) {
      session.talking(true, atMs);
      say(session, atMs, atMs + 2000);
      session.talking(false, atMs + 2000);
    }
    await peer.told('input_audio_buffer.commit', 2);
    peer.say(committed('item_1'));
    peer.say(committed('item_2'));
    peer.say(completed('item_2', 'Second.'));
    peer.say(completed('item_1', 'First.'));
    await until(() => heard.finals().length === 2);
    expect(heard.finals().map(({ text, place }) => [text, place])).toEqual([
      ['Second.', { atMs: 2000, lengthMs: 2000 }],
      ['First.', { atMs: 0, lengthMs: 2000 }],
    ]);
  });

  it('ends a turn of somebody who does not pause after 20 s', async () => {
    const { peer, session } = await listening();
    session.talking(true, 0);
    say(session, 0, 20_000);
    await until(() => soundOf(peer).length === 160_000);
    expect(peer.messages.some(({ type }) => type === 'input_audio_buffer.commit')).toBe(false);
    say(session, 20_000, 20_100);
    await peer.told('input_audio_buffer.commit');
  });

  it('sends again what was not understood after a disconnect, with its turns, and the last words as context, but no number', async () => {
    const { server, clock, peer, session, heard } = await listening();
    session.talking(true, 0);
    say(session, 0, 2000);
    session.talking(false, 2000);
    session.talking(true, 2000);
    say(session, 2000, 4000);
    session.talking(false, 4000);
    await peer.told('input_audio_buffer.commit', 2);
    peer.say(committed('item_1'));
    peer.say(completed('item_1', 'First 4111 1111, words.'));
    peer.say(delta('item_2', 'Sec'));
    await until(() => heard.pieces.length === 2);
    peer.socket.terminate();
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.retryAt).toBe(clock.now() + 500);
    say(session, 4000, 5000);
    clock.advance(500);
    const next = await accept(server, 1);
    await passUntil(clock, () => soundOf(next).length === 24_000);
    expect(Buffer.compare(soundOf(next), speech(2000, 3000))).toBe(0);
    expect(await next.told('input_audio_buffer.commit')).toHaveLength(1);
    expect(JSON.stringify(next.messages[0])).toContain('Said just before: First words.');
    next.say(committed('item_9'));
    next.say(completed('item_9', 'Second words.'));
    await until(() => heard.finals().length === 2);
    expect(heard.pieces.map(({ id, text, isFinal }) => [id, text, isFinal])).toEqual([
      ['1', 'First 4111 1111, words.', true],
      ['2', 'Sec', false],
      ['2', 'Second words.', true],
    ]);
    expect(heard.finals()[1]?.place).toEqual({ atMs: 2000, lengthMs: 2000 });
  });

  it('changes to a new session before the old one ends, between two words', async () => {
    const { server, clock, peer, session, heard } = await listening(1000 + 20);
    session.talking(true, 0);
    say(session, 0, 1000);
    clock.advance(10_000);
    const next = await accept(server, 1, 1000 + 3600);
    // Somebody talks: the old one still gets it.
    say(session, 1000, 2000);
    await until(() => soundOf(peer).length === 16_000);
    session.talking(false, 2000);
    session.talking(true, 2000);
    say(session, 2000, 3000);
    await until(() => soundOf(next).length === 8000);
    expect(soundOf(peer).length).toBe(16_000);
    expect(Buffer.compare(soundOf(next), speech(2000, 1000))).toBe(0);
    session.talking(false, 3000);
    await next.told('input_audio_buffer.commit');
    next.say(committed('item_b'));
    next.say(completed('item_b', 'After.'));
    await until(() => heard.finals().length === 1);
    await peer.told('input_audio_buffer.commit');
    peer.say(committed('item_a'));
    peer.say(completed('item_a', 'Before.'));
    await until(() => heard.finals().length === 2);
    expect(heard.finals().map(({ text, place }) => [text, place?.atMs])).toEqual([
      ['After.', 2000],
      ['Before.', 0],
    ]);
    expect(heard.faults).toEqual([]);
    await until(() => peer.socket.readyState === peer.socket.CLOSED);
  });

  it('opens a new session at once when the old one ended', async () => {
    const { server, peer, session, heard } = await listening();
    say(session, 0, 1000);
    await until(() => soundOf(peer).length === 8000);
    peer.say(problem('invalid_request_error', 'session_expired'));
    const next = await accept(server, 1);
    await until(() => heard.ready() === 2);
    await until(() => soundOf(next).length > 0);
    expect(heard.faults).toEqual([]);
  });

  it.each([
    ['invalid_request_error', 'invalid_api_key', 'key-refused', null],
    ['insufficient_quota', 'insufficient_quota', 'transcript-failed', 60_000],
    ['rate_limit_error', 'rate_limit_exceeded', 'transcript-failed', 500],
  ])('tells what the error %s %s means', async (type, code, kind, waitMs) => {
    const { clock, peer, heard, lines } = await listening();
    peer.say(problem(type, code, { message: `Incorrect key ${KEY}` }));
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.problem.kind).toBe(kind);
    expect(heard.faults[0]?.retryAt).toBe(waitMs === null ? null : clock.now() + waitMs);
    expect(JSON.stringify([heard.faults, lines])).not.toContain(KEY);
  });

  it('waits as long as it is told when too much is asked, and knows a used-up account', async () => {
    const { clock, heard } = await rig(server =>
      server.refuse(
        { status: 429, headers: { 'retry-after': '20' } },
        { status: 429, body: '{"error":{"code":"insufficient_quota"}}' },
      ),
    );
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.retryAt).toBe(clock.now() + 20_000);
    clock.advance(20_000);
    await until(() => heard.faults.length === 2);
    expect(heard.faults[1]?.retryAt).toBe(clock.now() + 60_000);
    expect(heard.faults[1]?.problem.message).toContain('no credit');
  });

  it('is asked for the other model, which finds turns itself, where the first may not be used', async () => {
    const { server, session, heard } = await rig();
    const first = await server.peer();
    await first.told('session.update');
    first.say(problem('invalid_request_error', 'model_not_found'));
    const peer = await accept(server, 1);
    expect(peer.messages[0]).toMatchObject({
      session: {
        audio: {
          input: {
            transcription: { model: 'gpt-4o-transcribe', language: 'en' },
            turn_detection: { type: 'server_vad' },
          },
        },
      },
    });
    await until(() => heard.ready() === 1);
    session.talking(true, 4000);
    say(session, 4000, 7000);
    session.talking(false, 6000);
    await until(() => soundOf(peer).length === 24_000);
    peer.say(speechStarted('item_1', 500));
    peer.say(speechStopped('item_1', 2000));
    peer.say(committed('item_1'));
    peer.say(delta('item_1', 'Good day.'));
    peer.say(completed('item_1', 'Good day.'));
    await until(() => heard.finals().length === 1);
    expect(heard.finals()[0]).toMatchObject({
      text: 'Good day.',
      place: { atMs: 4500, lengthMs: 1500 },
    });
    expect(peer.messages.some(({ type }) => type === 'input_audio_buffer.commit')).toBe(false);
    expect(heard.faults).toEqual([]);
  });

  it('says so when the language is not taken', async () => {
    const { server, clock, heard } = await rig();
    const peer = await server.peer();
    await peer.told('session.update');
    peer.say(problem('invalid_request_error', 'invalid_value', { param: 'session.audio.input' }));
    await until(() => heard.faults.length === 1);
    expect(heard.faults[0]?.problem.message).toContain('language');
    expect(heard.faults[0]?.retryAt).toBe(clock.now() + 60_000);
  });

  it('goes on after a turn that failed or held nothing, and after errors that change nothing', async () => {
    const { peer, session, heard, lines } = await listening();
    for (const atMs of [0, 1000, 2000]) {
      session.talking(true, atMs);
      say(session, atMs, atMs + 1000);
      session.talking(false, atMs + 1000);
    }
    const commits = await peer.told('input_audio_buffer.commit', 3);
    peer.say(committed('item_1'));
    peer.say(delta('item_1', 'Half a'));
    peer.say(failed('item_1', 'audio_unintelligible'));
    peer.say(
      problem('invalid_request_error', 'input_audio_buffer_commit_empty', {
        event_id: commits[1]?.['event_id'],
      }),
    );
    peer.say(problem('server_error', 'internal_error'));
    for (const text of ['', 'secret words', '{}', '{"type":"session.new"}', '{"type":"error"}']) {
      peer.say(text);
    }
    peer.say(committed('item_3'));
    peer.say(completed('item_3', 'Third.'));
    await until(() => heard.finals().length === 2);
    expect(heard.finals().map(({ text, place }) => [text, place?.atMs])).toEqual([
      ['Half a', 0],
      ['Third.', 2000],
    ]);
    expect(heard.faults).toEqual([]);
    expect(lines.join()).not.toMatch(/secret words|Half a|Third/);
  });

  it('takes back words that turn out to be none', async () => {
    const { peer, session, heard } = await listening();
    say(session, 0, 1000);
    peer.say(delta('item_1', 'Hm'));
    await until(() => heard.pieces.length === 1);
    session.talking(false, 1000);
    await peer.told('input_audio_buffer.commit');
    peer.say(completed('item_1', ''));
    await until(() => heard.pieces.length === 2);
    expect(heard.pieces[1]).toMatchObject({ id: '1', text: '', isFinal: true });
  });

  it('tells the last words when it is closed, though nobody paused', async () => {
    const { peer, session, heard, openAi } = await listening();
    session.talking(true, 0);
    say(session, 0, 1050);
    const closed = openAi.close();
    await peer.told('input_audio_buffer.commit');
    expect(soundOf(peer).length).toBe(8480);
    peer.say(committed('item_1'));
    peer.say(completed('item_1', 'Goodbye.'));
    await closed;
    expect(heard.finals()).toMatchObject([
      { text: 'Goodbye.', place: { atMs: 0, lengthMs: 1060 } },
    ]);
  });

  it('is not ready without a key, and says what to do in whole words', () => {
    const { clock, log } = bench();
    const openAi = createOpenAi({ clock, log, key: () => null, url: 'ws://127.0.0.1:1' });
    expect(openAi.obstacle('en-US')?.remedy).toMatch(/^Enter an OpenAI key /);
  });
});
