// Records a synthetic call in real time until it is killed. Each frame is told when it has been said: a line with its number.
import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SoundTape, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import { every } from '../../electron/core/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createRecorder } from '../../electron/recording/recorder.ts';
import { launchWorkerFrom } from '../../electron/recording/recording-writer.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { frameOf } from '../recording/numbered-frames.ts';

const [path] = process.argv.slice(2);
const log = createLog('warning');
const tape = new SoundTape(tapeBudget());
const recorder = createRecorder({
  clock: systemClock,
  log,
  launch: launchWorkerFrom(join(__dirname, 'recording-worker.cjs')),
  onStopped: (_, because) => log.error({ because }, 'The recording stopped'),
  onDisk: () => {},
});

let frame = 0;
/** When the first frame was said; the call is silent until its recording runs. */
let startMs = null;
recorder.start('R1', { tape, nowMs: () => frame * 20 }, path);
every(systemClock, 5, () => {
  const nowMs = systemClock.monotonic();
  if (startMs === null && existsSync(path)) startMs = nowMs;
  while (startMs !== null && frame * 20 <= nowMs - startMs) {
    tape.write('them', frame * 160, frameOf('them', frame));
    tape.write('us', frame * 160, frameOf('us', frame));
    frame += 1;
    writeSync(1, `${frame}\n`);
  }
});
