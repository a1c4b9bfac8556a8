import type { Cancel, Clock } from '../core/clock.ts';
import { type Problem, ProblemError } from '../core/problem.ts';

/** What a connection tells of while it is open. */
type ConnectionEvents = {
  /** Nothing comes through any more. The connection may come back by itself. */
  readonly onLost: (problem: Problem) => void;
  /** It came back by itself, at the same address. */
  readonly onBack: () => void;
};

/** An open tunnel's end at this computer. */
type Connection = {
  /** The public address, without a trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** Opens one connection. Rejects with a `ProblemError`: `tunnel-refused` when trying again soon is of no use. */
export type Connect = (events: ConnectionEvents) => Promise<Connection>;

/** How a tunnel is; times in ms since the epoch. */
type TunnelState =
  | { readonly status: 'connecting' }
  | { readonly status: 'up'; readonly url: string }
  | { readonly status: 'down'; readonly problem: Problem; readonly retryAt: number };

/** What a tunnel needs of the rest. */
type TunnelPorts = {
  readonly connect: Connect;
  readonly clock: Clock;
  /** 0 to 1; spreads the pauses. */
  readonly random: () => number;
  readonly onState: (state: TunnelState) => void;
};

/** A tunnel that opens itself again until it is closed. */
type Tunnel = {
  /** Tries now instead of when the pause is over; does nothing while it is up or trying. */
  readonly retryNow: () => void;
  /** Closes it for good. Safe to call again. */
  readonly close: () => Promise<void>;
};

/** The first pause between two tries, in milliseconds; each further one is twice as long. */
const FIRST_PAUSE_MS = 1000;

/** The longest pause, also after a refusal. */
const LONGEST_PAUSE_MS = 30_000;

/** How long one try may take. */
const TRY_LIMIT_MS = 15_000;

/** How long a lost connection may come back by itself: a new one beside it would be refused as a second one. */
const COMEBACK_MS = 30_000;

/** How long a connection must hold for the next pause to be short again. */
const STEADY_MS = 30_000;

/** How long closing may take. */
const CLOSE_LIMIT_MS = 2000;

const TOO_SLOW: Problem = {
  kind: 'tunnel-down',
  message: 'The tunnel did not open within 15 s, so calls cannot come in.',
  remedy: 'Check the internet connection; a firewall may hold the tunnel up.',
};

/** Opens a tunnel and keeps it open: connecting → up → down → connecting … */
export function openTunnel({ connect, clock, random, onState }: TunnelPorts): Tunnel {
  let closed = false;
  let connection: Connection | null = null;
  let failures = 0;
  let upSince: number | null = null;
  let isDown = false;
  /** Which try counts; what earlier ones still tell is not listened to. */
  let current = 0;
  let cancelTimer: Cancel = () => {};

  const up = (url: string): void => {
    cancelTimer();
    isDown = false;
    upSince = clock.monotonic();
    onState({ status: 'up', url });
  };
  const down = (problem: Problem, pauseMs: number): void => {
    cancelTimer();
    isDown = true;
    if (upSince !== null && clock.monotonic() - upSince >= STEADY_MS) failures = 0;
    upSince = null;
    onState({ status: 'down', problem, retryAt: clock.now() + pauseMs });
    // What is told may have closed the tunnel or asked for a try at once.
    if (isDown && !closed) cancelTimer = clock.after(pauseMs, begin);
  };
  const failed = (problem: Problem): void => {
    const pauseMs = problem.kind === 'tunnel-refused' ? LONGEST_PAUSE_MS : nextPauseMs(failures);
    failures += 1;
    down(problem, Math.round(pauseMs * (0.75 + random() / 4)));
  };

  function begin(): void {
    cancelTimer();
    current += 1;
    const mine = current;
    isDown = false;
    void drop();
    onState({ status: 'connecting' });
    if (closed || mine !== current) return;
    cancelTimer = clock.after(TRY_LIMIT_MS, () => {
      current += 1;
      failed(TOO_SLOW);
    });
    const isMine = (): boolean => mine === current && !closed;
    const opening = connect({
      onLost: problem => {
        if (isMine() && connection !== null && !isDown) down(problem, COMEBACK_MS);
      },
      onBack: () => {
        if (isMine() && connection !== null && isDown) up(connection.url);
      },
    });
    opening.then(
      opened => {
        if (!isMine()) return void opened.close().catch(() => {});
        connection = opened;
        up(opened.url);
      },
      (error: unknown) => {
        if (isMine()) failed(problemOf(error));
      },
    );
  }

  /** Gives up what is left of the last connection. It may be too broken to close. */
  function drop(): Promise<void> {
    const left = connection;
    connection = null;
    return left === null ? Promise.resolve() : left.close().catch(() => {});
  }

  begin();
  return {
    retryNow: () => {
      if (isDown && !closed) begin();
    },
    close: async () => {
      if (closed) return;
      closed = true;
      cancelTimer();
      const left = drop();
      await new Promise<void>(resolve => {
        const cancel = clock.after(CLOSE_LIMIT_MS, resolve);
        void left.then(() => {
          cancel();
          resolve();
        });
      });
    },
  };
}

function nextPauseMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
}

/** A tunnel must outlive even what is unexpected: without it no call comes in. */
function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    kind: 'tunnel-down',
    message: 'The tunnel did not open, so calls cannot come in.',
    remedy: 'Restart Earshot if it does not open soon.',
  };
}
