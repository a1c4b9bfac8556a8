import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SoundTape, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import { createRecorder } from '../../electron/recording/recorder.ts';
import {
  type LaunchRecordingWriter,
  launchLocal,
} from '../../electron/recording/recording-writer.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { frameOf } from './numbered-frames.ts';

/** A gigabyte, in bytes. */
export const GB = 1000 * 1000 * 1000;

/** A call in which both sides speak all the time, in step with the clock. */
export function talk(clock: FakeClock, startFrame = 0) {
  const startMs = clock.monotonic();
  const tape = new SoundTape(tapeBudget());
  let frame = startFrame;
  return {
    tape,
    nowMs: () => clock.monotonic() - startMs + startFrame * 20,
    /** Lets so many frames be spoken. */
    speak: async (frames: number, sides: readonly ('them' | 'us')[] = ['them', 'us']) => {
      for (let i = 0; i < frames; i += 1, frame += 1) {
        for (const side of sides) tape.write(side, frame * 160, frameOf(side, frame));
        clock.advance(20);
        await Promise.resolve();
      }
    },
  };
}

/** A recorder on a clock that stands still, with a path for its first file. */
export function setUp(launch: LaunchRecordingWriter = launchLocal(() => 50 * GB)) {
  const clock = fakeClock();
  const { log, messages } = recordingLog();
  const stopped: string[] = [];
  const told: unknown[] = [];
  const recorder = createRecorder({
    clock,
    log,
    launch,
    onStopped: (id, because) => stopped.push(`${id} ${because}`),
    onDisk: low => told.push(low),
  });
  onTestFinished(() => recorder.close());
  const folder = tempFolder();
  return { clock, messages, stopped, told, recorder, path: join(folder, 'day', 'one.wav') };
}
