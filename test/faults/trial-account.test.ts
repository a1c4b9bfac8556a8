import { expect, it } from 'vitest';
import { testPerson } from '../practice/people.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, openFaultDesk, outcomes } from './desk-on-practice.ts';

const quiet = testPerson({ verified: true });
const stranger = testPerson({ number: '+14155550122' });

async function openTrial(): Promise<FaultDesk> {
  return openFaultDesk({ people: [quiet, stranger], pretend: { trial: true } });
}

async function dialled(desk: FaultDesk): Promise<string> {
  const { callId } = await desk.run({ command: 'dial', to: quiet.number });
  await until(() => desk.events.some(({ event }) => event === 'gather-started'));
  return desk.call(callId)?.sid ?? '';
}

/** Whether anything was told of this kind since. */
function later(desk: FaultDesk, event: string): () => boolean {
  const before = desk.events.length;
  return () => desk.events.slice(before).some(told => told.event === event);
}

/** Whether one side said so, and nothing of it changes any more. */
function isHeard({ app }: FaultDesk, side: 'them' | 'us', words: RegExp): boolean {
  return app
    .state()
    .segments.some(({ speaker, text, isFinal }) => isFinal && speaker === side && words.test(text));
}

it('carries a call as words both ways, and streams nothing', async () => {
  const desk = await openTrial();
  expect(desk.app.state().line.account?.type).toBe('trial');
  const sid = await dialled(desk);
  expect(desk.call(sid)).toMatchObject({ status: 'live', carrier: 'gather', stream: false });

  // Words that are spoken before Twilio has its document are not heard.
  await until(listensAfter(desk));
  await desk.practice.say(sid, 'My parcel is late.');
  await until(() => isHeard(desk, 'them', /parcel is late/i));

  const before = desk.practice.heardBy(sid)?.length ?? 0;
  await desk.run({ command: 'say', callSid: sid, text: 'It comes tomorrow.' });
  await until(() => desk.practice.heardBy(sid)?.subarray(before).some(loud) === true);
  expect(isHeard(desk, 'us', /It comes tomorrow\./)).toBe(true);

  const keys = later(desk, 'digits-received');
  await until(listensAfter(desk, 'It comes tomorrow.'));
  desk.practice.sendDigits(sid, '42#');
  await until(keys);
  expect(desk.events.find(({ event }) => event === 'digits-received')).toMatchObject({
    digits: '42',
  });

  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.events.some(({ event }) => event === 'stream-started')).toBe(false);
  expect(outcomes(await desk.history())).toEqual(['outbound hung-up-here']);
});

it('is answered here when somebody calls, and ends when they hang up', async () => {
  const desk = await openTrial();
  const sid = await desk.ringIn();
  await desk.run({ command: 'answer', callSid: sid });
  await desk.comes('live', sid);
  expect(desk.call(sid)).toMatchObject({ carrier: 'gather' });
  desk.practice.farHangUp(sid);
  await desk.comes('ended', sid);
  expect(outcomes(await desk.history())).toEqual(['inbound hung-up-there']);
});

it('tells that an unverified number cannot be called, and leaves the call as failed', async () => {
  const desk = await openTrial();
  const outcome = await desk.app.run({ command: 'dial', to: stranger.number });
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'trial-account', code: '21219' } });
  expect(desk.call()).toMatchObject({ status: 'ended', reason: 'failed' });
  expect(outcomes(await desk.history())).toEqual(['outbound failed']);
});

it('refuses a sixth call and keeps the five', async () => {
  const desk = await openTrial();
  for (let i = 0; i < 5; i += 1) await desk.run({ command: 'dial', to: quiet.number });
  expect(await desk.refused({ command: 'dial', to: quiet.number })).toBe('rate-limited');
  await until(() => desk.app.state().calls.filter(({ status }) => status === 'live').length === 5);
  expect(outcomes(await desk.history()).sort()).toEqual([
    'outbound failed',
    ...Array<string>(5).fill('outbound hung-up-here'),
  ]);
});

/** Whether Twilio has been given a document that listens, after the one that speaks these words. */
function listensAfter({ asked }: FaultDesk, words = ''): () => boolean {
  const has = (text: string) => (document: string) => document.includes(text);
  return () => {
    const documents = asked.flatMap(({ twiml }) => twiml ?? []);
    const spoken = documents.findIndex(has(words));
    return spoken >= 0 && documents.slice(spoken).some(has('<Gather'));
  };
}

function loud(sample: number): boolean {
  return Math.abs(sample) > 1000;
}
