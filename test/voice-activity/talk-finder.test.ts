import { describe, expect, it } from 'vitest';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { INPUT_SAMPLES } from '../../electron/voice-activity/side-sound.ts';
import type { VoiceModel } from '../../electron/voice-activity/silero.ts';
import { createSoundBatch } from '../../electron/voice-activity/sound-batch.ts';
import { CHUNK_SAMPLES } from '../../electron/voice-activity/talk-detector.ts';
import { createTalkFinder } from '../../electron/voice-activity/talk-finder.ts';

/** A model that takes whatever is loud for a voice, and counts in its state how often it saw a side. */
function loudnessModel() {
  const runs: number[][] = [];
  const model: VoiceModel = {
    run: async (count, input, states) => {
      runs.push(
        states.map(state => {
          state[0] = (state[0] ?? 0) + 1;
          return state[0];
        }),
      );
      return Float32Array.from({ length: count }, (_, i) =>
        (input[(i + 1) * INPUT_SAMPLES - 1] ?? 0) > 0.1 ? 0.9 : 0.01,
      );
    },
  };
  return { runs, model };
}

const chunks = (count: number, value: number): Uint8Array =>
  encodeMulaw(new Int16Array(count * CHUNK_SAMPLES).fill(value));

const LOUD = 16_000;
const SOFT = 100;

function setUp() {
  const { runs, model } = loudnessModel();
  const finder = createTalkFinder(model);
  const batch = createSoundBatch();
  const hear = async (
    pieces: readonly (readonly [side: number, chunk: number, sound: Uint8Array])[],
    over: { stalled?: number[]; forgotten?: number[] } = {},
  ): Promise<number[]> => {
    for (const [side, chunk, sound] of pieces) batch.add(side, chunk * CHUNK_SAMPLES, sound);
    const turns = await finder.hear({ ...batch.take(), stalled: [], forgotten: [], ...over });
    return [...turns].map((number, i) => (i % 3 === 2 ? number / CHUNK_SAMPLES : number));
  };
  return { runs, hear };
}

describe('the search for talk', () => {
  it('looks at one chunk of every side at once, and tells the sides apart', async () => {
    const { runs, hear } = setUp();
    const turns = await hear([
      [1, 0, chunks(20, LOUD)],
      [2, 50, chunks(16, SOFT)],
      [3, 100, chunks(10, LOUD)],
      [3, 110, chunks(10, LOUD)],
    ]);
    expect(turns).toEqual([1, 1, 0, 3, 1, 100]);
    expect(runs.map(({ length }) => length)).toEqual([...new Array(16).fill(3), 2, 2, 2, 2]);
    expect(runs[15]).toEqual([16, 16, 16]);
  });

  it('does not look at a side that has been silent for a while', async () => {
    const { runs, hear } = setUp();
    await hear([[1, 0, chunks(100, 0)]]);
    expect(runs).toHaveLength(16);
    expect(await hear([[1, 100, chunks(20, LOUD)]])).toEqual([1, 1, 100]);
    expect(runs).toHaveLength(36);
    expect(await hear([[1, 120, chunks(100, 0)]])).toEqual([1, 0, 120]);
    expect(runs).toHaveLength(52);
  });

  it('ends talk where sound stops, jumps, or comes no more', async () => {
    const { runs, hear } = setUp();
    expect(await hear([[1, 0, chunks(20, LOUD)]], { stalled: [1] })).toEqual([1, 1, 0, 1, 0, 20]);
    const jump = await hear([
      [1, 20, chunks(20, LOUD)],
      [1, 500, chunks(20, LOUD)],
    ]);
    expect(jump).toEqual([1, 1, 20, 1, 0, 40, 1, 1, 500]);
    expect(runs.at(-1)).toEqual([20]);
    expect(await hear([], { forgotten: [1] })).toEqual([]);
    expect(await hear([[1, 0, chunks(20, SOFT)]])).toEqual([]);
  });
});
