import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDesk } from '../support/desk.ts';
import { secretBox } from '../support/secret-box.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const refused = (kind: string) => ({
  ok: false,
  problem: { kind, message: expect.any(String), remedy: expect.any(String) },
});

/** A desk on a call with somebody of the practice line. */
async function talkingDesk() {
  const desk = await openDesk();
  await desk.run({ command: 'ring-me' });
  const { callId } = await desk.event('call-ringing');
  await desk.run({ command: 'answer', callId });
  await desk.event('stream-started', { callId });
  const transcription = () => {
    const call = desk.state().calls.find(({ id }) => id === callId);
    return call?.status === 'live' ? call.transcription : undefined;
  };
  return { desk, callId, transcription };
}

describe('transcribe', () => {
  it('is refused for a call that nobody knows', async () => {
    const desk = await openDesk();
    const command = { command: 'transcribe', callId: 'nobody', by: 'off' };
    expect(await desk.run(command)).toMatchObject(refused('no-such-call'));
  });

  it('lets another write down a live call, or nobody', async () => {
    const { desk, callId, transcription } = await talkingDesk();
    await until(() => transcription()?.status === 'on');
    expect(transcription()).toMatchObject({ by: 'twilio' });
    // Without a key: that is shown on the call, and no refusal.
    expect(await desk.run({ command: 'transcribe', callId, by: 'openai' })).toEqual({ ok: true });
    expect(transcription()).toMatchObject({ by: 'openai', status: 'failed', retryAt: null });
    expect(await desk.run({ command: 'transcribe', callId, by: 'off' })).toEqual({ ok: true });
    expect(transcription()).toMatchObject({ by: null, status: 'off' });
    await desk.run({ command: 'transcribe', callId, by: 'twilio' });
    await until(() => transcription()?.status === 'on');
  });
});

describe('dismiss-attention', () => {
  it('ends what a live call asks to be looked at for, and nothing else', async () => {
    const { desk, callId } = await talkingDesk();
    const dismiss = { command: 'dismiss-attention', callId, kind: 'long-hold' };
    expect(await desk.run(dismiss)).toEqual({ ok: true });
    expect(desk.events.some(({ event }) => event === 'attention-ended')).toBe(false);
    await desk.run({ command: 'change-settings', settings: { longHoldSeconds: 2 } });
    await desk.run({ command: 'hold', callId, on: true });
    await desk.event('attention-raised', { callId });
    expect(await desk.run(dismiss)).toEqual({ ok: true });
    await desk.event('attention-ended', { callId, kind: 'long-hold' });
  });
});

/** A service whose address does not look like one of this computer: whoever comes there is counted. */
async function stranger() {
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `ws://0.0.0.0:${port}`, connections: () => connections };
}

describe('set-transcriber-key', () => {
  it('uses a key from now on, also where none can be kept, and forgets it', async () => {
    const desk = await openDesk();
    const set = (key: string | null) =>
      desk.run({ command: 'set-transcriber-key', transcriber: 'deepgram', key });
    expect(await set('a-key')).toEqual({ ok: true });
    expect(desk.state().transcriberKeys).toEqual({ openai: null, deepgram: 'this-run' });
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'secrets-not-kept' } }]);
    expect(await set(null)).toEqual({ ok: true });
    expect(desk.state().transcriberKeys).toEqual({ openai: null, deepgram: null });
    expect(desk.state().problems).toEqual([]);
    expect(JSON.stringify(desk.events)).not.toContain('a-key');
  });

  it('says of each service by itself what stands in its way', async () => {
    const desk = await openDesk();
    const set = (transcriber: string, key: string | null) =>
      desk.run({ command: 'set-transcriber-key', transcriber, key });
    await set('openai', 'a-key');
    await set('deepgram', null);
    expect(desk.state().problems).toMatchObject([{ problem: { kind: 'secrets-not-kept' } }]);
    await set('openai', null);
    expect(desk.state().problems).toEqual([]);
  });

  it('takes none that would be sent to somebody else, and uses none that is kept there', async () => {
    const dataDir = tempFolder();
    const secrets = secretBox();
    const set = { command: 'set-transcriber-key', transcriber: 'openai', key: 'a-key' } as const;
    const first = await openDesk({ dataDir, secrets });
    expect(await first.run(set)).toEqual({ ok: true });
    await first.close();
    const { url, connections } = await stranger();
    const desk = await openDesk({ dataDir, secrets, env: { EARSHOT_OPENAI_URL: url } });
    expect(desk.state().transcriberKeys.openai).toBe('kept');
    const outcome = await desk.run(set);
    expect(outcome).toMatchObject(refused('invalid-configuration'));
    expect(JSON.stringify(outcome)).toContain('EARSHOT_OPENAI_URL');
    const transcripts = { practice: { by: 'openai', language: 'en-US', hints: [] } };
    expect(await desk.run({ command: 'change-settings', settings: { transcripts } })).toEqual({
      ok: true,
    });
    await desk.run({ command: 'ring-me' });
    const { callId } = await desk.event('call-ringing');
    await desk.run({ command: 'answer', callId });
    await desk.event('stream-started', { callId });
    await until(() => JSON.stringify(desk.events).includes('There is no OpenAI key'));
    expect(connections()).toBe(0);
    const told = () => desk.state().problems.map(({ problem }) => problem.message);
    expect(told()).toContainEqual(expect.stringContaining('EARSHOT_OPENAI_URL'));
    await desk.run({ ...set, key: null });
    expect(told()).not.toContainEqual(expect.stringContaining('EARSHOT_OPENAI_URL'));
  });

  it('says that a key from the environment stays in use', async () => {
    const desk = await openDesk({ env: { OPENAI_API_KEY: 'given-key' } });
    for (const key of ['a-key', null]) {
      const outcome = await desk.run({
        command: 'set-transcriber-key',
        transcriber: 'openai',
        key,
      });
      expect(outcome).toMatchObject(refused('not-available'));
      expect(JSON.stringify(outcome)).toContain('OPENAI_API_KEY');
    }
    expect(desk.state().transcriberKeys).toEqual({ openai: 'this-run', deepgram: null });
    // Whoever listens from the start was told of it.
    await desk.event('transcriber-keys-changed');
    expect(desk.events.map(({ event }) => event).indexOf('transcriber-keys-changed')).toBe(0);
  });
});

describe('packs', () => {
  it('are none where nothing here listens', async () => {
    const desk = await openDesk();
    expect(await desk.run({ command: 'packs' })).toEqual({ ok: true, packs: [] });
    for (const command of ['fetch-pack', 'pause-pack', 'remove-pack']) {
      const outcome = await desk.run({ command, packId: 'en-us-small' });
      expect(outcome, command).toMatchObject(refused('not-available'));
    }
  });

  it('can be fetched, stopped and removed where something does', async () => {
    const desk = await openDesk({
      helpers: () => () => ({ send: () => {}, kill: () => {} }),
    });
    const outcome = await desk.run({ command: 'packs' });
    if (!outcome.ok || !('packs' in outcome)) throw new Error('refused');
    expect(outcome.packs).toEqual(desk.state().packs);
    for (const command of ['fetch-pack', 'pause-pack', 'remove-pack']) {
      const refusal = await desk.run({ command, packId: 'klingon' });
      expect(refusal, command).toMatchObject(refused('pack-failed'));
    }
  });
});
