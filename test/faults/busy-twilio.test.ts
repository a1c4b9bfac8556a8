import { expect, it } from 'vitest';
import type { RestFault } from '../../electron/practice/pretences.ts';
import { testPerson } from '../practice/people.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, hummer, openFaultDesk, outcomes } from './desk-on-practice.ts';

const slow = testPerson({ pickUp: { does: 'answer', afterMs: 8000 } });

/** The answer to the next call that is made or changed is lost, whatever else is asked meanwhile. */
const LOST: RestFault = { method: 'POST', path: /\/Calls/, times: 1, when: 'lost' };

/** Every call that Twilio knows of. */
async function callsAt({ practice }: FaultDesk) {
  return (await createTwilioClient(practice).calls.list()).map(({ sid, status }) => ({
    sid,
    status: String(status),
  }));
}

it('dials once although Twilio wants no more requests for a while', async () => {
  const desk = await openFaultDesk();
  desk.practice.pretend({ tooManyRequests: 3 });
  const sid = await desk.talk();
  await desk.soundFlows(sid);
  expect(await callsAt(desk)).toMatchObject([{ sid }]);
});

it('tells that Twilio takes no more when it goes on for too long, and calls nobody', async () => {
  const desk = await openFaultDesk();
  desk.practice.pretend({ tooManyRequests: 100 });
  expect(await desk.refused({ command: 'dial', to: hummer.number })).toBe('rate-limited');
  desk.practice.pretend({ tooManyRequests: 0 });
  expect(await callsAt(desk)).toEqual([]);
  expect(desk.call()).toMatchObject({ status: 'ended', reason: 'failed' });
});

it('hangs up although Twilio wants no more requests for a while', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ tooManyRequests: 3 });
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.twilio.get(sid)?.status).toBe('completed');
  expect(desk.told(sid).at(-1)).toBe('ended hung-up-here');
});

it('fetches a waiting caller although Twilio wants no more requests for a while', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.ringIn();
  await desk.run({ command: 'enqueue', callSid: sid });
  await desk.comes('waiting', sid);
  desk.practice.pretend({ tooManyRequests: 3 });
  await desk.run({ command: 'answer', callSid: sid });
  await desk.soundFlows(sid);
  expect(desk.told(sid)).toEqual(['ringing', 'waiting', 'answered']);
});

it('keeps a waiting caller who could not be fetched, to be answered later', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.ringIn();
  await desk.run({ command: 'enqueue', callSid: sid });
  await desk.comes('waiting', sid);
  desk.practice.pretend({ wrongToken: true });
  expect(await desk.refused({ command: 'answer', callSid: sid })).toBe('credentials-refused');
  desk.practice.pretend({ wrongToken: false });
  expect(desk.call(sid)?.status).toBe('waiting');
  await desk.run({ command: 'answer', callSid: sid });
  await desk.soundFlows(sid);
});

it('does not dial again when Twilio fails, and says that the call is uncertain', async () => {
  const desk = await openFaultDesk({ speed: 50 });
  desk.practice.pretend({ serverErrors: 1 });
  const outcome = await desk.app.run({ command: 'dial', to: hummer.number });
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'call-uncertain', code: '503' } });
  expect(desk.call()).toMatchObject({ status: 'dialing' });
  await desk.comes('ended');
  expect(await callsAt(desk)).toEqual([]);
  expect(outcomes(await desk.history())).toEqual(['outbound failed']);
});

it('hangs up through a failure of Twilio’s', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ serverErrors: 2 });
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.told(sid).at(-1)).toBe('ended hung-up-here');
});

it('takes on a call that Twilio made although the answer was lost', async () => {
  const desk = await openFaultDesk();
  desk.practice.pretend({ restFaults: [LOST] });
  const outcome = await desk.app.run({ command: 'dial', to: hummer.number });
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'call-uncertain' } });
  await desk.comes('live');
  const [sid = ''] = desk.twilio.keys();
  await desk.soundFlows(sid);
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.told(sid)).toEqual([
    'requested',
    'named',
    'ringing',
    'answered',
    'ended hung-up-here',
  ]);
  expect(await callsAt(desk)).toMatchObject([{ sid, status: 'completed' }]);
  expect(outcomes(await desk.history())).toEqual(['outbound hung-up-here']);
});

