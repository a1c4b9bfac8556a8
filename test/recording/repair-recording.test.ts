import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repairRecording } from '../../electron/recording/repair-recording.ts';
import { openWav } from '../../electron/recording/wav-writer.ts';
import { writeWav } from '../support/sound-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { readStrictly } from './strict-wav.ts';

function recording(): string {
  const path = join(tempFolder(), 'one.wav');
  const writer = openWav(path, false);
  for (let index = 0; index < 10; index += 1) {
    writer.write(index * 160, frameOf('them', index), frameOf('us', index));
  }
  writer.close();
  return path;
}

describe('a recording after a crash', () => {
  it('that is whole is left as it is', async () => {
    const path = recording();
    const before = readFileSync(path);
    expect(await repairRecording(path)).toEqual({ durationMs: 200 });
    expect(readFileSync(path)).toEqual(before);
  });

  it('gets the sound that its header does not count yet', async () => {
    const path = recording();
    const whole = readFileSync(path);
    appendFileSync(path, whole.subarray(44, 44 + 642));
    expect(await repairRecording(path)).toEqual({ durationMs: 220 });
    const { them } = readStrictly(path);
    expect(them.subarray(0, 1600)).toEqual(samplesOf('them', 0, 10));
    expect(them.subarray(1600)).toEqual(samplesOf('them', 0, 1));
  });

  it('gets a header that the disk lost', async () => {
    const path = recording();
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.alloc(44), whole.subarray(44)]));
    expect(await repairRecording(path)).toEqual({ durationMs: 200 });
    expect(readFileSync(path)).toEqual(whole);
  });

  it('that cannot be reached now is not said to be none', async () => {
    await expect(repairRecording(tempFolder())).rejects.toThrow('EISDIR');
  });

  it('is none when there is no file, an empty one, or one of somebody else', async () => {
    const path = join(tempFolder(), 'one.wav');
    expect(await repairRecording(path)).toBeNull();
    writeFileSync(path, '');
    expect(await repairRecording(path)).toBeNull();
    const foreign = writeWav(new Int16Array(1000), 44_100);
    writeFileSync(path, foreign);
    expect(await repairRecording(path)).toBeNull();
    expect(readFileSync(path)).toEqual(foreign);
  });
});
