import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import { type LineTest, UNTESTED } from '../core/line.ts';
import type { ConsoleState } from '../core/state.ts';
import { testReach } from '../twilio/self-test.ts';

/** What testing a line needs of the rest. */
type TestPorts = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly deskId: string;
  readonly authToken: string | null;
  /** Whether the line is on this computer, so that there is no way to test. */
  readonly isHere: boolean;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
};

/** Tests from time to time whether Twilio would reach this computer. */
type LineTester = {
  /** Tests now, and from then on regularly. */
  readonly begin: () => void;
  readonly run: () => Promise<LineTest>;
  readonly close: () => void;
};

/** How often a line is tested, in ms: the first thing to notice that calls cannot come in. */
const TEST_EVERY_MS = 30_000;

/** Builds the tester of one line. */
export function createLineTest(ports: TestPorts): LineTester {
  const { clock, emit } = ports;
  let latest: LineTest = UNTESTED;
  let running: Promise<LineTest> | null = null;
  let cancel: Cancel = () => {};
  let closed = false;
  const tell = (test: LineTest): LineTest => {
    latest = test;
    if (!closed) emit({ event: 'line-tested', test });
    return test;
  };
  const test = async (): Promise<LineTest> => {
    const { url } = ports.state().line.address;
    if (url === null) return tell({ ...UNTESTED, at: clock.now() });
    const before = latest;
    if (before.status === 'untested') tell({ ...before, status: 'testing' });
    const result = await testReach({
      clock,
      origin: url,
      authToken: ports.authToken,
      deskId: ports.deskId,
      newNonce: ports.newId,
    });
    const at = clock.now();
    return tell(
      result.ok
        ? { ...UNTESTED, status: 'reached', at, roundTripMs: result.roundTripMs }
        : {
            ...UNTESTED,
            status: 'failed',
            at,
            failedSince: before.failedSince ?? at,
            problem: result.problem,
          },
    );
  };
  const run = (): Promise<LineTest> => {
    running ??= test().finally(() => {
      running = null;
    });
    return running;
  };
  return {
    run,
    begin: () => {
      // A tunnel that comes up while the line closes begins nothing any more.
      if (ports.isHere || closed) return;
      cancel();
      void run();
      cancel = every(clock, TEST_EVERY_MS, () => void run());
    },
    close: () => {
      closed = true;
      cancel();
    },
  };
}
