import { describe, expect, it } from 'vitest';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { frameOf, samplesOf } from './numbered-frames.ts';
import { setUp, talk } from './spoken-call.ts';
import { readStrictly } from './strict-wav.ts';

describe('a pause of a recording', () => {
  it('is silence as long as it lasts, in sound and levels', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(20);
    recorder.pause('R1', true);
    recorder.pause('R1', true);
    await call.speak(30);
    recorder.pause('R1', false);
    recorder.pause('R1', false);
    await call.speak(10);
    expect(await recorder.stop('R1')).toEqual({ durationMs: 1200 });
    for (const [side, sound] of Object.entries(readStrictly(path))) {
      const name = side === 'us' ? 'us' : 'them';
      expect(sound.subarray(0, 3200)).toEqual(samplesOf(name, 0, 20));
      expect(sound.subarray(3200, 8000)).toEqual(new Int16Array(4800));
      expect(sound.subarray(8000)).toEqual(samplesOf(name, 50, 60));
    }
    const levels = await readLevels(path);
    expect(levels.us.subarray(20, 50)).toEqual(new Uint8Array(30));
    expect(Math.min(...levels.us.subarray(50))).toBeGreaterThan(0);
  });

  it('takes no sound that is placed before it, nor any that was said in it and is placed after', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(20);
    // What is said here stands up to 120 ms off the clock.
    clock.advance(60);
    recorder.pause('R1', true);
    call.tape.write('us', 20 * 160, frameOf('us', 1));
    call.tape.write('us', 25 * 160, frameOf('us', 2));
    recorder.pause('R1', false);
    call.tape.write('us', 26 * 160, frameOf('us', 26));
    await recorder.stop('R1');
    const { us } = readStrictly(path);
    expect(us.subarray(0, 20 * 160)).toEqual(samplesOf('us', 0, 20));
    expect(us.subarray(20 * 160, 26 * 160)).toEqual(new Int16Array(6 * 160));
    expect(us.subarray(26 * 160)).toEqual(samplesOf('us', 26, 27));
  });

  it('takes what the other side said before it, though it comes late', async () => {
    const { clock, recorder, path } = setUp();
    const call = talk(clock);
    recorder.start('R1', call, path);
    await call.speak(10, ['us']);
    recorder.pause('R1', true);
    for (let frame = 5; frame < 15; frame += 1) {
      call.tape.write('them', frame * 160, frameOf('them', frame));
    }
    await recorder.stop('R1');
    const { them } = readStrictly(path);
    expect(them.subarray(800, 1600)).toEqual(samplesOf('them', 5, 10));
    expect(them.subarray(1600)).toEqual(new Int16Array(800));
  });
});
