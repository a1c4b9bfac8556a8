import { expect, it } from 'vitest';
import type { Pretences } from '../../electron/practice/pretences.ts';
import { testPerson } from '../practice/people.ts';
import { postSigned } from '../support/signed-request.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, hummer, openFaultDesk, outcomes } from './desk-on-practice.ts';

const NEVER_MS = 3_600_000;
const unreached = testPerson({ number: '+14155550140', pickUp: { does: 'ring-out' } });
const busy = testPerson({ number: '+14155550141', pickUp: { does: 'busy', afterMs: 500 } });

/** Every way in which callbacks come. */
const WAYS: readonly Partial<Pretences>[] = [
  {},
  { repeatCallbacks: true },
  { shuffleCallbacks: true },
  { callbackDelayMs: 3000 },
  { repeatCallbacks: true, shuffleCallbacks: true, callbackDelayMs: 1000 },
];

/** Waits until Twilio has nothing more to tell of its calls. */
async function allIsTold(desk: FaultDesk, finals: number): Promise<void> {
  const ends = () =>
    desk.asked.filter(
      ({ kind, params, status }) => kind === 'status' && status === 204 && 'CallDuration' in params,
    ).length;
  await until(() => ends() >= finals);
  await desk.passes(2000);
}

it.each(WAYS)('tells of every call once and in order when callbacks come as %j', async pretend => {
  const desk = await openFaultDesk({ people: [hummer, busy, unreached], pretend });
  await desk.run({ command: 'change-settings', settings: { dialSeconds: 5 } });
  const dialled = async (to: string) => (await desk.run({ command: 'dial', to })).callId;
  const left = await desk.talk();
  const unanswered = await dialled(unreached.number);
  const engaged = await dialled(busy.number);
  const missed = await desk.ringIn();
  desk.practice.farHangUp(missed);
  const taken = await desk.takeIn();
  await desk.soundFlows(taken);
  desk.practice.farHangUp(taken);
  desk.practice.farHangUp(left);
  const calls = [left, unanswered, engaged, missed, taken];
  for (const call of calls) await desk.comes('ended', call);
  await allIsTold(desk, pretend.repeatCallbacks === true ? 10 : 5);
  const told = calls.map(call => desk.told(call).filter(word => word !== 'named'));
  const dialledToo = told.slice(0, 3);
  expect(dialledToo.map(words => words[0])).toEqual(['requested', 'requested', 'requested']);
  expect(dialledToo.map(words => words.slice(1).filter(word => word !== 'ringing'))).toEqual([
    ['answered', 'ended hung-up-there'],
    ['ended no-answer'],
    ['ended busy'],
  ]);
  expect(told.slice(3)).toEqual([
    ['ringing', 'ended missed'],
    ['ringing', 'answered', 'ended hung-up-there'],
  ]);
  const kept = await desk.history();
  expect(new Set(kept.map(({ sid }) => sid)).size).toBe(5);
  expect(outcomes(kept).sort()).toEqual([
    'inbound hung-up-there',
    'inbound missed',
    'outbound busy',
    'outbound hung-up-there',
    'outbound no-answer',
  ]);
});

it('finds the end of a call of which no callback ever comes', async () => {
  const desk = await openFaultDesk({
    people: [hummer, busy],
    pretend: { callbackDelayMs: NEVER_MS },
    speed: 25,
  });
  const sid = await desk.talk();
  desk.practice.farHangUp(sid);
  await desk.comes('ended', sid);
  expect(desk.told(sid).at(-1)).toBe('ended hung-up-there');
  const { callId } = await desk.run({ command: 'dial', to: busy.number });
  await desk.comes('ended', callId);
  expect(desk.told(callId).at(-1)).toBe('ended busy');
  const missed = await desk.ringIn();
  desk.practice.farHangUp(missed);
  await desk.comes('ended', missed);
  expect(desk.told(missed).at(-1)).toBe('ended missed');
});

it('ends in the same state in every order of the callbacks of a call', async () => {
  const desk = await openFaultDesk({
    people: [unreached],
    pretend: { callbackDelayMs: NEVER_MS },
  });
  await desk.run({ command: 'change-settings', settings: { dialSeconds: 600 } });
  for (const order of orders(['initiated', 'ringing', 'in-progress', 'completed'])) {
    const { callId } = await desk.run({ command: 'dial', to: unreached.number });
    for (const status of [...order, ...order]) await tell(desk, callId, status);
    const told = desk.told(callId).filter(word => word !== 'named');
    expect(told.at(-1), String(order)).toBe('ended hung-up-there');
    expect(told.filter(word => word === 'answered')).toHaveLength(1);
    expect(desk.call(callId)).toMatchObject({ status: 'ended', reason: 'hung-up-there' });
  }
  const kept = await desk.history();
  expect(new Set(outcomes(kept))).toEqual(new Set(['outbound hung-up-there']));
  expect(kept).toHaveLength(24);
});

/** Tells the app a status of a call, as Twilio does. */
async function tell(desk: FaultDesk, callId: string, status: string): Promise<void> {
  const url = `${desk.app.publicUrl()}/voice/status?callId=${callId}`;
  const params = {
    CallSid: desk.call(callId)?.sid ?? '',
    CallStatus: status,
    Direction: 'outbound-api',
    From: desk.practice.number,
    To: unreached.number,
  };
  const reply = await postSigned(url, params, desk.practice.authToken);
  expect(reply.status).toBe(204);
}

/** Every order of some words. */
function orders(words: readonly string[]): string[][] {
  if (words.length === 0) return [[]];
  return words.flatMap(first =>
    orders(words.filter(word => word !== first)).map(rest => [first, ...rest]),
  );
}
