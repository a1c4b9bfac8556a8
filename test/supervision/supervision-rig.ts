import { asLive } from '../../electron/core/call.ts';
import { type RoomNews, roomName } from '../../electron/core/conference.ts';
import type { ToldEvent } from '../../electron/core/events.ts';
import type { AccountCall, Leg, Room } from '../../electron/core/room.ts';
import { hearersOf } from '../../electron/core/room.ts';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { findCall } from '../../electron/core/state.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createSupervision, type Supervision } from '../../electron/supervision/supervision.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { SOUND_MS, twilioModel, type Weather } from './twilio-model.ts';

/** Replies take 20 ms, news 30 ms, and nothing fails. */
export const FAIR: Weather = { delayMs: () => 10, fault: () => null, newsMs: () => 30, standMs: 0 };

/** A desk with the real fact lane and supervision, on an account in memory. */
export function supervisionRig(weather: Weather = { ...FAIR }) {
  const clock = fakeClock(10_000_000);
  const lane = createFactLane(clock, quietLog, () => 'event');
  const events: ToldEvent[] = [];
  const gates: string[] = [];
  const leaks: string[] = [];
  const agent: string[] = [];
  let ids = 0;
  const model = twilioModel(clock, weather, news => supervision.told(news));
  const supervision: Supervision = createSupervision({
    clock,
    log: quietLog,
    newId: () => `call-${++ids}`,
    state: lane.state,
    emit: lane.emit,
    problem: (id, problem) =>
      lane.emit(
        problem === null
          ? { event: 'problem-cleared', id }
          : { event: 'problem-raised', id, problem },
      ),
    rooms: () => model.line,
    closeGate: callId => {
      gates.push(callId);
    },
    drained: () => new Promise(resume => clock.after(weather.standMs, resume)),
    deskName: () => 'Robin',
    nameOf: number => (number === '+14155550144' ? 'Eva Lind' : null),
    look: () => {},
    instruct: (callId, text) => {
      agent.push(`${callId} told ${text}`);
    },
    lastSpokeAt: () => null,
    agent: {
      silence: id => void agent.push(`${id} silenced`),
      serve: id => void agent.push(`${id} serves`),
      dismiss: id => void agent.push(`${id} dismissed`),
      give: id => void agent.push(`${id} given`),
      whisper: (id, on) => void agent.push(`${id} whispered ${on}`),
    },
  });

  /** Who was meant to hear, whenever that changed while the microphone was open. */
  let meant: readonly { readonly atMs: number; readonly sids: readonly string[] | null }[] = [];

  /** Nobody hears who is not meant to; sound that was sent a moment ago counts as well. */
  const check = (): void => {
    const state = lane.state();
    const open = soundPlan(state).microphone;
    const room = asLive(findCall(state, open))?.room ?? null;
    const now = clock.now();
    const sids = room === null ? null : hearersOf(room).map(leg => leg.sid);
    if (JSON.stringify(meant.at(-1)?.sids ?? null) !== JSON.stringify(sids)) {
      meant = [...meant.filter(({ atMs }) => now - atMs < 10_000), { atMs: now, sids }];
    }
    for (const call of state.calls) {
      if (call.status !== 'live' || call.room === null) continue;
      if (open === call.id) {
        const over = model.hearing(call.id, 0).filter(sid => sids?.includes(sid) !== true);
        if (over.length > 0) leaks.push(`${now}: ${over.join(' ')} would hear ${call.id} now`);
        const { seat, requested } = call.room;
        if (seat?.confirmed == null || requested !== null) leaks.push(`${now}: open in doubt`);
      }
      // Every meaning whose last word is still on its way.
      const lateMs = SOUND_MS + weather.standMs;
      const late = meant.filter(({ sids: then }, i) => {
        const endedAt = meant[i + 1]?.atMs ?? now;
        return then !== null && now - endedAt < lateMs;
      });
      const heard = model.hearing(call.id, lateMs);
      for (const { sids: then } of late) {
        const over = heard.filter(sid => then?.includes(sid) !== true);
        if (over.length > 0 && isSentBy(call.room)) {
          leaks.push(`${now}: ${over.join(' ')} hear what was said to ${then?.join(' ')}`);
        }
      }
    }
    if (model.seats().length > 1) leaks.push(`${now}: ${model.seats().length} seats`);
  };
  lane.steps.on(step => {
    events.push(step.event);
    supervision.follow(step);
    check();
  });

  const flush = (): Promise<void> => new Promise(resume => setImmediate(resume));
  return {
    clock,
    lane,
    model,
    supervision,
    events,
    gates,
    leaks,
    agent,
    weather,
    flush,
    /** Lets time pass in small steps, looking at each who would hear. */
    pass: async (ms: number, stepMs = 10): Promise<void> => {
      for (let left = ms; left > 0; left -= stepMs) {
        await flush();
        check();
        clock.advance(Math.min(stepMs, left));
      }
      await flush();
      check();
    },
    room: (callId: string): Room | null => asLive(findCall(lane.state(), callId))?.room ?? null,
    /** Names of what was told since, with modes. */
    told: (): string[] =>
      events.map(event => ('mode' in event ? `${event.event} ${event.mode}` : event.event)),
    unmute: (callId: string): void => lane.emit({ event: 'mute-changed', callId, on: false }),
    news: (news: RoomNews): void => supervision.told(news),
  };
}

/** A desk, and everything there is to see of it. */
export type SupervisionRig = ReturnType<typeof supervisionRig>;

/** Whether a seat could carry what was said. */
function isSentBy({ seat }: Room): boolean {
  return seat !== null;
}

/** A leg as the account shows it. */
export function legOf(sid: string, name: string, role: Leg['role']): Leg {
  const party = { number: '+14155550177', name };
  return { sid, party, role, isProgram: false, status: 'joined', held: false, muted: false };
}

/** Dana talks with agents in a conference. */
export function conferenceCall({ model }: SupervisionRig, agents = ['Maria']) {
  const customer = model.addLeg();
  const sids = agents.map(() => model.addLeg());
  const conferenceSid = model.conference(roomName(customer), [customer, ...sids]);
  const call: AccountCall = {
    sid: customer,
    direction: 'inbound',
    status: 'live',
    startedAt: 0,
    waiting: null,
    ours: '+14155550100',
    callId: null,
    shape: 'conference',
    conferenceSid,
    legs: [
      legOf(customer, 'Dana', 'customer'),
      ...agents.map((name, i) => legOf(sids[i] ?? '', name, 'agent')),
    ],
    others: [],
  };
  return { call, customer, agents: sids, agent: sids[0] ?? '', conferenceSid };
}

/** Dana talks with Maria, joined by a `<Dial>`. */
export function dialledCall({ model }: SupervisionRig) {
  const customer = model.addLeg();
  const agent = model.addLeg(customer);
  const call: AccountCall = {
    sid: customer,
    direction: 'inbound',
    status: 'live',
    startedAt: 0,
    waiting: null,
    ours: '+14155550100',
    callId: null,
    shape: 'dialled',
    conferenceSid: null,
    legs: [legOf(customer, 'Dana', 'customer'), legOf(agent, 'Maria', 'agent')],
    others: [],
  };
  return { call, customer, agent };
}
