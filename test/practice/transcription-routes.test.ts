import { describe, expect, it } from 'vitest';
import { fastClock } from './fast-clock.ts';
import { ends, eventually, type Fixture, openLine } from './fixture.ts';
import { testPerson } from './people.ts';

async function liveCall(line: Fixture): Promise<string> {
  const { sid } = await line.call('<Pause length="600"/>');
  await eventually(async () => expect(await line.status(sid)).toBe('in-progress'));
  return sid;
}

type Options = NonNullable<
  Parameters<ReturnType<Fixture['client']['calls']>['transcriptions']['create']>[0]
>;

function begin(line: Fixture, sid: string, options: Options = {}) {
  const statusCallbackUrl = line.app.on('/words', { status: 204 });
  return line.client.calls(sid).transcriptions.create({ statusCallbackUrl, ...options });
}

const events = ({ app }: Fixture) =>
  app.requests('/words').map(({ params }) => params['TranscriptionEvent']);

describe('a transcription by REST', () => {
  it('tells what a person is made to say, until it is stopped by its name', async () => {
    const line = await openLine([testPerson()], fastClock(5));
    const sid = await liveCall(line);
    const made = await begin(line, sid, {
      name: 'desk',
      track: 'inbound_track',
      partialResults: true,
      inboundTrackLabel: 'customer',
      outboundTrackLabel: 'desk',
      languageCode: 'en-GB',
      transcriptionEngine: 'deepgram',
      speechModel: 'nova-2',
      hints: 'parcel',
      profanityFilter: false,
      enableAutomaticPunctuation: false,
    });
    expect(made).toMatchObject({
      sid: expect.stringMatching(/^GT[0-9a-f]{32}$/),
      callSid: sid,
      name: 'desk',
      status: 'in-progress',
      dateUpdated: expect.any(Date),
    });
    await line.line.say(sid, 'Cancel my contract, please.');
    await eventually(() =>
      expect(line.app.requests('/words').at(-1)?.params).toMatchObject({
        TranscriptionSid: made.sid,
        Final: 'true',
        TranscriptionData: expect.stringContaining('"Cancel my contract please"'),
        LanguageCode: 'en-GB',
      }),
    );
    expect(line.app.requests('/words')[0]?.params).toMatchObject({
      TranscriptionEngine: 'deepgram',
      ProviderConfiguration:
        '{"profanityFilter":"false","speechModel":"nova-2","enableAutomaticPunctuation":"false","hints":"parcel"}',
      PartialResults: 'true',
      Track: 'inbound_track',
    });
    const transcriptions = line.client.calls(sid).transcriptions;
    expect(await transcriptions('desk').update({ status: 'stopped' })).toMatchObject({
      sid: made.sid,
      status: 'stopped',
    });
    await eventually(() => expect(events(line).at(-1)).toBe('transcription-stopped'));
    expect(await line.status(sid)).toBe('in-progress');
  });

  it('has no name unless it is given one, and is stopped by its SID', async () => {
    const line = await openLine();
    const sid = await liveCall(line);
    const { sid: transcription, name } = await begin(line, sid);
    expect(name).toBeNull();
    await line.client.calls(sid).transcriptions(transcription).update({ status: 'stopped' });
    await eventually(() =>
      expect(events(line)).toEqual(['transcription-started', 'transcription-stopped']),
    );
  });

  it('is told by GET when that is asked for', async () => {
    const line = await openLine();
    await begin(line, await liveCall(line), { statusCallbackMethod: 'GET' });
    await eventually(() => expect(line.app.requests('/words')[0]?.method).toBe('GET'));
    expect(line.app.requests('/words')[0]?.query).toContain('transcription-started');
  });

  it('ends with the call', async () => {
    const line = await openLine();
    const sid = await liveCall(line);
    await begin(line, sid);
    line.line.farHangUp(sid);
    await eventually(() => expect(events(line).at(-1)).toBe('transcription-stopped'));
  });

  it('is refused under a name that is in use, and when it is wrong', async () => {
    const line = await openLine();
    const sid = await liveCall(line);
    const made = await begin(line, sid, { name: 'desk' });
    const refused = { status: 400, code: 20001 };
    await expect(begin(line, sid, { name: 'desk' })).rejects.toMatchObject(refused);
    await expect(begin(line, sid, { track: 'all' as never })).rejects.toMatchObject(refused);
    await expect(begin(line, sid, { statusCallbackUrl: 'words' })).rejects.toMatchObject(refused);
    const transcriptions = line.client.calls(sid).transcriptions;
    await expect(
      transcriptions(made.sid).update({ status: 'paused' as never }),
    ).rejects.toMatchObject(refused);
    await expect(transcriptions('ear').update({ status: 'stopped' })).rejects.toMatchObject({
      code: 20404,
    });
  });

  it('is refused with 21220 on a call that rings or is over', async () => {
    const line = await openLine([testPerson({ pickUp: { does: 'ring-out' } })]);
    const { sid } = await line.call('<Pause length="600"/>');
    await expect(begin(line, sid)).rejects.toMatchObject({ status: 400, code: 21220 });
    await line.client.calls(sid).update({ status: 'completed' });
    await ends(line, sid, 'canceled');
    await expect(begin(line, sid)).rejects.toMatchObject({ status: 400, code: 21220 });
    await expect(begin(line, `CA${'0'.repeat(32)}`)).rejects.toMatchObject({ code: 20404 });
  });

  it.each([
    { status: 429, code: 20429 },
    { status: 400, code: 21220 },
  ])('is refused with $code when that is pretended, and then is not', async refusal => {
    const line = await openLine();
    const sid = await liveCall(line);
    const fault = { method: 'POST', path: /\/Transcriptions\.json$/, when: 'before' } as const;
    line.line.pretend({ restFaults: [{ ...fault, times: 1, ...refusal }] });
    await expect(begin(line, sid)).rejects.toMatchObject(refusal);
    await begin(line, sid);
    await eventually(() => expect(events(line)).toEqual(['transcription-started']));
  });
});
