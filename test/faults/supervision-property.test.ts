import { describe, expect, it } from 'vitest';
import type { AuditAction, AuditEntry } from '../../electron/core/audit.ts';
import { hearersOf, MODES } from '../../electron/core/room.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import type { RestFault } from '../../electron/practice/pretences.ts';
import { until } from '../support/until.ts';
import {
  type Inside,
  NUMBERS,
  type SupervisionDesk,
  withSupervisionDesk,
} from './supervision-desk.ts';
import { SPEED } from './supervision-outcome.ts';

/** How many calls are gone through, each from its own seed. */
const CALLS = 12;

/** How much happens on each. */
const ACTS = 12;

/** What somebody did elsewhere is known here by then, in ms: two readings of the conference, and their way. */
const KNOWN_MS = 2500;

/** What another desk did to the seat is known here by then, in ms: with the next reading, every 500 ms, and its way. */
const SEAT_KNOWN_MS = 1500;

/** What is open here is what Twilio has by then, in ms: a busy computer may stand still for some seconds. */
const AGREED_MS = 60_000;

/** Numbers from 0 to 1 that are the same for the same seed. Source: mulberry32, public domain. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const FAULTS: readonly RestFault[] = [
  { method: 'POST', path: /\/Participants\/CA/, times: 1, status: 400, when: 'before' },
  { method: 'POST', path: /\/Participants\/CA/, times: 1, status: 400, when: 'after' },
  { method: 'POST', path: /\/Participants\/CA/, times: 4, when: 'lost' },
  { method: 'POST', path: /\/Participants\/CA/, times: 1, delayMs: 4000, when: 'after' },
  {
    method: 'POST',
    path: /\/Participants\/CA/,
    times: 1,
    status: 404,
    code: 20404,
    when: 'before',
  },
  { method: 'POST', path: /\/Participants\.json/, times: 1, when: 'lost' },
  { method: 'POST', path: /\/Participants\.json/, times: 1, status: 400, when: 'before' },
  { method: 'POST', path: /\/Streams/, times: 1, status: 400, when: 'before' },
  { method: 'GET', path: /\/Participants/, times: 2, status: 503, when: 'before' },
  { method: 'DELETE', path: /\/Participants/, times: 1, status: 503, when: 'before' },
  { method: 'POST', path: /\/(?:Participants|Streams)/, times: 2, status: 429, when: 'before' },
];

const isSeat = ({ label }: Inside): boolean => label.startsWith('seat-');

/** Whom the seat's sound reaches by what Twilio has of it. */
function reachedBy(seat: Inside | undefined, inside: readonly Inside[]): readonly string[] {
  if (seat === undefined || seat.muted || seat.hold) return [];
  return inside
    .filter(one => !isSeat(one) && !one.hold)
    .map(({ callSid }) => callSid)
    .filter(sid => !seat.coaching || sid === seat.callSidToCoach)
    .sort();
}

