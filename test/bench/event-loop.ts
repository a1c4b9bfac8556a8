import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createEngine } from '../../electron/audio/engine.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { DEFAULT_SETTINGS } from '../../electron/core/settings.ts';
import { createLog } from '../../electron/log.ts';
import { createPracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createRest } from '../../electron/twilio/rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { openTwilioLine } from '../../electron/twilio/twilio-line.ts';
import { endRole, endWithParent, messageOf, startRole } from './roles.ts';
import { type Row, verdict } from './table.ts';

const CALLS = 100;
const AT_ONCE = 10;
const MEASURE_MS = 4000;
const CONNECT_LIMIT_MS = 10_000;

/** The event loop may be late by so much at its 99th percentile. */
const MOST_DELAY_MS = 10;

/** Resolution of the timer that Node measures the delay with; it reports the whole interval. */
const RESOLUTION_MS = 1;

type Account = {
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
};

/** In a child: a practice line. */
export async function runLineServer(): Promise<void> {
  const { apiUrl, accountSid, authToken, number } = await createPracticeLine({
    clock: systemClock,
    log: createLog('error'),
    tapeMs: 1000,
  });
  const account: Account = { apiUrl, accountSid, authToken, number };
  process.send?.(account);
  endWithParent();
}

/** How late the app's event loop is while it carries 100 calls. */
export async function measureEventLoop(): Promise<Row[]> {
  const child = startRole('line');
  const account = await messageOf<Account>(child);
  const engine = createEngine({
    clock: systemClock,
    onReach: () => {},
    onSignals: () => {},
    onLost: () => {},
    onKept: () => {},
  });
  const endCard = pace(systemClock, () => void engine.nextFrame());
  let connected = 0;
  let ids = 0;
  let origin: string | null = null;
  const line = await openTwilioLine({
    clock: systemClock,
    log: createLog('error'),
    rest: createRest(
      createRestClient({ ...account, apiKey: null }, systemClock, () => Math.random()),
    ),
    authToken: account.authToken,
    deskId: 'bench',
    forwarding: {
      allowedHosts: [],
      trustedProxies: [],
      trustForwarded: false,
      ngrokLoopback: false,
    },
    skipSignature: false,
    port: 0,
    host: '127.0.0.1',
    origin: () => origin,
    settings: () => DEFAULT_SETTINGS,
    isTrial: () => false,
    isBusy: () => false,
    newCallId: () => `call-${ids++}`,
    newTurn: () => `turn-${ids++}`,
    emit: () => {},
    onProblem: () => {},
    connectSound: stream => {
      connected += 1;
      return engine.connect(stream.callId, stream);
    },
  });
  origin = `http://127.0.0.1:${line.port}`;
  for (let at = 0; at < CALLS; at += AT_ONCE) {
    const numbers = Array.from(
      { length: AT_ONCE },
      (_, i) => `+1415555${`0${180 + ((at + i) % 20)}`}`,
    );
    await Promise.all(
      numbers.map(number =>
        line.dial({ number, name: null }, account.number, { detectMachine: false }),
      ),
    );
  }
  const limit = systemClock.monotonic() + CONNECT_LIMIT_MS;
  while (connected < CALLS && systemClock.monotonic() < limit) await wait(50);
  await wait(1000);

  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const cpuBefore = process.cpuUsage();
  await wait(MEASURE_MS);
  delay.disable();
  const { user, system } = process.cpuUsage(cpuBefore);

  await line.close();
  endCard();
  engine.close();
  await endRole(child);
  const late = (share: number): number =>
    Math.max(0, delay.percentile(share) / 1e6 - RESOLUTION_MS);
  return [
    { name: '(6) calls with sound', value: String(connected), budget: String(CALLS) },
    { name: '(6) delay p50', value: `${late(50).toFixed(1)} ms`, budget: '-' },
    {
      name: '(6) delay p99',
      value: `${late(99).toFixed(1)} ms`,
      budget: verdict(late(99), MOST_DELAY_MS, ' ms'),
    },
    {
      name: '(6) CPU of the app',
      value: `${(((user + system) / 1000 / MEASURE_MS) * 100).toFixed(0)} %`,
      budget: '-',
    },
  ];
}
