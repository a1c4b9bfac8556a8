import { expect, it } from 'vitest';
import { eventually, openLine } from '../fixture.ts';
import { testPerson } from '../people.ts';

const verified = testPerson({ verified: true });

it('begins beside the next verbs, also on a trial account, and is stopped by its name', async () => {
  const line = await openLine([verified]);
  line.line.pretend({ trial: true });
  const url = line.app.on(
    '/voice',
    '<Response><Start><Transcription name="desk" statusCallbackUrl="words" track="outbound_track"/></Start>' +
      '<Say>Good morning.</Say><Pause length="2"/><Stop><Transcription name="desk"/></Stop>' +
      '<Say>Nobody listens.</Say><Pause length="600"/></Response>',
  );
  line.app.on('/words', { status: 204 });
  const { sid } = await line.call('', { twiml: undefined, url });
  const told = () => line.app.requests('/words').map(({ params }) => params);
  await eventually(() =>
    expect(told().at(-1)?.['TranscriptionEvent']).toBe('transcription-stopped'),
  );
  expect(told()).toMatchObject([
    { TranscriptionEvent: 'transcription-started', CallSid: sid, PartialResults: 'false' },
    { TranscriptionData: expect.stringContaining('Good morning.'), Track: 'outbound_track' },
    { TranscriptionEvent: 'transcription-stopped' },
  ]);
  expect(await line.status(sid)).toBe('in-progress');
  expect(line.line.alerts()).toEqual([]);
});

it('is an alert when its name is in use, and the call goes on', async () => {
  const line = await openLine();
  const noun = '<Start><Transcription name="desk"/></Start>';
  const { sid } = await line.call(`${noun}${noun}<Pause length="600"/>`);
  await eventually(() => expect(line.line.alerts()).toMatchObject([{ code: 32650, callSid: sid }]));
  expect(await line.status(sid)).toBe('in-progress');
});
