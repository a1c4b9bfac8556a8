import { type Cancel, type Clock, every } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { Recording } from '../core/recording.ts';
import type { Log } from '../log.ts';
import { isThere, removeRecordingFiles } from './recording-path.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What retention needs of the rest. */
type RetentionPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** How many days recordings are kept; null keeps them. */
  readonly days: () => number | null;
  /** Recordings that lie here and began before a time. */
  readonly keptBefore: (at: number) => readonly Recording[];
  /** Lost recordings that began before a time: some of their files may be there again. */
  readonly lostBefore: (at: number) => readonly Recording[];
  readonly emit: (fact: Fact) => void;
};

/** Deletes recordings whose time is over. */
type Retention = {
  /** Looks again when recordings are to be kept for another time than before. */
  readonly settingsChanged: () => void;
  /** Ends it, when what it is at is done. */
  readonly close: () => Promise<void>;
};

/**
 * Deletes recordings whose time is over, now and once a day. Only what lies on this computer: of
 * recordings that Twilio made, Twilio keeps its own until somebody deletes it there.
 */
export function startRetention(ports: RetentionPorts): Retention {
  const { clock, log, days, keptBefore, lostBefore, emit } = ports;
  let closed = false;
  let daysBefore = days();
  let work = Promise.resolve();

  const sweep = async (): Promise<void> => {
    const kept = days();
    if (kept === null) return;
    const before = clock.now() - kept * DAY_MS;
    for (const { id, callId, path, status } of [...keptBefore(before), ...lostBefore(before)]) {
      if (closed) return;
      if (status === 'lost' && !(await isThere(path))) continue;
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
  return {
    settingsChanged: () => {
      if (days() === daysBefore) return;
      daysBefore = days();
      next();
    },
    close: async () => {
      closed = true;
      cancel();
      await work;
    },
  };
}
