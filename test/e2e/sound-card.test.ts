import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SOUND_PROCESS } from '../../electron/audio/device-link.ts';
import { createSoundCard } from '../../electron/audio/sound-card.ts';
import type { SoundPath } from '../../electron/audio/sound-path.ts';
import { FRAME_SAMPLES, type Frame, type StereoFrame } from '../../electron/core/audio/frame.ts';
import { SOUND_OFF, type SoundChoice, type SoundState } from '../../electron/core/sound.ts';
import { forkHelpers } from '../../electron/processes/fork-helper.ts';
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

const BUNDLES = join(import.meta.dirname, '../../out/main');

const PEAK = 0.5 * 32_767;

const CHOICE: SoundChoice = {
  inputId: null,
  outputId: null,
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

describe.runIf(hasVirtualSoundCard())('the sound card, on a virtual one', () => {
  let virtual: VirtualSoundCard;
  let card: SoundPath | undefined;
  let state: SoundState;
  const before = { ...process.env };

  beforeEach(async () => {
    state = SOUND_OFF;
    virtual = await openVirtualSoundCard();
    Object.assign(process.env, virtual.env);
  });

  afterEach(async () => {
    card?.close();
    await virtual.close();
    process.env = { ...before };
  });

  function openCard(ports: {
    nextFrame?: () => StereoFrame;
    onCaptured?: (frame: Frame) => void;
  }): SoundPath {
    const silence = new Int16Array(2 * FRAME_SAMPLES);
    card = createSoundCard({
      clock: systemClock,
      log: quietLog,
      launch: forkHelpers(BUNDLES)(SOUND_PROCESS),
      microphoneAccess: null,
      nextFrame: () => silence,
      onCaptured: () => {},
      ...ports,
      onState: next => {
        state = next;
      },
    });
    return card;
  }

  it('plays each ear what is meant for it without a gap, and closes when nothing wants it any more', async () => {
    const ears = [sine(440, 4000), sine(1000, 4000)] as const;
    const frame = new Int16Array(2 * FRAME_SAMPLES);
    let at = 0;
    const sound = openCard({
      nextFrame: () => {
        // The same array each time, as the engine does.
        for (let i = 0; i < frame.length; i += 1) {
          frame[i] = ears[i % 2 === 0 ? 0 : 1][at + (i >> 1)] ?? 0;
        }
        at += FRAME_SAMPLES;
        return frame;
      },
    });
    await until(() => state.output.status === 'ready');
    expect(state.hosts).toEqual(['ALSA']);
    const recording = await virtual.record();
    sound.want(true);
    await until(() => state.output.status === 'open' && state.input.status === 'open');
    await until(() => at > ears[0].length);
    await wait(300);
    const { left, right } = await recording.stop();
    const start = left.findIndex(sample => Math.abs(sample) > 3000);
    const steady = (channel: Int16Array): Int16Array =>
      channel.subarray(start + CARD_RATE_HZ / 2, start + (CARD_RATE_HZ * 7) / 2);
    for (const [channel, hz, other] of [
      [steady(left), 440, 1000],
      [steady(right), 1000, 440],
    ] as const) {
      expect(amplitudeAt(channel, hz, CARD_RATE_HZ)).toBeGreaterThan(0.95 * PEAK);
      expect(amplitudeAt(channel, other, CARD_RATE_HZ)).toBeLessThan(0.01 * PEAK);
      expect(longestPause(channel)).toBeLessThan(CARD_RATE_HZ / 440);
    }

    sound.want(false);
    await until(() => state.output.status === 'ready');
  });

  it('captures what is said into the microphone, unbroken', async () => {
    const captured: Int16Array[] = [];
    openCard({ onCaptured: frame => captured.push(frame) }).want(true);
    await until(() => state.input.status === 'open');
    await virtual.play(sine(1000, 2000, 0.5, CARD_RATE_HZ));
    await wait(300);
    const heard = joinFrames(captured);
    const start = heard.findIndex(sample => Math.abs(sample) > 3000);
    const steady = heard.subarray(start + 800, start + 15_200);
    expect(amplitudeAt(steady, 1000)).toBeGreaterThan(0.9 * PEAK);
    expect(longestPause(steady)).toBeLessThan(8);
    expect(rms(heard.subarray(0, Math.max(1, start - 800)))).toBeLessThan(50);
  });

  it('takes noise out of the microphone when asked to, in the built sound process', async () => {
    const captured: Int16Array[] = [];
    const sound = openCard({ onCaptured: frame => captured.push(frame) });
    const noise = Int16Array.from({ length: 3 * CARD_RATE_HZ }, () => (Math.random() - 0.5) * 4000);
    const level = async (): Promise<number> => {
      await until(() => state.input.status === 'open');
      captured.length = 0;
      await virtual.play(noise);
      // The last second, when it has been heard for long enough to be known for noise.
      return rms(joinFrames(captured).subarray(-12_000, -4000));
    };
    sound.want(true);
    const kept = await level();
    sound.choose({ ...CHOICE, suppressNoise: true });
    const taken = await level();
    expect(kept).toBeGreaterThan(200);
    expect(20 * Math.log10(kept / Math.max(1, taken))).toBeGreaterThan(12);
  });

  it.each(['low', 'balanced', 'safe'] as const)(
    'plays and captures by the same clock with the latency "%s"',
    async latency => {
      let asked = 0;
      let captured = 0;
      const sound = openCard({
        nextFrame: () => {
          asked += 1;
          return new Int16Array(2 * FRAME_SAMPLES);
        },
        onCaptured: () => {
          captured += 1;
        },
      });
      sound.choose({ ...CHOICE, latency });
      sound.want(true);
      await until(() => state.output.status === 'open' && state.input.status === 'open');
      await wait(500);
      [asked, captured] = [0, 0];
      await wait(3000);
      // Both by the card's clock, which falls behind on a busy computer.
      expect(asked).toBeGreaterThan(75);
      expect(Math.abs(asked - captured)).toBeLessThan(0.15 * asked);
    },
  );
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
