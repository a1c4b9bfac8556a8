import formBody from '@fastify/formbody';
import { fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../electron/system-clock.ts';
import { createRecordingRest } from '../../electron/twilio/recording-rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const CALL = `CA${'2'.repeat(32)}`;
const SID = `RE${'3'.repeat(32)}`;

/** Recordings at a server in Twilio's place that answers everything with this. */
async function open(answer: object = { sid: SID }) {
  const server = fastify({ forceCloseConnections: true });
  await server.register(formBody);
  const asked: { readonly request: string; readonly fields: unknown }[] = [];
  server.all('/*', async ({ method, url, body }) => {
    const path = url.split('?', 1)[0]?.replace(`/2010-04-01/Accounts/${ACCOUNT}`, '');
    asked.push({ request: `${method} ${path}`, fields: { ...(body as object) } });
    return answer;
  });
  const apiUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const account = { accountSid: ACCOUNT, authToken: 'x', apiKey: null, apiUrl };
  return { asked, rest: createRecordingRest(createRestClient(account, systemClock, () => 0)) };
}

describe('Twilio’s recordings', () => {
  it('are begun with both sides apart, and told of where that is possible', async () => {
    const { asked, rest } = await open();
    const fields = { RecordingChannels: 'dual', RecordingTrack: 'both', Trim: 'do-not-trim' };
    expect(await rest.start(CALL, 'https://desk.example/voice/recording#rc=5')).toBe(SID);
    await rest.start(CALL, null);
    expect(asked).toEqual([
      {
        request: `POST /Calls/${CALL}/Recordings.json`,
        fields: {
          ...fields,
          RecordingStatusCallback: 'https://desk.example/voice/recording#rc=5',
          RecordingStatusCallbackMethod: 'POST',
          RecordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
        },
      },
      { request: `POST /Calls/${CALL}/Recordings.json`, fields },
    ]);
  });

  it('keep silence where they are paused, go on and stop', async () => {
    const { asked, rest } = await open();
    await rest.pause(CALL, SID, true);
    await rest.pause(CALL, SID, false);
    await rest.stop(CALL, SID);
    expect(asked.map(({ fields }) => fields)).toEqual([
      { Status: 'paused', PauseBehavior: 'silence' },
      { Status: 'in-progress' },
      { Status: 'stopped' },
    ]);
    expect(asked[0]?.request).toBe(`POST /Calls/${CALL}/Recordings/${SID}.json`);
  });

  it('that run on a call are those that were begun by a request', async () => {
    const other = { sid: `RE${'4'.repeat(32)}`, status: 'in-progress', source: 'DialVerb' };
    const over = {
      sid: `RE${'5'.repeat(32)}`,
      status: 'completed',
      source: 'StartCallRecordingAPI',
    };
    const ours = { sid: SID, status: 'paused', source: 'StartCallRecordingAPI' };
    expect(await (await open({ recordings: [other, over, ours] })).rest.running(CALL)).toBe(SID);
    expect(await (await open({ recordings: [other, over] })).rest.running(CALL)).toBeNull();
  });

  it.each([
    ['in-progress', 'preparing'],
    ['processing', 'preparing'],
    ['stopped', 'preparing'],
    ['completed', 'ready'],
    ['absent', 'none'],
    ['deleted', 'none'],
  ])('that are %s are %s here', async (status, state) => {
    const { rest } = await open({ sid: SID, status, duration: '-1' });
    expect(await rest.fetch(SID)).toEqual({
      state,
      durationS: null,
      errorCode: null,
      channels: null,
      isElsewhere: false,
    });
  });

  it('have their sound with Twilio, unless the account keeps it', async () => {
    const isElsewhere = async (mediaUrl: string): Promise<boolean | undefined> =>
      (await (await open({ status: 'completed', media_url: mediaUrl })).rest.fetch(SID))
        ?.isElsewhere;
    const own = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Recordings/${SID}`;
    expect(await isElsewhere(own)).toBe(false);
    expect(await isElsewhere(`${own}.wav`)).toBe(false);
    expect(await isElsewhere(`https://bucket.example/${SID}.wav`)).toBe(true);
    expect(await isElsewhere('nowhere')).toBe(true);
  });
});
