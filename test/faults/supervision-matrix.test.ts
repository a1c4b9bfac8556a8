import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FRAME_MS, SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import type { Mode } from '../../electron/core/room.ts';
import type { RestFault } from '../../electron/practice/pretences.ts';
import { roughness } from '../support/playout-run.ts';
import { amplitudeAt } from '../support/tones.ts';
import { type Supervised, type SupervisionDesk, withSupervisionDesk } from './supervision-desk.ts';
import { framesIn, TONES, voicesIn } from './who-hears.ts';

/** What the desk heard before its seat joined, to compare with: 400 ms. */
const SWITCH_SAMPLES = 0.4 * SAMPLE_RATE_HZ;

/** So much of the sound may be missing or uneven while it changes over, in ms. */
const GAP_MS = 60;

/** How long everybody is listened to in each state, in ms. */
const LISTEN_MS = 200;

/** How much faster than real the walks are. */
const SPEED = 2;

/** Every change comes late: whoever left it to Twilio to shut the microphone would leak all that is said meanwhile. */
const SLOW: RestFault = {
  method: 'POST',
  path: /\/Participants\/CA/,
  times: 1000,
  delayMs: 300,
  when: 'before',
};

/** How often it is listened to who is not heard at first. */
const MOST_TRIES = 4;

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

/**
 * Each hears whom they are to hear, and nobody else for a moment. A busy computer loses sound, and never
 * brings any: who is not heard is listened to again.
 */
async function expectHearing(
  desk: SupervisionDesk,
  call: Supervised,
  expected: Hearing,
  about: string,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const found = await hearing(desk, call);
    for (const who of ['customer', 'agent', 'speaker'] as const) {
      const others = found[who].filter(voice => !expected[who].includes(voice.replace('?', '')));
      expect(others, `${about}: the ${who} hears besides`).toEqual([]);
    }
    if (isDeepStrictEqual(found, expected)) return;
    if (tries === MOST_TRIES) expect(found, about).toEqual(expected);
  }
}

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

/** Said of what reached somebody it was not meant for. */
const LEAKED = 'leaked';

/** A busy computer brings sound late, and not all of it. What leaked once has leaked. */
const retry = {
  count: 2,
  condition: ({ message }: { message: string }) => !message.includes(LEAKED),
};

describe.concurrent('who hears whom', { retry }, () => {
  it.each(WALKS.map(walk => [walk.join(' → '), walk] as const))('%s', (_, walk) =>
    withSupervisionDesk({ speed: SPEED }, async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      await expectHearing(desk, call, TALK, 'listening');
      desk.practice.pretend({ restFaults: [SLOW] });
      try {
        await takeWalk(desk, call, callId, walk.slice(1));
      } finally {
        expect(desk.leaks(call.customer), `${LEAKED} to the customer`).toEqual([]);
        expect(desk.leaks(call.agent), `${LEAKED} to the agent`).toEqual([]);
      }
    }),
  );
});

/** Goes through modes, each with its microphone shut and then open, and leaves. */
async function takeWalk(
  desk: SupervisionDesk,
  call: Supervised,
  callId: string,
  modes: readonly Mode[],
): Promise<void> {
  for (const mode of modes) {
    await desk.bring(callId, mode);
    await expectHearing(desk, call, SHUT[mode], `${mode}, shut`);
    if (mode === 'listen') continue;
    await desk.speak(callId);
    await expectHearing(desk, call, OPEN[mode], `${mode}, open`);
  }
  await desk.run({ command: 'leave', callId });
  await desk.passes(1000);
  await expectHearing(desk, call, { ...TALK, speaker: [] }, 'left');
  const inside = await desk.inside(call);
  expect(inside.map(({ label, hold, muted }) => ({ label, hold, muted }))).toEqual([
    { label: 'customer', hold: false, muted: false },
    { label: 'agent', hold: false, muted: false },
  ]);
}

// Its sound is judged to 20 ms: a busy computer may lose some of it, so nothing else is tried beside it.
describe('what the desk hears', { retry: 3 }, () => {
  it('goes on when its seat joins: as loud as before, never twice, without a gap or a click', () =>
    withSupervisionDesk({}, async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      await desk.passes(700);
      const from = desk.device.heard().length;
      await desk.ask(callId, 'listen');
      await desk.bring(callId, 'whisper');
      await desk.passes(600);
      const heard = desk.device.heard();
      const before = heard.slice(from - SWITCH_SAMPLES, from);
      const during = heard.slice(from - SWITCH_SAMPLES);
      for (const voice of ['customer', 'agent'] as const) {
        const usual = amplitudeAt(before, TONES[voice]);
        const levels = framesIn(during).map(frame => amplitudeAt(frame, TONES[voice]) / usual);
        const uneven = levels.filter(level => level < 0.79 || level > 1.26).length;
        expect(uneven * FRAME_MS, `${voice}: beyond 2 dB`).toBeLessThanOrEqual(GAP_MS);
      }
      expect(roughness(during).step).toBeLessThan(1.4 * roughness(before).step);
    }));
});
