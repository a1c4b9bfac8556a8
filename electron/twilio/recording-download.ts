import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import { ProblemError } from '../core/problem.ts';
import { HEADER_BYTES, SoundFault, SoundIntake } from './recording-sound.ts';
import { networkCode } from './refusals.ts';

/** How long a download may bring nothing, in ms. */
const STALL_MS = 45_000;

/** How long a download may take at all, in ms: a day of sound is 2.8 GB. */
const LIMIT_MS = 60 * 60 * 1000;

/** Largest file: what a WAV file can tell the length of. Twilio ends a recording after a day. */
const MOST_BYTES = 4 * 1024 ** 3 - 64 * 1024;

/** How far the file may be from what Twilio says of it, which is in whole seconds. */
const TOLERANCE_MS = 2000;
const TOLERANCE_SHARE = 0.01;

/** What a file is written for. */
type DownloadPorts = {
  readonly clock: Clock;
  /** Ends the download: aborted by the caller or by the limits here. */
  readonly giveUp: AbortController;
  /** What Twilio says the length is, in whole seconds; null when it does not. */
  readonly toldS: number | null;
};

/**
 * Writes a recording to a file as it comes. The file is there when it is whole, or not at all.
 * Rejects with a `SoundFault` when what came is not the recording, with a `storage-failed` problem
 * when it cannot be kept, with the network's error when it stops coming.
 * @returns its length in ms
 */
export async function writeRecording(
  body: Readable,
  path: string,
  { clock, giveUp, toldS }: DownloadPorts,
): Promise<number> {
  const draft = `${path}.part`;
  const intake = new SoundIntake();
  let endStall = clock.after(STALL_MS, () => giveUp.abort());
  const endLimit = clock.after(LIMIT_MS, () => giveUp.abort());
  const stop = (): unknown => body.destroy(new Error('given up'));
  giveUp.signal.addEventListener('abort', stop);
  // What fails while the file is still being opened is met when it is read.
  body.on('error', () => {});
  try {
    const file = await stored(open(draft, 'w', 0o600));
    try {
      let end = HEADER_BYTES;
      for await (const piece of body) {
        endStall();
        endStall = clock.after(STALL_MS, () => giveUp.abort());
        const sound = intake.take(piece as Buffer);
        if (end + sound.length > MOST_BYTES) throw new SoundFault('longer than a WAV file can be');
        if (sound.length > 0) await stored(writeAll(file, sound, end));
        end += sound.length;
      }
      giveUp.signal.throwIfAborted();
      intake.end();
      checkLength(intake.durationMs, toldS);
      await stored(writeAll(file, intake.header(), 0));
      await stored(file.sync());
    } finally {
      await file.close();
    }
    await stored(rename(draft, path));
    return intake.durationMs;
  } catch (error) {
    body.destroy();
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  } finally {
    endStall();
    endLimit();
    giveUp.signal.removeEventListener('abort', stop);
  }
}

function checkLength(durationMs: number, toldS: number | null): void {
  if (toldS === null) return;
  const tolerance = Math.max(TOLERANCE_MS, toldS * 1000 * TOLERANCE_SHARE);
  if (Math.abs(durationMs - toldS * 1000) > tolerance) {
    throw new SoundFault(`${durationMs} ms instead of ${toldS} s`);
  }
}

/** Writes all bytes; a disk that is almost full takes only some at a time, then fails. */
async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Waits for the disk. */
async function stored<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const code = networkCode(error);
    throw new ProblemError(
      {
        kind: 'storage-failed',
        message: 'The recording could not be kept on this computer. Twilio still has it.',
        remedy: 'Make room on the disk, and see that Earshot may write to its folder.',
        ...(code === null ? {} : { code }),
      },
      { cause: error },
    );
  }
}
