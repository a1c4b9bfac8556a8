import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { maskRecording } from '../../electron/recording/mask-recording.ts';
import { openWav } from '../../electron/recording/wav-writer.ts';
import { writeWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { sine } from '../support/tones.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { readStrictly } from './strict-wav.ts';

/** A recording of so many frames. */
function recording(frames: number): string {
  const path = join(tempFolder(), 'one.wav');
  const writer = openWav(path, false);
  for (let index = 0; index < frames; index += 1) {
    writer.write(index * 160, frameOf('them', index), frameOf('us', index));
  }
  writer.close();
  return path;
}

describe('a masked recording', () => {
  it.each([
    ['within frames', 1003, 2222],
    ['before its beginning', -500, 100],
    ['beyond its end', 15_900, 99_000],
    ['over many seconds', 10, 15_990],
  ])('is silent there, %s, and as long as before', async (_, from, to) => {
    const path = recording(100);
    maskRecording({ path, side: 'us', from, to });
    expect(readStrictly(path)).toEqual({
      them: samplesOf('them', 0, 100),
      us: samplesOf('us', 0, 100).fill(0, Math.max(0, from), to),
    });
    const kept = await readLevels(path);
    rmSync(`${path}.levels`);
    expect(await readLevels(path)).toEqual(kept);
  });

  it('is changed piece by piece where it is long', () => {
    const path = recording(1200);
    maskRecording({ path, side: 'them', from: 80, to: 1199 * 160 });
    expect(readStrictly(path).them).toEqual(samplesOf('them', 0, 1200).fill(0, 80, 1199 * 160));
  });

  it('has no levels of its own where there were none', async () => {
    const path = recording(10);
    rmSync(`${path}.levels`);
    maskRecording({ path, side: 'them', from: 0, to: 1600 });
    expect((await readLevels(path)).them).toEqual(new Uint8Array(10));
  });

  it('is left alone where it was not written here', () => {
    const path = join(tempFolder(), 'mono.wav');
    writeFileSync(path, writeWav(sine(400, 800), 8000));
    const before = readFileSync(path);
    maskRecording({ path, side: 'them', from: 0, to: 800 });
    expect(readFileSync(path)).toEqual(before);
  });

  it('that is gone is refused as the disk does', () => {
    const path = join(tempFolder(), 'none.wav');
    expect(() => maskRecording({ path, side: 'them', from: 0, to: 1 })).toThrow('ENOENT');
  });
});
