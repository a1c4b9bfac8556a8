import { expect, it, vi } from 'vitest';
import type { Call } from '../../electron/core/call.ts';
import { NO_PRETENCES, type Pretences } from '../../electron/practice/pretences.ts';
import { testPerson } from '../practice/people.ts';
import { createTwilioClient } from '../practice/twilio-client.ts';
import { until } from '../support/until.ts';
import { type FaultDesk, HUM, openFaultDesk } from './desk-on-practice.ts';

const people = Array.from({ length: 9 }, (_, i) =>
  testPerson({
    number: `+1415555012${i}`,
    script: HUM,
    pickUp:
      i % 3 === 0
        ? { does: 'busy', afterMs: 300 }
        : { does: 'answer', afterMs: i % 3 === 1 ? 40 : 3000 },
    patienceMs: 20_000,
  }),
);

/** One fault after the other, or several together. */
const WEATHER: readonly Partial<Pretences>[] = [
  { tooManyRequests: 2 },
  { serverErrors: 1 },
  { lostReplies: 1 },
  { wrongToken: true },
  { unreachable: true },
  { callbackDelayMs: 2000, shuffleCallbacks: true },
  { repeatCallbacks: true, replayWebhooks: true },
  { slowWebhooksMs: 1500 },
  { slowRestMs: 500 },
  {},
];

/** Numbers from 0 to 1 that are the same in every run. Source: Numerical Recipes, its quick generator. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What one could do next with what is there. */
async function act(desk: FaultDesk, random: () => number): Promise<void> {
  const { calls } = desk.app.state();
  const open = calls.filter(({ status }) => status !== 'ended');
  const call = open[Math.floor(random() * open.length)];
  const person = people[Math.floor(random() * people.length)]?.number ?? '';
  const chosen = random();
  if (open.length < 5 && chosen < 0.35) {
    if (chosen < 0.2) return void desk.app.run({ command: 'dial', to: person });
    return void (await desk.practice.ringIn(person));
  }
  if (call === undefined) return;
  const callId = call.id;
  if (chosen < 0.45 && call.sid !== null) desk.practice.farHangUp(call.sid);
  else if (chosen < 0.55) void desk.app.run({ command: 'hang-up', callId });
  else if (chosen < 0.75) void desk.app.run({ command: 'answer', callId });
  else if (chosen < 0.82) void desk.app.run({ command: 'enqueue', callId });
  else if (chosen < 0.88) void desk.app.run({ command: 'decline', callId });
  else if (chosen < 0.94) desk.practice.loseStreams();
  else void desk.app.run({ command: 'send-digits', callId, digits: '5' });
}

/** The calls that Twilio has not ended, in the order of their names. */
async function standingThere({ practice }: FaultDesk): Promise<(string | null)[]> {
  const calls = await createTwilioClient(practice).calls.list();
  return calls
    .filter(({ status }) => ['queued', 'ringing', 'in-progress'].includes(status))
    .map(({ sid }) => sid)
    .sort();
}

function standingHere({ app }: FaultDesk): (string | null)[] {
  return app
    .state()
    .calls.filter(({ status }) => status !== 'ended')
    .map(({ sid }) => sid)
    .sort();
}

/** Callers of whom the app was told at least once. */
function toldCallers({ twilio, asked }: FaultDesk): string[] {
  const wasTold = (callSid: string): boolean =>
    asked.some(({ params, status }) => params['CallSid'] === callSid && (status ?? 500) < 300);
  return [...twilio.values()]
    .filter(({ direction, sid }) => direction === 'inbound' && wasTold(sid))
    .map(({ sid }) => sid);
}

function twice<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

it.each([1, 2])('keeps desk and Twilio of one mind through bad weather, seed %i', async seed => {
  const random = dice(seed);
  const desk = await openFaultDesk({ people, speed: 20 });
  for (let step = 0; step < 60; step += 1) {
    if (step % 4 === 0) {
      const weather = WEATHER[Math.floor(random() * WEATHER.length)];
      desk.practice.pretend({ ...NO_PRETENCES, ...weather });
    }
    await act(desk, random);
    await desk.passes(200 + random() * 800);
  }
  desk.practice.pretend(NO_PRETENCES);

  await vi.waitFor(
    async () => {
      const there = await standingThere(desk);
      expect(standingHere(desk)).toEqual(there);
    },
    { timeout: 60_000, interval: 50 },
  );
  const isHeard = (call: Call): boolean => call.status !== 'live' || call.stream;
  await until(() => desk.app.state().calls.every(isHeard));
  const kept = await desk.history();
  expect(await standingThere(desk)).toEqual([]);
  const ends = desk.events.filter(event => event.event === 'call-ended');
  expect(twice(ends.map(({ callId }) => callId))).toEqual([]);
  for (const { callId } of ends) {
    expect(desk.told(callId).at(-1), 'nothing comes after the end').toMatch(/^ended/);
  }
  const names = kept.flatMap(({ sid }) => sid ?? []);
  expect(twice(names)).toEqual([]);
  expect(toldCallers(desk).filter(sid => !names.includes(sid))).toEqual([]);
});
