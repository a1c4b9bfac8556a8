import { isDeepStrictEqual } from 'node:util';
import { accountCalls, type DeskView, type OwnRoom, ownRooms } from '../core/account-calls.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import { type AccountReading, SEAT_LABEL } from '../core/conference.ts';
import type { ConsoleEvent, Fact } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { AccountCall, AccountWatch, Seat } from '../core/room.ts';
import { type ConsoleState, standingCalls } from '../core/state.ts';
import type { Log } from '../log.ts';

/**
 * How long after a reading the next one begins: while calls are live or somebody looks, and while
 * neither is so. A reading is a handful of requests one after the other, far below what Twilio takes
 * of an account at the same time. Source: error 20429, which also says to wait longer and longer.
 */
const BUSY_PAUSE_MS = 4000;
const IDLE_PAUSE_MS = 15_000;

/** Readings that are asked for are so far apart at least. */
const SHORTEST_PAUSE_MS = 1000;

/** The pause after the first failure; it doubles up to the longest. */
const FIRST_BACKOFF_MS = 4000;
const LONGEST_BACKOFF_MS = 60_000;

/** How far apart it is told when the account was read, in ms at least, while nothing else changes. */
const TELL_TIME_EVERY_MS = 30_000;

/** Twilio's lists may show a call for so long after it ended here. */
const LAG_MS = 10_000;

/** What watching the account needs of the rest. */
type AccountWatchPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Reads what is live on the account; null while the line is down or has no account to read. */
  readonly read: () => Promise<AccountReading> | null;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  readonly nameOf: (number: string) => string | null;
  /** What this desk's seats are called. */
  readonly deskName: () => string;
  /** Told the calls after every reading, changed or not, and those of this desk that are in conferences. */
  readonly onRead: (calls: readonly AccountCall[], own: readonly OwnRoom[]) => void;
};

/** Watches what is live on the account of the line in use. */
type AccountWatcher = {
  /** Reads soon: something happened that the next reading will show. */
  readonly look: () => void;
  /**
   * Done when a reading that began after this is done, well or not; at once when there is none to wait for:
   * the watch is closed, or was asked too much a moment ago.
   */
  readonly read: () => Promise<void>;
  /** Whether somebody looks at the account, so that it is read often. */
  readonly watched: (on: boolean) => void;
  /** Does what follows from an event: this desk's own calls are told apart from all others at once. */
  readonly follow: (event: ConsoleEvent) => void;
  readonly close: () => void;
};

