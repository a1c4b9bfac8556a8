import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, type Frame, SILENCE } from '../../electron/core/audio/frame.ts';
import { Player } from '../../electron/practice/player.ts';
import type { Script } from '../../electron/practice/script.ts';
import { tone } from '../../electron/practice/tone.ts';
import { loudness } from './fixture.ts';

const VOICE = tone([500], 20).fill(5000);

async function playerOf(script: Script, background?: 'cafe') {
  const said: string[] = [];
  const pressed: string[] = [];
  const player = new Player({
    script,
    background,
    voice: { name: 'rms' },
    speak: async text => new Int16Array(text.length * FRAME_SAMPLES).fill(7000),
    onSaid: text => said.push(text),
    onPressed: digits => pressed.push(digits),
  });
  player.prepare();
  await Promise.resolve();
  /** Frames until the player speaks or is over, hearing `heard`. */
  const waits = (heard: Frame, most: number): number => {
    for (let count = 0; count < most; count += 1) {
      const frame = player.next(heard);
      if (frame === undefined || loudness(frame) > 1000) return count;
    }
    return most;
  };
  return { player, said, pressed, waits };
}

describe('a scripted person', () => {
  it('says a sentence, tells so and hangs up', async () => {
    const { player, said } = await playerOf([{ do: 'say', text: 'abc' }]);
    for (let count = 0; count < 3; count += 1) {
      expect(player.next(SILENCE)?.[0]).toBe(7000);
      expect(said).toEqual([]);
    }
    expect(player.next(SILENCE)).toBeUndefined();
    expect(said).toEqual(['abc']);
  });

  it('pauses to the frame', async () => {
    const { waits } = await playerOf([
      { do: 'pause', ms: 200 },
      { do: 'tone', hz: 500, ms: 100 },
    ]);
    expect(waits(SILENCE, 100)).toBe(10);
  });

  it('lets the other side finish before it goes on', async () => {
    const { waits } = await playerOf([
      { do: 'listen', atMostMs: 1000 },
      { do: 'tone', hz: 500, ms: 100 },
    ]);
    expect(waits(VOICE, 200)).toBe(200);
    expect(waits(SILENCE, 100)).toBe(34);
  });

  it('goes on when the other side says nothing', async () => {
    const { waits } = await playerOf([
      { do: 'listen', atMostMs: 1000 },
      { do: 'tone', hz: 500, ms: 100 },
    ]);
    expect(waits(SILENCE, 100)).toBe(50);
  });

  it('interrupts as soon as it hears a voice', async () => {
    const { waits } = await playerOf([
      { do: 'wait-for-voice', atMostMs: 60_000 },
      { do: 'tone', hz: 500, ms: 100 },
    ]);
    expect(waits(SILENCE, 100)).toBe(100);
    expect(waits(VOICE, 100)).toBeLessThan(5);
  });

  it('says back what it hears, later', async () => {
    const { player } = await playerOf([{ do: 'echo', delayMs: 100, ms: 1000 }]);
    const heard = Array.from({ length: 20 }, (_, index) =>
      player.next(new Int16Array(FRAME_SAMPLES).fill(index + 1)),
    );
    expect(heard.slice(0, 5)).toEqual(new Array(5).fill(SILENCE));
    expect(heard.slice(5, 8).map(frame => frame?.[0])).toEqual([1, 2, 3]);
  });

  it('repeats and presses keys', async () => {
    const { player, pressed } = await playerOf([
      { do: 'repeat', times: 3, steps: [{ do: 'press', digits: '5' }] },
    ]);
    while (player.next(SILENCE) !== undefined) {}
    expect(pressed).toEqual(['5', '5', '5']);
  });

  it('has its background under voice and silence, 25 dB quieter than a voice', async () => {
    const { player } = await playerOf([{ do: 'pause', ms: 10_000 }], 'cafe');
    const frames = Array.from({ length: 500 }, () => player.next(SILENCE) ?? SILENCE);
    const all = Int16Array.from(frames.flatMap(frame => [...frame]));
    expect(20 * Math.log10(loudness(all) / 32767)).toBeCloseTo(-45, 0);
  });
});
