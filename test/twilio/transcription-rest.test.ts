import { describe, expect, it } from 'vitest';
import { createTranscriptionRest } from '../../electron/twilio/transcription-rest.ts';
import { refusal, scriptedRest } from './scripted-rest.ts';

const CALL = `CA${'2'.repeat(32)}`;
const SID = `GT${'3'.repeat(32)}`;

const WISH = {
  name: 'earshot-1',
  callback: 'https://desk.example/voice/transcription?name=earshot-1',
  tracks: ['inbound', 'outbound'],
  language: 'en-US',
  hints: ['Earshot', 'Reyes'],
  labels: { inbound: 'Customer', outbound: 'Agent' },
} as const;

describe('Twilio’s transcriptions', () => {
  it('are begun on a live leg and ended', async () => {
    const { client, asked } = await scriptedRest(() => ({ status: 200, body: { sid: SID } }));
    const rest = createTranscriptionRest(client);
    expect(await rest.start(CALL, WISH)).toBe(SID);
    await rest.stop(CALL, SID);
    expect(asked).toEqual([
      {
        request: `POST /Calls/${CALL}/Transcriptions.json`,
        fields: {
          Name: 'earshot-1',
          StatusCallbackUrl: WISH.callback,
          StatusCallbackMethod: 'POST',
          Track: 'both_tracks',
          InboundTrackLabel: 'Customer',
          OutboundTrackLabel: 'Agent',
          LanguageCode: 'en-US',
          PartialResults: 'true',
          EnableAutomaticPunctuation: 'true',
          Hints: 'Earshot,Reyes',
        },
      },
      { request: `POST /Calls/${CALL}/Transcriptions/${SID}.json`, fields: { Status: 'stopped' } },
    ]);
  });

  it.each([
    [400, 21220, 'call-over'],
    [404, 20404, 'call-over'],
    [400, 10002, 'trial-account'],
    [401, 20003, 'credentials-refused'],
    [400, 20001, 'refused-by-twilio'],
    [503, 20503, 'call-uncertain'],
  ])('that Twilio does not begin (%i, %i) are told as %s', async (status, code, kind) => {
    const { client } = await scriptedRest(() => refusal(status, code));
    const started = createTranscriptionRest(client).start(CALL, WISH);
    await expect(started).rejects.toMatchObject({
      problem: {
        kind,
        message: expect.stringMatching(/\.$/),
        remedy: expect.stringMatching(/\.$/),
      },
    });
  });

  it('are asked for again while Twilio takes no more requests', async () => {
    const answers = [refusal(429, 20429), { status: 200, body: { sid: SID } }];
    const { client, asked } = await scriptedRest(() => answers.shift() ?? refusal(500, 20500));
    expect(await createTranscriptionRest(client).start(CALL, WISH)).toBe(SID);
    expect(asked).toHaveLength(2);
  });

  it('that are over already are so', async () => {
    const { client } = await scriptedRest(() => refusal(404, 20404));
    await createTranscriptionRest(client).stop(CALL, SID);
  });

  it('that cannot be ended are told', async () => {
    const { client } = await scriptedRest(() => refusal(401, 20003));
    await expect(createTranscriptionRest(client).stop(CALL, SID)).rejects.toMatchObject({
      problem: { kind: 'credentials-refused' },
    });
  });
});