it('lets no ghost in when a call was given up that Twilio made without saying so', async () => {
  const desk = await openFaultDesk({ people: [slow] });
  desk.practice.pretend({ restFaults: [LOST], callbackDelayMs: 600_000 });
  expect(await desk.refused({ command: 'dial', to: slow.number })).toBe('call-uncertain');
  expect(desk.call()).toMatchObject({ status: 'dialing' });
  await desk.run({ command: 'hang-up', callId: desk.call()?.id });
  expect(desk.call()).toMatchObject({ status: 'ended', reason: 'cancelled' });
  await until(() => [...desk.twilio.values()].some(({ status }) => status === 'completed'));
  await desk.passes(500);
  expect(desk.events.some(({ event }) => event === 'stream-started')).toBe(false);
  expect(await callsAt(desk)).toHaveLength(1);
  expect(outcomes(await desk.history())).toEqual(['outbound cancelled']);
});

it('hangs up when only the answer to it was lost', async () => {
  const desk = await openFaultDesk();
  const sid = await desk.talk();
  desk.practice.pretend({ restFaults: [LOST] });
  await desk.run({ command: 'hang-up', callSid: sid });
  await desk.comes('ended', sid);
  expect(desk.told(sid)).toEqual([
    'requested',
    'named',
    'ringing',
    'answered',
    'ended hung-up-here',
  ]);
});

it('hangs up a call that was asked for but not confirmed yet', async () => {
  const desk = await openFaultDesk({ people: [slow] });
  desk.practice.pretend({ slowRestMs: 2000 });
  const dialling = desk.app.run({ command: 'dial', to: slow.number });
  await until(() => desk.call() !== undefined);
  await desk.run({ command: 'hang-up', callId: desk.call()?.id });
  await dialling;
  await desk.comes('ended');
  desk.practice.pretend({ slowRestMs: 0 });
  expect(await callsAt(desk)).toMatchObject([{ status: 'canceled' }]);
  expect(outcomes(await desk.history())).toEqual(['outbound cancelled']);
});

it('leaves nothing at Twilio when it ends while a call is asked for', async () => {
  const desk = await openFaultDesk({ people: [slow] });
  desk.practice.pretend({ slowRestMs: 700 });
  const dialling = desk.app.run({ command: 'dial', to: slow.number });
  await until(() => desk.call() !== undefined);
  const kept = await desk.history();
  await dialling;
  desk.practice.pretend({ slowRestMs: 0 });
  expect(await callsAt(desk)).toMatchObject([{ status: 'canceled' }]);
  expect(outcomes(kept)).toEqual(['outbound cancelled']);
});

it('leaves nothing at Twilio when it ends with calls that ring, wait and are live', async () => {
  const people = [
    hummer,
    slow,
    ...['+14155550131', '+14155550132', '+14155550133'].map(number => testPerson({ number })),
  ].map((person, i) => (i === 1 ? { ...person, number: '+14155550130' } : person));
  const desk = await openFaultDesk({ people });
  await desk.run({ command: 'dial', to: '+14155550130' });
  await desk.comes('ringing');
  await desk.takeIn('+14155550131');
  const waiting = await desk.ringIn('+14155550132');
  await desk.run({ command: 'enqueue', callSid: waiting });
  await desk.comes('waiting', waiting);
  await desk.ringIn('+14155550133');
  const kept = await desk.history();
  const left = (await callsAt(desk)).filter(({ status }) =>
    ['queued', 'ringing', 'in-progress'].includes(status),
  );
  expect(left).toEqual([]);
  expect(outcomes(kept).sort()).toEqual([
    'inbound declined',
    'inbound declined',
    'inbound hung-up-here',
    'outbound cancelled',
  ]);
});
