import { describe, expect, it } from 'vitest';
import { DANA, OURS, openScriptedLine, outbound } from './scripted-line.ts';

describe('a call of a trial account that Twilio transcribes', () => {
  const SID = `GT${'3'.repeat(32)}`;

  /** A call whose transcript has begun. */
  async function transcribedCall(Track = 'both_tracks') {
    const scripted = openScriptedLine({}, { isTrial: () => true });
    const { line, ask, tell, facts } = scripted;
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('voice', outbound('CA1'), { callId });
    const news = (event: string, more: Record<string, string> = {}, query = {}) =>
      tell({ CallSid: 'CA1', TranscriptionSid: SID, TranscriptionEvent: event, ...more }, query);
    const hear = (turn: string, params: Record<string, string>) =>
      ask('gather', outbound('CA1', params), { callId, turn });
    const heard = () =>
      facts.flatMap(fact => (fact.event === 'segment' && fact.by === 'gather' ? [fact.text] : []));
    await news('transcription-started', { Track });
    return { ...scripted, callId, news, hear, heard };
  }

  it('tells words by its transcript alone, keys as ever, and listens on', async () => {
    const { hear, heard, facts } = await transcribedCall();
    expect(await hear('turn-1', { SpeechResult: 'Good day.' })).toContain('<Gather');
    await hear('turn-2', { Digits: '42' });
    expect(heard()).toEqual([]);
    expect(facts.filter(({ event }) => event === 'gather-ended')).toMatchObject([
      { turn: 'turn-1', got: 'speech' },
      { turn: 'turn-2', got: 'digits' },
    ]);
    expect(facts.find(({ event }) => event === 'digits-received')).toMatchObject({ digits: '42' });
  });

  it('tells the answer to a question all the same', async () => {
    const { line, callId, ask, hear, facts, requestsOf } = await transcribedCall();
    const turn = await line.gather(callId, { voice: 'nova', input: 'speech', timeoutS: 5 });
    const [, document] = requestsOf('redirect').at(-1) ?? [];
    const { searchParams } = new URL((document as { readonly url: string }).url);
    await ask('voice', outbound('CA1'), Object.fromEntries(searchParams));
    await hear(turn, { SpeechResult: 'Order nine.' });
    expect(facts.find(({ event }) => event === 'segment')).toMatchObject({
      text: 'Order nine.',
      by: 'gather',
      turn,
    });
  });

  it.each(['transcription-stopped', 'transcription-error'])(
    'tells words again after %s, whatever comes late',
    async event => {
      const { news, hear, heard } = await transcribedCall();
      await news(event, { ErrorCode: '32650' });
      const late = { SequenceId: '9', TranscriptionData: '{"transcript":"Late."}' };
      await news('transcription-content', { Track: 'inbound_track', ...late });
      await news('transcription-started', { Track: 'both_tracks' });
      await hear('turn-1', { SpeechResult: 'Are you there?' });
      expect(heard()).toEqual(['Are you there?']);
    },
  );

  it('tells words while only the desk’s own side is transcribed', async () => {
    const { hear, heard } = await transcribedCall('outbound_track');
    await hear('turn-1', { SpeechResult: 'Good day.' });
    expect(heard()).toEqual(['Good day.']);
  });

  it('leaves words to its transcripts until the last of them is over', async () => {
    const { news, hear, heard } = await transcribedCall();
    const TranscriptionSid = `GT${'4'.repeat(32)}`;
    await news('transcription-started', { TranscriptionSid, Track: 'both_tracks' });
    await news('transcription-stopped');
    await hear('turn-1', { SpeechResult: 'Good day.' });
    expect(heard()).toEqual([]);
    await news('transcription-stopped', { TranscriptionSid });
    await hear('turn-2', { SpeechResult: 'Hello?' });
    expect(heard()).toEqual(['Hello?']);
  });
});

describe('a transcript whose beginning nobody told', () => {
  it('shows by what it tells that it listens, if it was wanted here', async () => {
    const wish = { tracks: ['inbound'], language: 'en-US', hints: [] } as const;
    const { line, ask, tell, facts } = openScriptedLine(
      {},
      {
        isTrial: () => true,
        transcriptionWish: () => ({ ...wish, labels: { inbound: 'Them', outbound: 'Us' } }),
      },
    );
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    const document = await ask('voice', outbound('CA1'), { callId });
    const name = /transcription\?name=([^#]+)#/.exec(document ?? '')?.[1] ?? '';
    const content = {
      ...{ CallSid: 'CA1', TranscriptionEvent: 'transcription-content', Track: 'inbound_track' },
      ...{ SequenceId: '2', TranscriptionData: '{"transcript":"Good"}' },
    };
    const hear = (turn: string) =>
      ask('gather', outbound('CA1', { SpeechResult: 'Good day.' }), { callId, turn });
    const segments = () => facts.filter(({ event }) => event === 'segment').length;
    await tell({ ...content, TranscriptionSid: `GT${'5'.repeat(32)}` });
    await hear('turn-1');
    expect(segments()).toBe(1);
    await tell({ ...content, TranscriptionSid: `GT${'6'.repeat(32)}` }, { name });
    await hear('turn-2');
    expect(segments()).toBe(1);
  });
});
