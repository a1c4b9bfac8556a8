import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forkDeviceProcess } from '../../electron/audio/fork-device-process.ts';
import {
  createSoundCard,
  type LaunchDeviceProcess,
  type SoundCard,
} from '../../electron/audio/sound-card.ts';
import { FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { SOUND_OFF, type SoundState } from '../../electron/core/sound.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { amplitudeAt, joinFrames, rms, sine } from '../support/tones.ts';
import { until } from '../support/until.ts';
import {
  CARD_RATE_HZ,
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const DEVICE_PROCESS = join(import.meta.dirname, '../../out/main/device-process.cjs');

describe.runIf(hasVirtualSoundCard())('the sound card, on a virtual one', () => {
  let virtual: VirtualSoundCard;
  let card: SoundCard | undefined;
  const before = { ...process.env };

  beforeEach(async () => {
    virtual = await openVirtualSoundCard();
    Object.assign(process.env, virtual.env);
  });

  afterEach(async () => {
    card?.close();
    await virtual.close();
    process.env = { ...before };
  });

  it('plays what it asks for without a gap, and closes when nothing wants it any more', async () => {
    let state: SoundState = SOUND_OFF;
    let at = 0;
    const tone = sine(440, 4000);
    card = createSoundCard({
      clock: systemClock,
      log: quietLog,
      launch: forkDeviceProcess(DEVICE_PROCESS),
      nextFrame: () => {
        const frame = tone.subarray(at, at + FRAME_SAMPLES);
        at += FRAME_SAMPLES;
        return frame.length === FRAME_SAMPLES ? frame : SILENCE;
      },
      onCaptured: () => {},
      onState: next => {
        state = next;
      },
    });
    await until(() => state.output.status === 'ready');
    const recording = await virtual.record();
    card.want(true);
    await until(() => state.output.status === 'open' && state.input.status === 'open');
    await until(() => at > tone.length);
    await wait(300);
    const { left } = await recording.stop();
    const start = left.findIndex(sample => Math.abs(sample) > 3000);
    const steady = left.subarray(start + CARD_RATE_HZ / 2, start + (CARD_RATE_HZ * 7) / 2);
    expect(amplitudeAt(steady, 440, CARD_RATE_HZ)).toBeGreaterThan(0.95 * 0.5 * 32_767);
    expect(longestPause(steady)).toBeLessThan(CARD_RATE_HZ / 440);

    card.want(false);
    await until(() => state.output.status === 'ready', 8000);
  });

  it('captures what is said into the microphone, unbroken', async () => {
    let state: SoundState = SOUND_OFF;
    const captured: Int16Array[] = [];
    card = createSoundCard({
      clock: systemClock,
      log: quietLog,
      launch: forkDeviceProcess(DEVICE_PROCESS),
      nextFrame: () => SILENCE,
      onCaptured: frame => captured.push(frame),
      onState: next => {
        state = next;
      },
    });
    card.want(true);
    await until(() => state.input.status === 'open');
    await virtual.play(sine(1000, 2000, 0.5, CARD_RATE_HZ));
    await wait(300);
    const heard = joinFrames(captured);
    const start = heard.findIndex(sample => Math.abs(sample) > 3000);
    const steady = heard.subarray(start + 800, start + 15_200);
    expect(amplitudeAt(steady, 1000)).toBeGreaterThan(0.9 * 0.5 * 32_767);
    expect(longestPause(steady)).toBeLessThan(8);
    expect(rms(heard.subarray(0, Math.max(1, start - 800)))).toBeLessThan(50);
  });

  it('is opened again after its process was killed, and says so meanwhile', async () => {
    const states: SoundState[] = [];
    let kill: () => void = () => {};
    const launch: LaunchDeviceProcess = handlers => {
      const child = forkDeviceProcess(DEVICE_PROCESS)(handlers);
      kill = child.kill;
      return child;
    };
    card = createSoundCard({
      clock: systemClock,
      log: quietLog,
      launch,
      nextFrame: () => SILENCE,
      onCaptured: () => {},
      onState: next => states.push(next),
    });
    card.want(true);
    await until(() => states.at(-1)?.output.status === 'open');
    const told = states.length;
    kill();
    await until(() => states.length > told);
    expect(states[told]?.output).toMatchObject({
      status: 'failed',
      problem: { kind: 'sound-lost' },
    });
    await until(() => states.at(-1)?.output.status === 'open', 10_000);
  });
});

/** Longest run of samples near silence: a gap in a steady tone. */
function longestPause(samples: Int16Array): number {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) < 200 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
