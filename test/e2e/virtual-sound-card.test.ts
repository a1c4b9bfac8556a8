import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CARD_RATE_HZ,
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

// Tried again when it fails: on a busy machine a card that may not go first can miss a beat.
describe.runIf(hasVirtualSoundCard())('the virtual sound card', () => {
  let card: VirtualSoundCard;
  let program: ChildProcess;
  let heard: number[];

  beforeEach(async () => {
    card = await openVirtualSoundCard();
    heard = [];
    program = fork(join(import.meta.dirname, 'sound-program.mjs'), {
      env: { ...process.env, ...card.env, UV_THREADPOOL_SIZE: '16' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    program.on('message', ({ loudest }: { loudest: number }) => heard.push(loudest));
    await expect.poll(() => heard.length).toBeGreaterThan(3);
  });

  afterEach(async () => {
    program.kill('SIGKILL');
    await card.close();
  });

  it('records what a program plays, whole and at its pitch', async () => {
    const recording = await card.record();
    await wait(2500);
    const { left, right } = await recording.stop();

    for (const channel of [left, right]) {
      const tone = withoutEdges(channel);
      expect(tone.length).toBeGreaterThan(CARD_RATE_HZ);
      expect(pitchHz(tone)).toBeCloseTo(440, 0);
      expect(quietestPeak(tone)).toBeGreaterThan(15_500);
      expect(steepestStep(tone)).toBeLessThan(1000);
    }
  });

  it('lets a program hear what is played into its microphone', async () => {
    expect(Math.max(...heard)).toBe(0);
    await card.play(tone(1000, 12_000, 1));
    expect(Math.max(...heard)).toBeGreaterThan(11_500);
    expect(Math.max(...heard)).toBeLessThan(12_500);
  });
});

function tone(frequencyHz: number, peak: number, seconds: number): Int16Array {
  return Int16Array.from({ length: CARD_RATE_HZ * seconds }, (_, i) =>
    Math.round(peak * Math.sin((2 * Math.PI * frequencyHz * i) / CARD_RATE_HZ)),
  );
}

/** Without the silence before the recorder was joined and the first and last 50 ms of sound. */
function withoutEdges(samples: Int16Array): Int16Array {
  const edge = CARD_RATE_HZ / 20;
  const first = samples.findIndex(sample => sample !== 0);
  const last = samples.findLastIndex(sample => sample !== 0);
  return samples.subarray(first + edge, last - edge);
}

/** From the first to the last crossing of zero upwards. */
function pitchHz(samples: Int16Array): number {
  const crossings = [];
  for (let i = 1; i < samples.length; i++) {
    if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings.push(i);
  }
  const span = (crossings.at(-1) ?? 0) - (crossings[0] ?? 0);
  return ((crossings.length - 1) * CARD_RATE_HZ) / span;
}

/** The lowest of the peaks of all 5 ms windows: a drop-out makes it fall. */
function quietestPeak(samples: Int16Array): number {
  let quietest = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 240 <= samples.length; at += 240) {
    quietest = Math.min(quietest, Math.max(...samples.subarray(at, at + 240)));
  }
  return quietest;
}

/** The largest change between neighbours: a missing or repeated piece makes it jump. */
function steepestStep(samples: Int16Array): number {
  let steepest = 0;
  for (let i = 1; i < samples.length; i++) {
    steepest = Math.max(steepest, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)));
  }
  return steepest;
}
