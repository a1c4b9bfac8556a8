import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SOUND_PROCESS } from '../../electron/audio/device-link.ts';
import { createSoundCard } from '../../electron/audio/sound-card.ts';
import type { SoundPath } from '../../electron/audio/sound-path.ts';
import { FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { SOUND_OFF, type SoundChoice, type SoundState } from '../../electron/core/sound.ts';
import { forkHelpers } from '../../electron/processes/fork-helper.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { sine } from '../support/tones.ts';
import { until } from '../support/until.ts';
import {
  CARD_RATE_HZ,
  hasVirtualSoundCard,
  openVirtualSoundCard,
  type VirtualSoundCard,
} from '../support/virtual-sound-card.ts';

const BUNDLES = join(import.meta.dirname, '../../out/main');

/** How long sound may be away, whatever happens to the process or the device. */
const AWAY_LIMIT_MS = 2000;

/** A second device on the same card, which is there as long as the configuration names it. */
const HEADSET = `
pcm.headset {
  type jack
  playback_ports { 0 system:playback_1 1 system:playback_2 }
  capture_ports { 0 system:capture_1 1 system:capture_2 }
  hint { show on description "Headset" }
}
`;

const ON_HEADSET: SoundChoice = {
  inputId: 'ALSA: headset',
  outputId: 'ALSA: headset',
  host: null,
  latency: 'balanced',
  suppressNoise: false,
};

describe.runIf(hasVirtualSoundCard())('sound comes back within two seconds', () => {
  let virtual: VirtualSoundCard;
  let folder: string;
  let config: string;
  let plain: string;
  let card: SoundPath;
  let state: SoundState;
  let askedAt: number[];
  const states: SoundState[] = [];
  const before = { ...process.env };

  beforeEach(async () => {
    virtual = await openVirtualSoundCard();
    folder = await mkdtemp(join(tmpdir(), 'earshot-devices-'));
    config = join(folder, 'asound.conf');
    plain = await readFile(virtual.env['ALSA_CONFIG_PATH'] ?? '', 'utf8');
    await plugIn(true);
    Object.assign(process.env, virtual.env, { ALSA_CONFIG_PATH: config });
    state = SOUND_OFF;
    states.length = 0;
    askedAt = [];
    const tone = sine(400, 20);
    const frame = new Int16Array(2 * FRAME_SAMPLES);
    for (const [i, sample] of tone.entries()) frame[2 * i] = frame[2 * i + 1] = sample;
    card = createSoundCard({
      clock: systemClock,
      log: quietLog,
      launch: forkHelpers(BUNDLES)(SOUND_PROCESS),
      microphoneAccess: null,
      nextFrame: () => {
        askedAt.push(performance.now());
        return frame;
      },
      onCaptured: () => {},
      onState: next => {
        state = next;
        states.push(next);
      },
    });
  });

  afterEach(async () => {
    card.close();
    await virtual.close();
    process.env = { ...before };
    await rm(folder, { recursive: true, force: true });
  });

  async function plugIn(on: boolean): Promise<void> {
    await writeFile(config, on ? plain + HEADSET : plain);
  }

  function isOn(name: string): boolean {
    return state.output.status === 'open' && state.output.device.name === name;
  }

  async function openOn(choice?: SoundChoice): Promise<void> {
    if (choice !== undefined) card.choose(choice);
    card.want(true);
    await until(() => state.output.status === 'open' && state.input.status === 'open');
    // Long enough that the card counts as one that ran.
    await wait(3500);
  }

  /** What the card played while something happened: the longest silence in it, in milliseconds. */
  async function longestSilence(happening: () => Promise<void>): Promise<number> {
    const recording = await virtual.record();
    await wait(500);
    await happening();
    await wait(500);
    const { left } = await recording.stop();
    const first = left.findIndex(sample => sample !== 0);
    const last = left.findLastIndex(sample => sample !== 0);
    // Sound is there again at the end: what follows is the recorder's own way to stop.
    expect(left.length - last).toBeLessThan(CARD_RATE_HZ / 4);
    return longestPauseMs(left.subarray(first, last));
  }

  function signalSoundProcess(signal: string): void {
    const { stdout } = spawnSync('pgrep', ['-P', String(process.pid), '-f', 'device-process.cjs'], {
      encoding: 'utf8',
    });
    for (const pid of stdout.split('\n').filter(Boolean)) process.kill(Number(pid), signal);
  }

  async function untilOpenAgain(): Promise<void> {
    await until(() => state.output.status !== 'open');
    await until(() => state.output.status === 'open' && state.input.status === 'open');
  }

  it('after its process was killed, and says so meanwhile', async () => {
    await openOn();
    states.length = 0;
    const silence = await longestSilence(async () => {
      signalSoundProcess('SIGKILL');
      await untilOpenAgain();
    });
    expect(states[0]?.output).toMatchObject({ problem: { kind: 'sound-lost' } });
    expect(silence).toBeLessThan(AWAY_LIMIT_MS);
  });

  it('after its process hung', async () => {
    await openOn();
    const silence = await longestSilence(async () => {
      signalSoundProcess('SIGSTOP');
      await untilOpenAgain();
    });
    expect(silence).toBeLessThan(AWAY_LIMIT_MS);
  });

  it('after the card stood still and took nothing more', async () => {
    await openOn();
    const { stdout } = spawnSync('pgrep', ['-f', `jackd -n ${virtual.env['JACK_DEFAULT_SERVER']}`]);
    const server = Number.parseInt(String(stdout), 10);
    process.kill(server, 'SIGSTOP');
    await wait(1000);
    process.kill(server, 'SIGCONT');
    const goesOnAt = performance.now();
    await untilOpenAgain();
    await until(() => (askedAt.at(-1) ?? 0) > goesOnAt);
    expect((askedAt.find(at => at > goesOnAt) ?? 0) - goesOnAt).toBeLessThan(AWAY_LIMIT_MS);
  });

  it('on another speaker when the headset was pulled out, with the microphone closed until it is back', async () => {
    await until(() => state.outputs.some(({ name }) => name === 'headset'));
    await openOn(ON_HEADSET);
    expect(isOn('headset')).toBe(true);
    const silence = await longestSilence(async () => {
      await plugIn(false);
      card.devicesChanged();
      await until(() => isOn('default'));
    });
    expect(silence).toBeLessThan(AWAY_LIMIT_MS);
    expect(state.input).toMatchObject({
      status: 'failed',
      problem: {
        kind: 'sound-unplugged',
        message: expect.stringContaining('headset was unplugged'),
      },
    });
    expect(state.outputs.map(({ name }) => name)).not.toContain('headset');

    await plugIn(true);
    card.devicesChanged();
    await until(() => isOn('headset'));
    await until(() => state.input.status === 'open' && state.input.device.name === 'headset');
  });
});

function longestPauseMs(samples: Int16Array): number {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) < 200 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return (1000 * longest) / CARD_RATE_HZ;
}
