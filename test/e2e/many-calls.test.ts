import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createResampler } from '../../electron/audio/resampler.ts';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { reachedAccount } from '../support/account-environment.ts';
import { chirp } from '../support/chirp.ts';
import { correlationAt, findMatch } from '../support/correlation.ts';
import { settledFolder } from '../support/data-folder.ts';
import { freePort } from '../support/free-port.ts';
import { type HeadlessApp, startHeadless } from '../support/headless-app.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';
import {
  CARD_RATE_HZ,
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const soundSchema = z.object({
  input: z.object({ status: z.string() }),
  output: z.object({ status: z.string() }),
});

const callsSchema = z.object({
  calls: z.array(
    z.object({ callId: z.string(), status: z.string(), stream: z.boolean().default(false) }),
  ),
});

const RATE_HZ = 8000;
const CALLS = 50;

/** How long sound may be away, whatever happens to the process that makes it. */
const AWAY_LIMIT_MS = 2000;

/** What is said, as it is after the telephone's coding. Not too high: where half a sample is a large part of a wave, no whole shift fits. */
const SAID = decodeMulaw(encodeMulaw(chirp(300, 1500, 1500)));

/** Somebody who answers at once and says nothing by themselves. */
function quiet(index: number): Person {
  return {
    number: `+1415555${String(2000 + index)}`,
    name: `Quiet ${index}`,
    about: 'Says nothing.',
    voice: { name: 'rms' },
    pickUp: { does: 'answer', afterMs: 10 },
    patienceMs: 10_000,
    whenCalled: [{ do: 'pause', ms: 600_000 }],
    whenCalling: [],
  };
}

describe.runIf(hasVirtualSoundCard())('many calls at once on a sound card', () => {
  const people = Array.from({ length: CALLS }, (_, index) => quiet(index));
  const sids: string[] = [];
  let practice: PracticeLine;
  let card: VirtualSoundCard;
  let data: Awaited<ReturnType<typeof settledFolder>>;
  let app: HeadlessApp;

  /** What one direction of the sound card does, as told last. */
  const side = (name: 'input' | 'output'): string => {
    const told = app.lines.findLast(({ event }) => event === 'sound-changed');
    return told === undefined ? 'not told' : soundSchema.parse(told['sound'])[name].status;
  };

  const liveCalls = async (): Promise<{ callId: string; stream: boolean }[]> => {
    const { calls } = callsSchema.parse(await app.run({ command: 'calls' }));
    return calls.filter(({ status }) => status === 'live');
  };

  /** Every call is heard, as many as there are. */
  const talkWith = async (count: number): Promise<void> => {
    for (const { number } of people.slice(sids.length, count)) {
      const { callId } = await app.run({ command: 'dial', to: number });
      const { callSid } = await app.event({ event: 'stream-started', callId });
      sids.push(String(callSid));
    }
    for (const { callId } of await liveCalls()) {
      await app.run({ command: 'hold', callId, on: false });
    }
  };

  beforeAll(async () => {
    practice = await createPracticeLine({ clock: systemClock, log: quietLog, people });
    card = await openVirtualSoundCard();
    data = await settledFolder();
    const port = await freePort();
    app = startHeadless(data.path, {
      ...card.env,
      EARSHOT_SOUND: '1',
      ...reachedAccount(practice, port),
    });
    await app.event({ event: 'listening' });
  });

  afterAll(async () => {
    await app.run({ command: 'shut-down' });
    await app.ended;
    await practice.close();
    await card.close();
    await data.remove();
  });

  // Where the virtual card may not go first it now and then drops a period on a busy computer.
  it.each([1, 10, CALLS])(
    'with %i of them, what one says is played whole, and what is said here reaches another whole',
    async count => {
      await talkWith(count);
      await until(() => side('output') === 'open' && side('input') === 'open');
      await wait(1000);
      const listener = sids.at(-1) ?? '';
      const earlier = practice.heardBy(listener)?.length ?? 0;
      const recording = await card.record();
      await Promise.all([
        practice.play(sids[Math.floor(count / 2)] ?? '', SAID),
        card.play(chirp(300, 1500, 1500, 0.5, CARD_RATE_HZ)),
      ]);
      await wait(500);
      const { left } = await recording.stop();
      const heard = practice.heardBy(listener) ?? new Int16Array(0);
      expectWhole(SAID, await atPhoneRate(left));
      expectWhole(chirp(300, 1500, 1500), heard.subarray(earlier));
    },
  );

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'sound is back soon after %s, and no call is lost',
    async signal => {
      await until(() => side('input') === 'open' && side('output') === 'open');
      // One just opened may take longer to answer, as devices without a wire do.
      if (signal === 'SIGSTOP') await wait(3500);
      const pid = soundProcess(app);
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, signal);
      const from = performance.now();
      await until(() => {
        const next = soundProcess(app);
        return next > 1 && next !== pid && side('output') === 'open';
      });
      const awayMs = performance.now() - from;
      expect(awayMs).toBeLessThan(AWAY_LIMIT_MS);
      expect((await liveCalls()).filter(({ stream }) => stream)).toHaveLength(CALLS);
    },
  );
});

/** The process that makes the sound of the app. */
function soundProcess(app: HeadlessApp): number {
  const { stdout } = spawnSync(
    'pgrep',
    ['-o', '-P', String(app.process.pid), '-f', 'device-process'],
    {
      encoding: 'utf8',
    },
  );
  return Number.parseInt(stdout, 10) || 0;
}

/** Finds `said` in `heard`, whole and at one shift. */
function expectWhole(said: Int16Array, heard: Int16Array): void {
  const match = findMatch(said, heard, 0, said.length);
  expect(match.correlation).toBeGreaterThan(0.95);
  const window = RATE_HZ / 20;
  for (let at = window; at + 2 * window <= said.length; at += window) {
    const near = [-1, 0, 1].map(off => correlationAt(said, heard, at, window, match.lag + off));
    expect(Math.max(...near), `at ${at / RATE_HZ} s`).toBeGreaterThan(0.9);
  }
}

async function atPhoneRate(samples: Int16Array): Promise<Int16Array> {
  const resampler = await createResampler(CARD_RATE_HZ, RATE_HZ);
  const pieces: number[] = [];
  for (let at = 0; at < samples.length; at += 960) {
    pieces.push(...resampler.convert(samples.subarray(at, at + 960)));
  }
  resampler.close();
  return Int16Array.from(pieces);
}
