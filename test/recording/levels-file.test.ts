import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { levelOf } from '../../electron/core/audio/level.ts';
import { levelsPath, readLevels } from '../../electron/recording/levels-file.ts';
import { openWav } from '../../electron/recording/wav-writer.ts';
import { writeWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { sine } from '../support/tones.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';

const EMPTY = { them: new Uint8Array(0), us: new Uint8Array(0) };

function levels(samples: Int16Array, frameSamples = 160): Uint8Array {
  const count = Math.ceil(samples.length / frameSamples);
  return Uint8Array.from({ length: count }, (_, i) =>
    levelOf(samples.subarray(i * frameSamples, (i + 1) * frameSamples)),
  );
}

/** A recording of so many frames in which only the other side speaks. */
function recording(frames: number): string {
  const path = join(tempFolder(), 'one.wav');
  const writer = openWav(path, false);
  for (let index = 0; index < frames; index += 1) {
    writer.write(index * 160, frameOf('them', index), new Uint8Array(160).fill(0xff));
  }
  writer.close();
  return path;
}

describe('the levels of a recording', () => {
  it('are kept as it is written', async () => {
    const path = recording(40);
    const expected = { them: levels(samplesOf('them', 0, 40)), us: new Uint8Array(40) };
    expect(await readLevels(path)).toEqual(expected);
    expect(readFileSync(levelsPath(path)).length).toBe(8 + 2 * 40);
  });

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['cut off', (path: string) => truncateSync(path, 20)],
    ['of another kind', (path: string) => writeFileSync(path, Buffer.alloc(500, 1))],
  ])('are worked out once when they are %s', async (_, spoil) => {
    const path = recording(40);
    const before = await readLevels(path);
    const kept = readFileSync(levelsPath(path));
    spoil(levelsPath(path));
    expect(await readLevels(path)).toEqual(before);
    expect(readFileSync(levelsPath(path))).toEqual(kept);
  });

  it('are worked out piece by piece for a long recording', async () => {
    const path = join(tempFolder(), 'one.wav');
    const writer = openWav(path, false);
    const speech = new Uint8Array(8000 * 100).fill(0xff);
    for (let index = 0; index < 5000; index += 7) speech.set(frameOf('us', index), index * 160);
    writer.write(0, new Uint8Array(speech.length).fill(0xff), speech);
    writer.close();
    const before = await readLevels(path);
    rmSync(levelsPath(path));
    expect(await readLevels(path)).toEqual(before);
    expect(before.us.filter(level => level > 0)).toHaveLength(715);
  });

  it('are those of a file with one voice and another rate, too', async () => {
    const path = join(tempFolder(), 'mono.wav');
    const tone = sine(400, 210, 0.5, 16_000);
    writeFileSync(path, writeWav(tone, 16_000));
    const { them, us } = await readLevels(path);
    expect(them).toEqual(levels(tone, 320));
    expect(us).toEqual(new Uint8Array(11));
  });

  it('are none without sound', async () => {
    const folder = tempFolder();
    expect(await readLevels(join(folder, 'none.wav'))).toEqual(EMPTY);
    writeFileSync(join(folder, 'text.wav'), 'not sound at all');
    expect(await readLevels(join(folder, 'text.wav'))).toEqual(EMPTY);
    expect(await readLevels(folder)).toEqual(EMPTY);
  });
});
