import type { AttentionKind } from '../core/attention.ts';
import { asLive, type CallId, type LiveCall } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { Fact, ToldEvent } from '../core/events.ts';
import type { Side } from '../core/segment.ts';
import type { Settings } from '../core/settings.ts';
import { type ConsoleState, findCall } from '../core/state.ts';

/** Why a call wants to be looked at that ends by itself. */
type AlertKind = Exclude<AttentionKind, 'watch-word'>;

type AlertPorts = {
  readonly clock: Clock;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  /** Whether it is known who talks. */
  readonly available: () => boolean;
};

/** Notices when nobody talks on a call, all talk at once, or somebody is on hold for long. */
export type Alerts = {
  readonly follow: (step: {
    readonly event: ToldEvent;
    readonly before: ConsoleState;
    readonly after: ConsoleState;
  }) => void;
  /** Somebody began to talk or stopped. */
  readonly talking: (callId: CallId, side: Side, on: boolean) => void;
  readonly close: () => void;
};

/** What is known of a live call. */
type Watched = {
  readonly talking: Record<Side, boolean>;
  /** Since when what each kind is about lasts, in ms since the epoch; null while it does not. */
  readonly since: Record<AlertKind, number | null>;
  readonly raised: Set<AlertKind>;
  cancel: Cancel;
};

const KINDS: readonly AlertKind[] = ['dead-air', 'over-talk', 'long-hold'];

/** Watches all live calls, with at most one timer for each. */
export function createAlerts({ clock, state, emit, available }: AlertPorts): Alerts {
  const calls = new Map<CallId, Watched>();

  const watchedOf = (callId: CallId): Watched => {
    const known = calls.get(callId);
    if (known !== undefined) return known;
    const watched: Watched = {
      talking: { them: false, us: false },
      since: { 'dead-air': null, 'over-talk': null, 'long-hold': null },
      raised: new Set(),
      cancel: () => {},
    };
    calls.set(callId, watched);
    return watched;
  };

  const end = (callId: CallId, { raised }: Watched, kind: AlertKind): void => {
    if (raised.delete(kind)) emit({ event: 'attention-ended', callId, kind });
  };

  const raise = (
    { id: callId, attention: standing }: LiveCall,
    { raised }: Watched,
    kind: AlertKind,
    since: number,
  ): void => {
    if (raised.has(kind)) return;
    raised.add(kind);
    if (standing.some(each => each.kind === kind)) return;
    const attention = { kind, since, label: '', toFront: false };
    emit({ event: 'attention-raised', callId, attention });
  };

  const leave = (callId: CallId, watched: Watched): void => {
    watched.cancel();
    calls.delete(callId);
    for (const kind of KINDS) end(callId, watched, kind);
  };

  /** Raises and ends what is due, and sets the timer for what will be. */
  const look = (callId: CallId, current: ConsoleState): void => {
    const call = asLive(findCall(current, callId));
    const known = calls.get(callId);
    if (call === null) {
      if (known !== undefined) leave(callId, known);
      return;
    }
    const watched = known ?? watchedOf(callId);
    watched.cancel();
    const now = clock.now();
    const isOn = lasting(call, watched.talking);
    let next = Number.POSITIVE_INFINITY;
    for (const kind of KINDS) {
      const seconds = secondsOf(kind, current.settings);
      const since = isOn[kind] ? (watched.since[kind] ?? beganAt(kind, call, now)) : null;
      watched.since[kind] = since;
      const dueAt = since === null || seconds === null ? null : since + seconds * 1000;
      if (since === null || dueAt === null || now < dueAt) {
        end(callId, watched, kind);
        next = Math.min(next, dueAt ?? next);
      } else if (kind === 'long-hold' || watched.raised.has(kind) || available()) {
        raise(call, watched, kind, since);
      } else {
        // Nobody can say who talked so far: it counts from now on.
        watched.since[kind] = now;
        next = Math.min(next, now + (dueAt - since));
      }
    }
    // What was emitted may have come back here and set it anew.
    watched.cancel();
    if (calls.get(callId) !== watched || next === Number.POSITIVE_INFINITY) return;
    watched.cancel = clock.after(next - now, () => look(callId, state()));
  };

  return {
    follow: ({ event, before, after }) => {
      if (before.settings !== after.settings) {
        for (const callId of [...calls.keys()]) look(callId, after);
      }
      if ('callId' in event && event.callId !== null && before.calls !== after.calls) {
        look(event.callId, after);
      }
    },
    talking: (callId, side, on) => {
      const current = state();
      if (asLive(findCall(current, callId)) === null) return;
      watchedOf(callId).talking[side] = on;
      look(callId, current);
    },
    close: () => {
      for (const { cancel } of calls.values()) cancel();
      calls.clear();
    },
  };
}

/** Which of them lasts now. */
function lasting(call: LiveCall, talking: Readonly<Record<Side, boolean>>) {
  const { heldAt, room, stream } = call;
  const isHeld = heldAt !== null || room?.legs.some(isLegHeld) === true;
  const isHeard = stream || room?.listening === true || room?.seat?.stream === true;
  const canTalk = isHeard && !isHeld;
  return {
    'dead-air': canTalk && !talking.them && !talking.us,
    'over-talk': canTalk && talking.them && talking.us,
    'long-hold': isHeld,
  };
}

function isLegHeld({ held, status }: { held: boolean; status: string }): boolean {
  return held && status === 'joined';
}

function beganAt(kind: AlertKind, { heldAt }: LiveCall, now: number): number {
  return kind === 'long-hold' ? (heldAt ?? now) : now;
}

function secondsOf(kind: AlertKind, settings: Settings): number | null {
  switch (kind) {
    case 'dead-air':
      return settings.deadAirSeconds;
    case 'over-talk':
      return settings.overTalkSeconds;
    case 'long-hold':
      return settings.longHoldSeconds;
  }
}
