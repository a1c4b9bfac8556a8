import { join } from 'node:path';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import type { Recording } from '../../electron/core/recording.ts';
import { openWav } from '../../electron/recording/wav-writer.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A folder for recordings, written as the app writes them. */
export function openFolder() {
  const folder = tempFolder();
  /** Writes a recording; both sides equally long, of whole frames. */
  const record = (
    callId: string,
    id: string,
    offsetMs: number,
    them: Int16Array,
    us: Int16Array = new Int16Array(them.length),
  ): Recording => {
    const path = join(folder, `${id}.wav`);
    const file = openWav(path, false);
    file.write(0, encodeMulaw(them), encodeMulaw(us));
    file.close();
    return {
      id,
      callId,
      by: 'here',
      sid: null,
      account: null,
      startedAt: 0,
      offsetMs,
      durationMs: them.length / 8,
      status: 'kept',
      path,
    };
  };
  return { folder, record };
}
