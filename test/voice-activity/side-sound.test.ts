import { describe, expect, it } from 'vitest';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { createSideSound, INPUT_SAMPLES } from '../../electron/voice-activity/side-sound.ts';
import { CHUNK_SAMPLES } from '../../electron/voice-activity/talk-detector.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';

const said = glidingSound(2);
const wire = encodeMulaw(said);

/** Takes all whole chunks out. @returns their places, and the samples of each with its context */
function chunksOf(sound: ReturnType<typeof createSideSound>) {
  const places: number[] = [];
  const inputs: Int16Array[] = [];
  while (sound.hasChunk()) {
    const input = new Float32Array(INPUT_SAMPLES + 3);
    places.push(sound.takeChunk(input, 3).at);
    inputs.push(Int16Array.from(input.subarray(3), sample => sample * 32_768));
  }
  return { places, inputs };
}

describe('the sound of one side', () => {
  it('comes as chunks, each with the end of the one before', () => {
    const sound = createSideSound();
    for (let at = 0; at < 1600; at += 160) sound.add(8000 + at, wire.subarray(at, at + 160));
    const { places, inputs } = chunksOf(sound);
    expect(places).toEqual([8000, 8256, 8512, 8768, 9024, 9280]);
    expect(inputs[0]?.subarray(0, 32)).toEqual(new Int16Array(32));
    expect(inputs[1]).toEqual(said.slice(CHUNK_SAMPLES - 32, 2 * CHUNK_SAMPLES));
    expect(inputs[5]).toEqual(said.slice(5 * CHUNK_SAMPLES - 32, 6 * CHUNK_SAMPLES));
  });

  it('is silent where a little never came, and is not heard twice', () => {
    const sound = createSideSound();
    sound.add(0, wire.subarray(0, 256));
    sound.add(416, wire.subarray(416, 576));
    sound.add(496, wire.subarray(496, 768));
    sound.add(300, wire.subarray(300, 500));
    const { places, inputs } = chunksOf(sound);
    expect(places).toEqual([0, 256, 512]);
    const whole = asOnTheWire(said.slice(0, 768));
    whole.fill(0, 256, 416);
    expect(inputs.flatMap(input => [...input.subarray(32)])).toEqual([...whole]);
  });

  it('follows what came before, unless it jumps', () => {
    const sound = createSideSound();
    expect(sound.follows(99_999)).toBe(true);
    sound.add(8000, wire.subarray(0, 160));
    expect([8160, 11_360, 4160].map(sound.follows)).toEqual([true, true, true]);
    expect([11_361, 4159].map(sound.follows)).toEqual([false, false]);
    sound.restart();
    sound.add(80_000, wire.subarray(0, 256));
    expect(chunksOf(sound).places).toEqual([80_000]);
  });

  it('tells how loud a chunk is', () => {
    const sound = createSideSound();
    sound.add(0, encodeMulaw(new Int16Array(CHUNK_SAMPLES).fill(16_764)));
    const { peak, power } = sound.takeChunk(new Float32Array(INPUT_SAMPLES), 0);
    expect(peak).toBeCloseTo(0.51, 1);
    expect(power).toBeCloseTo(peak * peak);
  });
});
