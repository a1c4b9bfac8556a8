import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { until } from '../support/until.ts';
import type { Supervised, SupervisionDesk } from './supervision-desk.ts';
import { voicesIn } from './who-hears.ts';

/** How much faster than real both sides run: sound must be right. */
export const SPEED = 3;

/** Whom the customer and the agent hear from now on, without music. */
export async function hearing(desk: SupervisionDesk, { customer, agent }: Supervised) {
  const heard = (sid: string) => desk.practice.heardBy(sid) ?? new Int16Array();
  const before = { customer: heard(customer).length, agent: heard(agent).length };
  await desk.passes(300);
  return {
    customer: voicesIn(heard(customer).subarray(before.customer)),
    agent: voicesIn(heard(agent).subarray(before.agent)),
  };
}

/** The two of a call talk to each other, and hear nobody else. */
const EACH_OTHER = { customer: ['agent'], agent: ['customer'] };

/** Waits until the two of a call hear each other and nobody else: a busy computer loses sound for moments. */
export function talkOn(desk: SupervisionDesk, call: Supervised): Promise<void> {
  return until(async () => isDeepStrictEqual(await hearing(desk, call), EACH_OTHER));
}

/** The microphone reaches nobody, and a person is told why. @returns the words */
export function closedWithWords(desk: SupervisionDesk, callId: string): string {
  const state = desk.app.state();
  expect(soundPlan(state).microphone).toBeNull();
  const found = state.problems.find(({ id }) => id === `supervision-${callId}`);
  return found?.problem.message ?? '';
}

/** Leaves, and looks that nothing of this desk is left and the others go on. */
export async function leavesNothing(desk: SupervisionDesk, call: Supervised, callId: string) {
  const state = desk.app.state().calls.find(({ id }) => id === callId);
  if (state?.status === 'live') await desk.run({ command: 'leave', callId });
  const left = async () => (await desk.inside(call)).map(({ label, hold }) => `${label} ${hold}`);
  // A seat that was on its way comes first, and goes.
  await desk.passes(1000);
  await until(async () => String(await left()) === 'customer false,agent false');
  await talkOn(desk, call);
  await until(async () => String(await left()) === 'customer false,agent false');
}
