import { describe, expect, it } from 'vitest';
import type { Mode } from '../../electron/core/room.ts';
import { type Supervised, type SupervisionDesk, withSupervisionDesk } from './supervision-desk.ts';
import { TAIL_MS, voicesIn } from './who-hears.ts';

/** How long everybody is listened to in each state, in ms. */
const LISTEN_MS = 200;

/** How long sound takes from a change until all of it is as it will be, in ms: to the speaker it is the longest. */
const ARRIVES_MS = 300;

/** Whom each of the call hears, and the desk. Source: twilio.md §9.2. */
type Hearing = {
  readonly customer: readonly string[];
  readonly agent: readonly string[];
  readonly speaker: readonly string[];
};

const TALK: Hearing = {
  customer: ['agent'],
  agent: ['customer'],
  speaker: ['customer', 'agent'],
};

/** With the agent on hold, who hears music. */
const HELD: Hearing = { customer: [], agent: [], speaker: ['customer'] };

/** While the microphone is shut. */
const SHUT: Readonly<Record<Mode, Hearing>> = {
  listen: TALK,
  whisper: TALK,
  barge: TALK,
  takeover: HELD,
};

/** While it is open. */
const OPEN: Readonly<Record<Exclude<Mode, 'listen'>, Hearing>> = {
  whisper: { ...TALK, agent: ['customer', 'desk'] },
  barge: { ...TALK, customer: ['agent', 'desk'], agent: ['customer', 'desk'] },
  takeover: { ...HELD, customer: ['desk'] },
};

/** Walks through the modes that take each way from one to another, and leave from each. */
const WALKS: readonly (readonly Mode[])[] = [
  ['listen', 'whisper', 'listen', 'barge', 'listen', 'takeover'],
  ['listen', 'takeover', 'whisper', 'barge', 'whisper'],
  ['listen', 'whisper', 'takeover', 'barge', 'takeover', 'listen'],
  ['listen', 'barge'],
];

/** Whom each hears from now on. */
async function hearing(desk: SupervisionDesk, call: Supervised): Promise<Hearing> {
  const heard = () => ({
    customer: desk.practice.heardBy(call.customer) ?? new Int16Array(),
    agent: desk.practice.heardBy(call.agent) ?? new Int16Array(),
    speaker: desk.device.heard(),
  });
  await desk.passes(ARRIVES_MS);
  const before = heard();
  await desk.passes(LISTEN_MS);
  const after = heard();
  const since = (who: keyof Hearing) => voicesIn(after[who].subarray(before[who].length));
  const isHeld = (await desk.inside(call)).some(one => one.callSid === call.agent && one.hold);
  return {
    customer: since('customer'),
    // Music has all tones a little.
    agent: isHeld
      ? since('agent').filter(voice => !/^(customer|agent)\?$/.test(voice))
      : since('agent'),
    speaker: since('speaker'),
  };
}

it('takes every way from one mode to another', () => {
  const ways = WALKS.flatMap(walk => walk.slice(1).map((to, i) => `${walk[i]} ${to}`));
  expect(new Set(ways).size).toBe(12);
  expect(new Set(WALKS.map(walk => walk.at(-1))).size).toBe(4);
});

describe.concurrent('who hears whom', () => {
  it.each(WALKS.map(walk => [walk.join(' → '), walk] as const))('%s', async (_, walk) => {
    await withSupervisionDesk({}, async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      expect(await hearing(desk, call), 'listening').toEqual(TALK);
      for (const mode of walk.slice(1)) {
        expect(await desk.ask(callId, mode), mode).toBe('confirmed');
        expect(await hearing(desk, call), `${mode}, shut`).toEqual(SHUT[mode]);
        if (mode === 'listen') continue;
        await desk.speak(callId);
        expect(await hearing(desk, call), `${mode}, open`).toEqual(OPEN[mode]);
      }
      await desk.run({ command: 'leave', callId });
      await desk.passes(1000);
      expect(await hearing(desk, call), 'left').toEqual({ ...TALK, speaker: [] });
      const inside = await desk.inside(call);
      expect(inside.map(({ label, hold, muted }) => ({ label, hold, muted }))).toEqual([
        { label: 'customer', hold: false, muted: false },
        { label: 'agent', hold: false, muted: false },
      ]);
      expect(desk.leaks(call.customer), `customer, ${TAIL_MS} ms allowed`).toEqual([]);
      expect(desk.leaks(call.agent), `agent, ${TAIL_MS} ms allowed`).toEqual([]);
    });
  });
});