/** Begins to watch. */
export function createAccountWatch(ports: AccountWatchPorts): AccountWatcher {
  const { clock, log, state, emit } = ports;
  /** The last reading, and the line it is of. */
  let last: { readonly reading: AccountReading; readonly line: string } | null = null;
  let readAt: number | null = null;
  /** This desk's seats by CallSid, and when each left; null while it is there. Lists show for a while one that left. */
  const seats = new Map<string, number | null>();
  let isReading = false;
  let isAsked = false;
  let isWatched = false;
  let isClosed = false;
  let failures = 0;
  let begunAt = Number.NEGATIVE_INFINITY;
  let cancel: Cancel = () => {};
  /** Those who wait for the next reading. */
  let waiting: (() => void)[] = [];

  const line = (): string => `${state().line.kind} ${state().line.accountSid}`;
  const tell = (change: Pick<AccountWatch, 'status' | 'isCut' | 'problem'>): void => {
    const { readAt: toldAt, ...told } = state().accountWatch;
    // The time of a reading alone is no news, unless the one that is known is long ago.
    const isRecent = readAt === null || readAt - (toldAt ?? 0) < TELL_TIME_EVERY_MS;
    if (isRecent && isDeepStrictEqual(told, change)) return;
    emit({ event: 'account-watch-changed', watch: { ...change, readAt } });
  };
  const regroup = (): readonly AccountCall[] => {
    noteSeats();
    const calls = last === null ? [] : accountCalls(last.reading, deskView(ports, seats));
    if (!isDeepStrictEqual(calls, state().accountCalls)) {
      emit({ event: 'account-calls-changed', calls });
    }
    return calls;
  };
  const noteSeats = (): void => {
    const there = new Set(seatsOf(state()).flatMap(({ sid }) => sid ?? []));
    for (const sid of there) seats.set(sid, null);
    for (const [sid, leftAt] of seats) {
      if (leftAt === null && !there.has(sid)) seats.set(sid, clock.now());
      else if (leftAt !== null && clock.now() - leftAt >= LAG_MS) seats.delete(sid);
    }
  };
  const forget = (): void => {
    last = null;
    readAt = null;
    failures = 0;
    regroup();
    tell({ status: 'off', isCut: false, problem: null });
  };

  const arm = (pauseMs: number): void => {
    cancel();
    if (!isClosed) cancel = clock.after(pauseMs, () => void read());
  };
  const pauseMs = (): number => {
    if (failures > 0) return Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS);
    if (isAsked) return sinceShortest();
    const isBusy =
      isWatched || state().accountCalls.length > 0 || standingCalls(state()).length > 0;
    return isBusy ? BUSY_PAUSE_MS : IDLE_PAUSE_MS;
  };
  const sinceShortest = (): number => Math.max(0, begunAt + SHORTEST_PAUSE_MS - clock.monotonic());

  const read = async (): Promise<void> => {
    cancel();
    isAsked = false;
    begunAt = clock.monotonic();
    const served = waiting;
    waiting = [];
    const of = line();
    const asked = ports.read();
    if (asked === null) {
      forget();
      arm(pauseMs());
      for (const serve of served) serve();
      return;
    }
    isReading = true;
    try {
      const reading = await asked;
      if (isClosed) return;
      // Another account is in use by now.
      if (of === line()) done(reading, of);
      else isAsked = true;
    } catch (error) {
      if (isClosed) return;
      if (of === line()) failed(error);
      else isAsked = true;
    } finally {
      isReading = false;
      arm(pauseMs());
      for (const serve of served) serve();
    }
  };
  const done = (reading: AccountReading, of: string): void => {
    failures = 0;
    readAt = clock.now();
    last = { reading, line: of };
    const calls = regroup();
    tell({ status: 'watching', isCut: reading.isCut, problem: null });
    ports.onRead(calls, ownRooms(reading, deskView(ports, seats)));
  };
  /** What was read last stays, with its time. */
  const failed = (error: unknown): void => {
    failures += 1;
    if (!(error instanceof ProblemError)) log.error({ err: error }, 'the account was not read');
    const problem = error instanceof ProblemError ? error.problem : NOT_READ;
    tell({ status: 'failed', isCut: last?.reading.isCut ?? false, problem });
  };

  const isRefused = (): boolean =>
    state().accountWatch.problem?.kind === 'rate-limited' && failures > 0;
  const look = (): void => {
    if (isClosed) return;
    isAsked = true;
    // Whoever was asked too much is not asked sooner; the reading that runs is followed by another.
    if (!isReading && !isRefused()) arm(sinceShortest());
  };

  arm(0);
  return {
    look,
    read: () => {
      if (isClosed || isRefused()) return Promise.resolve();
      look();
      return new Promise(resolve => waiting.push(resolve));
    },
    watched: on => {
      if (on === isWatched) return;
      isWatched = on;
      if (on) look();
    },
    follow: event => {
      switch (event.event) {
        case 'line-changed':
          if (last !== null && last.line !== line()) forget();
          if (event.line.status === 'ready' && last === null) look();
          return;
        case 'call-ended':
          regroup();
          look();
          return;
        case 'call-requested':
        case 'call-named':
        case 'call-ringing':
        case 'call-restored':
        case 'call-followed':
        case 'seat-changed':
          regroup();
          return;
        default:
          return;
      }
    },
    close: () => {
      isClosed = true;
      cancel();
      for (const serve of waiting) serve();
      waiting = [];
    },
  };
}

const NOT_READ: Problem = {
  kind: 'not-available',
  message: 'The calls of the account could not be read. Calls here go on.',
  remedy: 'Read the log; it is tried again by itself.',
};

/** What of the account is this desk's, by its state. */
function deskView(
  { state, nameOf, deskName, clock }: AccountWatchPorts,
  seats: ReadonlyMap<string, number | null>,
): DeskView {
  const { calls, line, settings } = state();
  const now = clock.now();
  const known = calls.filter(call => call.status !== 'ended' || now - call.endedAt < LAG_MS);
  const direct = known.filter(({ kind }) => kind !== 'supervised');
  const followed = calls.flatMap(({ id, sid, kind, status }) =>
    kind === 'supervised' && status !== 'ended' && sid !== null ? [[sid, id] as const] : [],
  );
  const numbers = line.callerIds.map(({ number }) => number);
  const own = [...numbers, line.number, settings.seatNumber, settings.seatPhone];
  return {
    calls: new Set(direct.flatMap(({ sid }) => sid ?? [])),
    unnamed: new Set(direct.flatMap(({ sid, them }) => (sid === null ? them.number : []))),
    seats: new Set(seats.keys()),
    joining: seatsOf(state()).some(({ sid }) => sid === null) ? SEAT_LABEL + deskName() : null,
    followed: new Map(followed),
    own: new Set(own.filter(number => number !== null)),
    nameOf,
  };
}

/** This desk's seats that are known of. */
function seatsOf({ calls }: ConsoleState): readonly Seat[] {
  return calls.flatMap(call => (call.status === 'live' ? (call.room?.seat ?? []) : []));
}
