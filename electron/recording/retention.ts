import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { Recording } from '../core/recording.ts';
import type { Log } from '../log.ts';
import { removeRecordingFiles } from './recording-path.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What retention needs of the rest. */
type RetentionPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** How many days recordings are kept; null keeps them. */
  readonly days: () => number | null;
  /** Recordings that lie here and began before a time. */
  readonly keptBefore: (at: number) => readonly Recording[];
  readonly emit: (fact: Fact) => void;
};

/**
 * Deletes recordings whose time is over, now and once a day. Only what lies on this computer: of
 * recordings that Twilio made, Twilio keeps its own until somebody deletes it there.
 * @returns ends it, when what it is at is done
 */
export function startRetention(ports: RetentionPorts): () => Promise<void> {
  const { clock, log, days, keptBefore, emit } = ports;
  let closed = false;
  let work = Promise.resolve();

  const sweep = async (): Promise<void> => {
    const kept = days();
    if (kept === null) return;
    for (const { id, callId, path } of keptBefore(clock.now() - kept * DAY_MS)) {
      if (closed) return;
      try {
        await removeRecordingFiles(path);
        emit({ event: 'recording-deleted', callId, recordingId: id, because: 'retention' });
      } catch (error) {
        // Open in another program, perhaps: tomorrow is early enough.
        log.warn({ err: error, recordingId: id }, 'a recording whose time is over was not deleted');
      }
    }
  };
  const next = (): void => {
    work = work.then(sweep).catch((error: unknown) => {
      log.error({ err: error }, 'looking for recordings whose time is over failed');
    });
  };

  next();
  const cancel: Cancel = every(clock, DAY_MS, next);
  return async () => {
    closed = true;
    cancel();
    await work;
  };
}
