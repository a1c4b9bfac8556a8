import { expect, it } from 'vitest';
import type { Script } from '../../electron/practice/script.ts';
import { tone } from '../../electron/practice/tone.ts';
import { bestShareOf, ends, eventually, openLine } from './fixture.ts';
import { testPerson } from './people.ts';
import type { StreamPeer } from './stream-peer.ts';
import { wavFile } from './wav-file.ts';

const HUMS: Script = [{ do: 'tone', hz: 700, ms: 60_000 }];

async function streaming(twiml: (streamUrl: string) => string, script?: Script) {
  const line = await openLine([testPerson(script === undefined ? {} : { script })]);
  const { sid } = await line.call(twiml(line.app.streamUrl));
  return { ...line, line, sid };
}

function started({ app }: { app: { streams: StreamPeer[] } }, count = 1): Promise<StreamPeer[]> {
  return eventually(() => {
    expect(app.streams.filter(peer => peer.streamSid !== '')).toHaveLength(count);
    return app.streams;
  });
}

const tracksOf = (peer: StreamPeer): string[] =>
  peer.ofEvent('media').map(message => message.media?.track ?? '');

it('hears the caller while the next verbs run, as far as the app lets the call go on', async () => {
  const fixture = await streaming(
    url =>
      `<Start><Stream url="${url}/s" name="mine"><Parameter name="k" value="v"/></Stream></Start>` +
      '<Say>Please wait.</Say><Pause length="3"/>',
    HUMS,
  );
  const [peer] = await started(fixture);
  expect(peer?.messages[1]).toMatchObject({
    event: 'start',
    start: { tracks: ['inbound'], customParameters: { k: 'v' }, callSid: fixture.sid },
  });
  await ends(fixture.line, fixture.sid, 'completed');
  await eventually(() => expect(peer?.messages.at(-1)?.event).toBe('stop'));
  expect(new Set(tracksOf(peer as StreamPeer))).toEqual(new Set(['inbound']));
  expect(bestShareOf(700, peer?.heard() ?? new Int16Array())).toBeGreaterThan(0.7);
});

it('carries both tracks, chunks numbered by track and messages by stream', async () => {
  const line = await openLine([testPerson()]);
  const sound = line.app.on('/hum.wav', wavFile(tone([500], 60_000), 8000));
  const url = line.app.streamUrl;
  await line.call(
    `<Start><Stream url="${url}/s" track="both_tracks"/></Start><Play>${sound}</Play>`,
  );
  const [peer] = (await started(line)) as [StreamPeer];
  await eventually(() => expect(peer.ofEvent('media').length).toBeGreaterThan(400));
  const media = peer.ofEvent('media').slice(0, 400);
  expect(media.map(message => Number(message.sequenceNumber))).toEqual(
    media.map((_, index) => index + 2),
  );
  for (const track of ['inbound', 'outbound']) {
    const own = media.filter(message => message.media?.track === track);
    expect(own.map(message => Number(message.media?.chunk))).toEqual(own.map((_, i) => i + 1));
    expect(own.map(message => Number(message.media?.timestamp))).toEqual(
      own.map((_, index) => index * 20),
    );
  }
  expect(bestShareOf(500, peer.heard())).toBeGreaterThan(0.3);
});

it('ignores sound, marks and clear of the app, and warns of what is malformed', async () => {
  const fixture = await streaming(
    url => `<Start><Stream url="${url}/s"/></Start><Pause length="600"/>`,
  );
  const [peer] = (await started(fixture)) as [StreamPeer];
  peer.play(tone([500], 1000));
  peer.mark('m');
  peer.clear();
  fixture.line.line.sendDigits(fixture.sid, '1');
  const before = peer.ofEvent('media').length;
  await eventually(() => expect(peer.ofEvent('media').length).toBeGreaterThan(before + 60));
  expect(peer.marks()).toEqual([]);
  expect(peer.ofEvent('dtmf')).toEqual([]);
  expect(fixture.line.line.alerts()).toEqual([]);
  const heard = fixture.line.line.heardBy(fixture.sid) ?? new Int16Array();
  expect(heard.every(sample => sample === 0)).toBe(true);
  peer.send('{"event":"mark"}');
  await eventually(() => expect(fixture.line.line.alerts()).toMatchObject([{ code: 31950 }]));
});

it('is stopped by name, alone of several, and tells its callback', async () => {
  const line = await openLine();
  const url = line.app.streamUrl;
  const callback = line.app.on('/stream-status', { status: 204 });
  const { sid } = await line.call(
    `<Start><Stream url="${url}/a" name="a" statusCallback="${callback}"/></Start>` +
      `<Start><Stream url="${url}/b" name="b"/></Start><Pause length="30"/>` +
      '<Stop><Stream name="a"/></Stop><Pause length="600"/>',
  );
  const peers = await started(line, 2);
  const a = peers.find(({ path }) => path === '/a');
  await eventually(() => expect(a?.ofEvent('stop')).toHaveLength(1));
  const b = peers.find(({ path }) => path === '/b');
  expect(b?.ofEvent('stop')).toEqual([]);
  await eventually(() => expect(line.app.requests('/stream-status')).toHaveLength(2));
  expect(line.app.requests('/stream-status').map(({ params }) => params)).toMatchObject([
    { CallSid: sid, StreamSid: a?.streamSid, StreamName: 'a', StreamEvent: 'stream-started' },
    { StreamEvent: 'stream-stopped' },
  ]);
});

it('tells its callback when it cannot be opened, and the call goes on', async () => {
  const line = await openLine();
  const callback = line.app.on('/stream-status', { status: 204 });
  const { sid } = await line.call(
    `<Start><Stream url="${line.app.streamUrl}/refused" statusCallback="${callback}"/></Start><Pause length="600"/>`,
  );
  await eventually(() =>
    expect(line.app.requests('/stream-status')[0]?.params).toMatchObject({
      StreamEvent: 'stream-error',
      StreamError: expect.any(String),
    }),
  );
  expect(await line.status(sid)).toBe('in-progress');
  expect(line.line.alerts()).toMatchObject([{ code: 31920 }]);
});

it('is begun and stopped by REST', async () => {
  const line = await openLine();
  const { sid } = await line.call('<Pause length="600"/>');
  await eventually(async () => expect(await line.status(sid)).toBe('in-progress'));
  const streams = line.client.calls(sid).streams;
  const stream = await streams.create({
    url: `${line.app.streamUrl}/rest`,
    name: 'spy',
    track: 'both_tracks',
    statusCallback: line.app.on('/stream-status', { status: 204 }),
    'parameter1.name': 'one',
    'parameter1.value': '1',
    'parameter2.name': 'two',
    'parameter2.value': '2',
  });
  expect(stream).toMatchObject({ callSid: sid, name: 'spy', status: 'in-progress' });
  const [peer] = (await started(line)) as [StreamPeer];
  expect(peer.streamSid).toBe(stream.sid);
  expect(peer.messages[1]).toMatchObject({
    start: { tracks: ['inbound', 'outbound'], customParameters: { one: '1', two: '2' } },
  });
  const stopped = await line.client.calls(sid).streams('spy').update({ status: 'stopped' });
  expect(stopped.status).toBe('stopped');
  await eventually(() => expect(peer.ofEvent('stop')).toHaveLength(1));
  expect(await line.status(sid)).toBe('in-progress');
  await expect(streams.create({ url: 'https://no' })).rejects.toMatchObject({ status: 400 });
  await expect(
    line.client.calls(sid).streams('other').update({ status: 'stopped' }),
  ).rejects.toMatchObject({ code: 20404 });
});
