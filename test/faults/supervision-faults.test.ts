import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Mode } from '../../electron/core/room.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import type { RestFault } from '../../electron/practice/pretences.ts';
import { until } from '../support/until.ts';
import { type Supervised, type SupervisionDesk, withSupervisionDesk } from './supervision-desk.ts';
import { voicesIn } from './who-hears.ts';

/** How much faster than real both sides run: sound must be right. */
const SPEED = 3;

/** Whom the customer and the agent hear from now on, without music. */
async function hearing(desk: SupervisionDesk, { customer, agent }: Supervised) {
  const heard = (sid: string) => desk.practice.heardBy(sid) ?? new Int16Array();
  const before = { customer: heard(customer).length, agent: heard(agent).length };
  await desk.passes(300);
  return {
    customer: voicesIn(heard(customer).subarray(before.customer)),
    agent: voicesIn(heard(agent).subarray(before.agent)),
  };
}

const EACH_OTHER = { customer: ['agent'], agent: ['customer'] };

/** The microphone reaches nobody, and a person is told why. @returns the words */
function closedWithWords(desk: SupervisionDesk, callId: string): string {
  const state = desk.app.state();
  expect(soundPlan(state).microphone).toBeNull();
  const found = state.problems.find(({ id }) => id === `supervision-${callId}`);
  return found?.problem.message ?? '';
}

/** Leaves, and looks that nothing of this desk is left and the others go on. */
async function leavesNothing(desk: SupervisionDesk, call: Supervised, callId: string) {
  const state = desk.app.state().calls.find(({ id }) => id === callId);
  if (state?.status === 'live') await desk.run({ command: 'leave', callId });
  await until(async () => {
    const inside = await desk.inside(call);
    return inside.length === 2 && inside.every(({ hold }) => !hold);
  });
  const labels = (await desk.inside(call)).map(({ label }) => label);
  expect(labels).toEqual(['customer', 'agent']);
  // Busy computers lose sound for moments, never bring sound that is not there.
  await until(async () => isDeepStrictEqual(await hearing(desk, call), EACH_OTHER));
}

/** Gets somebody whispered to, with an open microphone. */
async function whispering(desk: SupervisionDesk) {
  const call = await desk.meet();
  const callId = await desk.listen(call.customer);
  expect(await desk.ask(callId, 'whisper')).toBe('confirmed');
  await desk.speak(callId);
  await desk.passes(400);
  const seat = desk.room(callId)?.seat?.sid ?? '';
  return { call, callId, seat };
}

/** What can become of one request for a change. */
const FAULTS = {
  refused: { status: 400, code: 20001, when: 'before' },
  half: { status: 400, code: 20001, when: 'after' },
  lost: { when: 'lost' },
  slow: { delayMs: 6000, when: 'after' },
  busy: { status: 429, code: 20429, when: 'before' },
  gone: { status: 404, code: 20404, when: 'before' },
} as const satisfies Record<string, Partial<RestFault>>;

const KINDS = ['refused', 'half', 'lost', 'slow', 'busy', 'gone'] as const;

/** Changes of participants, our seat's and others'. */
const PARTICIPANT = /\/Participants\/CA[0-9a-f]{32}\.json$/;

/** So often is a request sent until it is given up. */
const TRIES: Readonly<Record<(typeof KINDS)[number], number>> = {
  refused: 1,
  half: 1,
  lost: 4,
  slow: 1,
  busy: 1,
  gone: 1,
};

/** From and to, and how many changes of participants lie between. */
const WAYS = [
  ['listen', 'whisper', 3],
  ['whisper', 'barge', 3],
  ['barge', 'takeover', 4],
  ['takeover', 'whisper', 4],
  ['whisper', 'takeover', 4],
  ['takeover', 'barge', 4],
  ['barge', 'whisper', 3],
  ['whisper', 'listen', 2],
  ['listen', 'barge', 3],
  ['barge', 'listen', 2],
  ['listen', 'takeover', 4],
  ['takeover', 'listen', 3],
] as const satisfies readonly (readonly [Mode, Mode, number])[];

/** Brings a call to a mode with an open microphone; what went wrong before may still have to be put right. */
async function brought(desk: SupervisionDesk, callId: string, mode: Mode): Promise<void> {
  await until(async () => (await desk.ask(callId, mode)) === 'confirmed', 20_000);
  if (mode !== 'listen') await desk.speak(callId);
  await desk.passes(200);
}

describe.concurrent('a change of which a request fails', () => {
  it.each(WAYS.map((way, i) => [`${way[0]} → ${way[1]}`, way, i] as const))(
    'never lets anybody hear who is not meant to: %s',
    async (_, [from, to, changes], round) => {
      await withSupervisionDesk({ speed: SPEED }, async desk => {
        const call = await desk.meet();
        const callId = await desk.listen(call.customer);
        for (let change = 0; change < changes; change += 1) {
          const kind = KINDS[(round * 2 + change) % KINDS.length] ?? 'refused';
          const about = `${from} → ${to}, ${kind} at change ${change + 1}`;
          await brought(desk, callId, from);
          desk.practice.pretend({
            restFaults: [
              { method: 'POST', path: PARTICIPANT, times: change, when: 'before' },
              { method: 'POST', path: PARTICIPANT, times: TRIES[kind], ...FAULTS[kind] },
            ].filter(({ times }) => times > 0),
          });
          const answer = await desk.ask(callId, to);
          if (answer !== 'confirmed') {
            expect(answer, about).toMatch(/You are still only listening|Your microphone is closed/);
            expect(closedWithWords(desk, callId), about).toBe(answer);
          } else if (to !== 'listen') await desk.speak(callId);
          await desk.passes(400);
          desk.practice.pretend({ restFaults: [] });
          expect(desk.leaks(call.customer), `the customer: ${about}`).toEqual([]);
          expect(desk.leaks(call.agent), `the agent: ${about}`).toEqual([]);
        }
        await leavesNothing(desk, call, callId);
        expect(desk.leaks(call.customer)).toEqual([]);
        expect(desk.leaks(call.agent)).toEqual([]);
      });
    },
  );
});