/** One call on which people, other desks and the network do what they like. */
async function randomCall(desk: SupervisionDesk, seed: number): Promise<void> {
  const roll = dice(seed);
  const oneOf = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(roll() * items.length)];
  const call = await desk.meet();
  const { others, practice, app } = desk;
  const conference = others.conferences(call.conferenceSid);
  let callId = await desk.listen(call.customer);
  const met = new Set([call.customer, call.agent]);
  const history: string[] = [];
  /** Calls that were left before a mode was confirmed or refused. */
  const leftAsking = new Set<string>();
  const about = () => `seed ${seed}: ${history.join(', ')}`;

  const excuseAll = (): void => {
    desk.excuse(met, SEAT_KNOWN_MS);
  };
  /** Who comes while the desk speaks to all hears it from the first frame on, and is known here later. */
  const comes = async (sid: string): Promise<void> => {
    met.add(sid);
    desk.excuse([sid], KNOWN_MS);
    await until(() => (practice.heardBy(sid)?.length ?? 0) > 0);
    desk.excuse([sid], KNOWN_MS);
  };
  /** Another desk changes the seat: what it does is known here with the next reading. */
  const elsewhere = async (change: {
    readonly muted?: boolean;
    readonly coaching?: boolean;
    readonly callSidToCoach?: string;
  }) => {
    const sid = desk.room(callId)?.seat?.sid;
    if (sid == null) return;
    excuseAll();
    await conference.participants(sid).update(change);
    excuseAll();
  };
  const agents = () => (desk.room(callId)?.legs ?? []).filter(({ role }) => role === 'agent');
  const command = async (input: object): Promise<void> => {
    await app.run(input);
  };
  const acts: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
    mode: () => {
      const mode = oneOf(MODES) ?? 'listen';
      history.push(mode);
      const names = {
        listen: 'hand-back',
        whisper: 'whisper',
        barge: 'barge',
        takeover: 'take-over',
      };
      const leg = mode === 'whisper' ? oneOf([undefined, ...agents()])?.sid : undefined;
      return command({ command: names[mode], callId, ...(leg === undefined ? {} : { leg }) });
    },
    speak: () => command({ command: 'mute', callId, on: false }),
    key: () => command({ command: 'talk-key', on: roll() < 0.7 }),
    fault: () =>
      practice.pretend({ restFaults: [oneOf(FAULTS) ?? FAULTS[0]].flatMap(one => one ?? []) }),
    hold: () =>
      command({ command: 'hold-person', callId, leg: oneOf(agents())?.sid, on: roll() < 0.5 }),
    agentLeaves: () => {
      const sid = oneOf(agents())?.sid;
      if (sid !== undefined) practice.farHangUp(sid);
    },
    agentComes: async () => {
      excuseAll();
      const to = oneOf(NUMBERS.slice(1)) ?? '';
      const from = practice.numbers[1] ?? '';
      const { callSid } = await conference.participants.create({
        from,
        to,
        label: 'agent',
        beep: 'false',
      });
      await comes(callSid);
    },
    personAdded: async () => {
      const outcome = await app.run({ command: 'add-person', callId, to: oneOf(NUMBERS.slice(1)) });
      if (!outcome.ok || !('legSid' in outcome)) return;
      await comes(String(outcome.legSid));
    },
    seatUnmuted: () => elsewhere({ muted: false }),
    seatMuted: () => elsewhere({ muted: true }),
    seatUncoached: () => elsewhere({ coaching: false }),
    seatCoachesCustomer: () => elsewhere({ coaching: true, callSidToCoach: call.customer }),
    seatRemoved: async () => {
      const sid = desk.room(callId)?.seat?.sid;
      if (sid != null) await conference.participants(sid).remove();
    },
    agentHeldElsewhere: async () => {
      const sid = oneOf(agents())?.sid;
      excuseAll();
      if (sid !== undefined) await conference.participants(sid).update({ hold: roll() < 0.5 });
      excuseAll();
    },
    streamsBreak: () => practice.loseStreams(),
    stepBack: () => app.stepBack('lock'),
    leave: () => {
      if (desk.room(callId)?.requested != null) leftAsking.add(callId);
      return command({ command: 'leave', callId });
    },
  };
  const often = [
    'mode',
    'mode',
    'mode',
    'mode',
    'mode',
    'speak',
    'speak',
    'speak',
    'speak',
    'fault',
    'fault',
  ];

  /** Whether what is open here is what Twilio has; null while something changes. */
  const agreement = async (): Promise<string | null> => {
    const told = desk.events.length;
    const inside = await desk.inside(call);
    expect(inside.filter(isSeat).length, `one seat: ${about()}`).toBeLessThanOrEqual(1);
    if (told !== desk.events.length) return null;
    const room = desk.room(callId);
    if (soundPlan(app.state()).microphone === null || room === null) return '';
    const meant = hearersOf(room)
      .map(({ sid }) => sid)
      .sort();
    const reached = reachedBy(
      inside.find(({ callSid }) => callSid === room.seat?.sid),
      inside,
    );
    return String(meant) === String(reached) ? '' : `${reached} instead of ${meant}`;
  };

  for (let i = 0; i < ACTS; i += 1) {
    const isLive = app.state().calls.some(({ id, status }) => id === callId && status === 'live');
    if (!isLive) {
      if ((await desk.inside(call)).length === 0) break;
      const again = await app.run({ command: 'listen', callSid: call.customer });
      if (!again.ok || !('callId' in again)) break;
      callId = String(again.callId);
    }
    const name = oneOf([...often, ...Object.keys(acts)]) ?? 'mode';
    history.push(name);
    try {
      await acts[name]?.();
    } catch (error) {
      // Others are refused and cut off like this desk.
      if (error instanceof TypeError) throw error;
    }
    await desk.passes(roll() < 0.2 ? 2000 : roll() * 500);
    const startedAt = desk.clock.now();
    for (;;) {
      const found = await agreement();
      if (found === '') break;
      if (found !== null && desk.clock.now() - startedAt > AGREED_MS) {
        expect(found, about()).toBe('');
      }
      if (found === null && desk.clock.now() - startedAt > 4 * KNOWN_MS) break;
      await desk.passes(50);
    }
    for (const sid of met) expect(desk.leaks(sid), `${sid} ${about()}`).toEqual([]);
  }
  practice.pretend({ restFaults: [] });
  await app.run({ command: 'talk-key', on: false });
  await until(() => desk.room(callId)?.requested == null);
  await app.run({ command: 'leave', callId });
  const heldByOthers = history.includes('agentHeldElsewhere');
  await until(async () => {
    const inside = await desk.inside(call);
    const isFree = heldByOthers || inside.every(({ hold }) => !hold);
    return !inside.some(isSeat) && isFree && desk.openStreams() === 0;
  }).catch(async () => {
    expect({ inside: await desk.inside(call), streams: desk.openStreams() }, about()).toBe(
      'nothing left',
    );
  });
  expect(soundPlan(app.state()).microphone).toBeNull();
  const { entries } = await desk.run({ command: 'audit', limit: 10_000 });
  for (const id of new Set(entries.map(entry => entry.callId))) {
    const open = openEnds(entries.filter(entry => entry.callId === id).reverse());
    const isExcused = (end: string): boolean => end === 'mode-asked' && leftAsking.has(id);
    expect(
      open.filter(end => !isExcused(end)),
      about(),
    ).toEqual([]);
  }
}

/** What begins, by what ends it. A mode that is asked for before the one before was answered takes its place. */
const ENDS: Partial<Readonly<Record<AuditAction, string>>> = {
  'stopped-listening': 'listened',
  'fell-silent': 'spoke',
  'left-seat': 'took-seat',
  'mode-changed': 'mode-asked',
  'mode-refused': 'mode-asked',
};

/** What an audit, the oldest first, leaves open. */
function openEnds(entries: readonly AuditEntry[]): readonly string[] {
  const begun = new Set<string>();
  for (const { action } of entries) {
    const beginning = ENDS[action];
    if (beginning !== undefined) begun.delete(beginning);
    else if (Object.values(ENDS).includes(action)) begun.add(action);
  }
  return [...begun];
}

describe.concurrent('a call on which anything happens', { retry: 0 }, () => {
  it.each(Array.from({ length: CALLS }, (_, i) => i + 1))(
    'is never heard by whom it is not meant for, and nothing is left of it: seed %i',
    seed => withSupervisionDesk({ speed: SPEED }, desk => randomCall(desk, seed)),
  );
});
