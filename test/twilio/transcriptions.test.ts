import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_SETTINGS } from '../../electron/core/settings.ts';
import type { TranscriptionNews } from '../../electron/core/transcription.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { NO_FORWARDING } from '../../electron/twilio/request-origin.ts';
import { createRest } from '../../electron/twilio/rest.ts';
import { createTranscriptionRest } from '../../electron/twilio/transcription-rest.ts';
import { openTwilioLine, type TwilioLinePorts } from '../../electron/twilio/twilio-line.ts';
import { quietLog } from '../support/quiet-log.ts';
import { AUTH_TOKEN, postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { type Answer, type Asked, refusal, scriptedRest } from './scripted-rest.ts';

const CALL = `CA${'2'.repeat(32)}`;
const SID = `GT${'3'.repeat(32)}`;
const OTHER = `GT${'4'.repeat(32)}`;

const REQUEST = {
  callSid: CALL,
  tracks: ['inbound', 'outbound'],
  language: 'en-US',
  hints: [],
  labels: { inbound: 'Customer', outbound: 'Agent' },
} as const;

type Fields = Record<string, string>;

/** A line whose server listens here, at a Twilio that answers as told. */
async function open(
  answer: (asked: Asked) => Answer | Promise<Answer> = () => ({ body: { sid: SID } }),
  ports: Partial<TwilioLinePorts> = {},
) {
  const { client, asked } = await scriptedRest(answer);
  const news: TranscriptionNews[] = [];
  const line = await openTwilioLine({
    clock: systemClock,
    log: quietLog,
    rest: createRest(client),
    transcriptionRest: createTranscriptionRest(client),
    authToken: AUTH_TOKEN,
    deskId: 'desk-1',
    forwarding: NO_FORWARDING,
    skipSignature: false,
    port: 0,
    host: '127.0.0.1',
    origin: () => origin,
    settings: () => DEFAULT_SETTINGS,
    isTrial: () => false,
    isBusy: () => false,
    newCallId: () => 'call-1',
    newTurn: () => 'turn-1',
    emit: () => {},
    onProblem: () => {},
    connectSound: () => ({ onSound: () => {}, onMark: () => {}, onEnd: () => {} }),
    onTranscription: told => news.push(told),
    ...ports,
  });
  const origin = `http://127.0.0.1:${line.port}`;
  onTestFinished(() => line.close());
  const told: Fields = { AccountSid: 'AC1', CallSid: CALL, TranscriptionSid: SID };
  return {
    line,
    news,
    asked,
    /** Where Twilio was asked to tell how the latest transcription goes on. */
    callback: () =>
      String(asked.findLast(({ fields }) => 'Name' in fields)?.fields['StatusCallbackUrl']),
    tell: (
      event: string,
      params: Fields = {},
      url = `${origin}/voice/transcription`,
      token = AUTH_TOKEN,
    ) =>
      postSigned(url.replace(/#.*/, ''), { ...told, TranscriptionEvent: event, ...params }, token),
  };
}

const said = (words: string, SequenceId: string, Final = 'true'): Fields => ({
  Track: 'inbound_track',
  TranscriptionData: JSON.stringify({ transcript: words }),
  SequenceId,
  Final,
});

describe('a transcription of a live leg', () => {
  it('is begun by a name of its own, told of here, and ended', async () => {
    const { line, asked, callback } = await open();
    expect(await line.transcriptions.start(REQUEST)).toBe(SID);
    expect(callback()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/voice\/transcription\?name=earshot-/);
    await line.transcriptions.start(REQUEST);
    const names = asked.map(({ fields }) => fields['Name']);
    expect(new Set(names).size).toBe(2);
    await line.transcriptions.stop(CALL, SID);
    expect(asked.at(-1)).toEqual({
      request: `POST /Calls/${CALL}/Transcriptions/${SID}.json`,
      fields: { Status: 'stopped' },
    });
  });

  it('is not ended again once it is over', async () => {
    const { line, asked, tell } = await open();
    await line.transcriptions.start(REQUEST);
    await tell('transcription-stopped');
    await line.transcriptions.stop(CALL, SID);
    expect(asked).toHaveLength(1);
  });

  it('needs an account, and a way for Twilio to tell what is said', async () => {
    const relayed = await open(undefined, { transcriptionRest: null });
    const unreached = await open(undefined, { origin: () => null });
    for (const [{ line, asked }, kind] of [
      [relayed, 'not-available'],
      [unreached, 'not-reachable'],
    ] as const) {
      await expect(line.transcriptions.start(REQUEST)).rejects.toMatchObject({ problem: { kind } });
      expect(asked).toEqual([]);
    }
  });

  it('that may run although Twilio did not confirm it is ended by its name', async () => {
    const { line, asked } = await open(({ request }) =>
      request.endsWith('/Transcriptions.json') ? refusal(500, 20500) : { body: { sid: SID } },
    );
    await expect(line.transcriptions.start(REQUEST)).rejects.toMatchObject({
      problem: { kind: 'call-uncertain' },
    });
    await until(() => asked.length === 2);
    expect(asked[1]?.request).toBe(
      `POST /Calls/${CALL}/Transcriptions/${String(asked[0]?.fields['Name'])}.json`,
    );
  });

  it('runs when it told so itself, though the answer was lost', async () => {
    const { line, asked, tell } = await open(async ({ fields }) => {
      const url = String(fields['StatusCallbackUrl']);
      await tell('transcription-started', { Track: 'both_tracks' }, url);
      return refusal(500, 20500);
    });
    expect(await line.transcriptions.start(REQUEST)).toBe(SID);
    expect(asked).toHaveLength(1);
  });
});

describe('what Twilio tells of transcriptions', () => {
  it('is passed on in the order it comes, also of calls that are not known here', async () => {
    const { news, tell } = await open();
    const started = { Track: 'both_tracks', LanguageCode: 'en-US', SequenceId: '1' };
    expect((await tell('transcription-started', started)).status).toBe(204);
    await tell('transcription-content', said('Good day.', '3'));
    await tell('transcription-content', said('Good', '2', 'false'));
    await tell('transcription-stopped', { SequenceId: '4' });
    await tell('transcription-content', said('Bye.', '5'));
    await tell('transcription-error', { TranscriptionSid: OTHER, ErrorCode: '32650' });
    const words = news.map(told =>
      told.news === 'content' ? [told.sequence, told.text] : told.news,
    );
    expect(words).toEqual([
      'started',
      [3, 'Good day.'],
      [2, 'Good'],
      'stopped',
      [5, 'Bye.'],
      'failed',
    ]);
    expect(news.at(-1)).toEqual({
      callSid: CALL,
      transcriptionSid: OTHER,
      news: 'failed',
      code: '32650',
    });
  });

  it('is counted when it cannot be understood, and does no harm', async () => {
    const { line, news, tell } = await open();
    for (const TranscriptionData of ['', '{', '[]', '{"transcript":3}']) {
      const reply = await tell('transcription-content', { ...said('', '1'), TranscriptionData });
      expect(reply.status).toBe(204);
    }
    await tell('transcription-odd');
    expect(line.faults.malformedTranscription).toBe(5);
    expect(news).toEqual([]);
  });

  it('is left out when somebody else tells it', async () => {
    const { line, news, tell } = await open();
    const reply = await tell('transcription-content', said('No.', '1'), undefined, 'another token');
    expect(reply.status).toBe(403);
    expect(line.faults.signature).toBe(1);
    expect(news).toEqual([]);
  });

  it('is told once when the same request comes twice', async () => {
    const { line, news, tell } = await open();
    await tell('transcription-content', said('Yes.', '1'));
    await tell('transcription-content', said('Yes.', '1'));
    expect(news).toHaveLength(1);
    expect(line.faults.replay).toBe(1);
  });
});
