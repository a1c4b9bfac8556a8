import { describe, expect, it } from 'vitest';
import type { RoomNews } from '../../electron/core/conference.ts';
import type { MediaStream } from '../../electron/twilio/media-stream.ts';
import { createSideStreams } from '../../electron/twilio/side-streams.ts';
import { createStreamRest } from '../../electron/twilio/stream-rest.ts';
import { StreamTokens } from '../../electron/twilio/stream-tokens.ts';
import { createWebhookUrls } from '../../electron/twilio/webhook-urls.ts';
import { type Answer, refusal, scriptedRest } from './scripted-rest.ts';

const CALL = `CA${'2'.repeat(32)}`;
const SID = `MZ${'3'.repeat(32)}`;

/** Streams beside calls, at a Twilio that answers as told. */
async function open(answer: () => Answer = () => ({ status: 201, body: { sid: SID } })) {
  const { client, asked } = await scriptedRest(answer);
  const origin = () => 'https://desk.example';
  const news: Extract<RoomNews, { kind: 'stream' }>[] = [];
  const heard: string[] = [];
  const sides = createSideStreams({
    rest: createStreamRest(client),
    tokens: new StreamTokens(),
    urls: createWebhookUrls(origin),
    origin,
    isTrial: () => false,
    connectMonitor: () => ({
      onSound: (track, timestampMs) => heard.push(`${track} ${timestampMs}`),
      onEnd: () => heard.push('end'),
    }),
    onNews: told => {
      if (told.kind === 'stream') news.push(told);
    },
  });
  const field = (name: string): string => String(asked[0]?.fields[name] ?? '');
  const tell = (params: Record<string, string>) => {
    const name = new URL(field('StatusCallback')).searchParams.get('name') ?? '';
    return sides.hear({ params, query: { name }, key: 'k', path: '/voice/monitor' });
  };
  const stream = (purpose: 'monitor' | 'guard', close = () => {}): MediaStream => ({
    ...{ callId: 'call-a', callSid: CALL, purpose, streamSid: SID },
    ...{ send: () => true, ready: () => true, mark: () => {}, clear: () => {}, close },
  });
  return { sides, asked, news, heard, field, tell, stream };
}

describe('a stream beside a call', () => {
  it('is asked for with both tracks, one that only guards with the leg’s own', async () => {
    const { sides, asked } = await open();
    expect(await sides.start('call-a', CALL, 'monitor')).toBe(SID);
    await sides.start('call-a', CALL, 'guard');
    expect(asked.map(({ request }) => request)).toEqual([
      `POST /Calls/${CALL}/Streams.json`,
      `POST /Calls/${CALL}/Streams.json`,
    ]);
    expect(asked[0]?.fields).toMatchObject({
      Url: 'wss://desk.example/voice/stream',
      Track: 'both_tracks',
      StatusCallback: expect.stringContaining('https://desk.example/voice/monitor?name=earshot-'),
      'Parameter1.Name': 'token',
      'Parameter1.Value': expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
    });
    expect(asked[1]?.fields).toMatchObject({ Track: 'inbound_track' });
  });

  it('is let in once, by its token and for its leg', async () => {
    const { sides, field, stream, heard } = await open();
    await sides.start('call-a', CALL, 'monitor');
    const token = field('Parameter1.Value');
    expect(sides.passOf(token, `CA${'9'.repeat(32)}`)).toBeNull();
    expect(sides.passOf('guess', CALL)).toBeNull();
    expect(sides.passOf(token, CALL)).toMatchObject({ callId: 'call-a', purpose: 'monitor' });
    const listener = sides.accept(stream('monitor'));
    expect(sides.passOf(token, CALL)).toBeNull();
    listener.onSound(20, new Uint8Array(1), 'outbound');
    listener.onSound(20, new Uint8Array(1), 'inbound');
    listener.onEnd();
    expect(heard).toEqual(['outbound 20', 'inbound 20', 'end']);
  });

  it('is over once, whoever tells it first', async () => {
    const { sides, news, tell, stream } = await open();
    await sides.start('call-a', CALL, 'guard');
    const listener = sides.accept(stream('guard'));
    listener.onEnd();
    await tell({ CallSid: CALL, StreamEvent: 'stream-stopped' });
    await tell({ CallSid: CALL, StreamEvent: 'stream-error', StreamErrorCode: '31921' });
    expect(news.map(({ on, error }) => [on, error])).toEqual([
      [true, null],
      [false, null],
    ]);
  });

  it.each([
    [{ StreamErrorCode: '31920', StreamError: 'Handshake' }, '31920'],
    [{ StreamError: 'Handshake' }, 'Handshake'],
    [{}, 'unknown'],
  ])('that did not come is told with why: %j', async (params, error) => {
    const { sides, news, tell, field } = await open();
    await sides.start('call-a', CALL, 'monitor');
    const token = field('Parameter1.Value');
    await tell({ CallSid: 'CA1', StreamEvent: 'stream-error' });
    await tell({ CallSid: CALL, StreamEvent: 'stream-started' });
    expect(news).toEqual([]);
    await tell({ CallSid: CALL, StreamEvent: 'stream-error', ...params });
    expect(news).toMatchObject([{ callSid: CALL, streamSid: SID, on: false, error }]);
    expect(sides.passOf(token, CALL)).toBeNull();
  });

  it.each([
    [400, 20001, 'stream-refused'],
    [400, 21220, 'call-over'],
    [404, 20404, 'call-over'],
    [500, 20500, 'call-uncertain'],
  ])(
    'that Twilio does not begin (%i, %i) is told as %s and let in no more',
    async (status, code, kind) => {
      const { sides, field, news } = await open(() => refusal(status, code));
      const started = sides.start('call-a', CALL, 'monitor');
      await expect(started).rejects.toMatchObject({ problem: { kind } });
      expect(sides.passOf(field('Parameter1.Value'), CALL)).toBeNull();
      expect(news).toEqual([]);
    },
  );

  it('ends here also when Twilio cannot be told', async () => {
    const answers: Answer[] = [{ status: 201, body: { sid: SID } }];
    const { sides, news, heard, stream } = await open(() => answers.shift() ?? refusal(401, 20003));
    await sides.start('call-a', CALL, 'monitor');
    let closed = false;
    sides.accept(stream('monitor', () => (closed = true)));
    await expect(sides.stop(CALL, SID)).rejects.toThrow();
    expect(closed).toBe(true);
    expect(heard).toEqual(['end']);
    expect(news.at(-1)).toMatchObject({ on: false });
  });
});
