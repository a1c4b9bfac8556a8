import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import { toldError, toldErrorSchema } from './told-error.ts';

/** Most errors of a run that are kept. */
const MOST_FAULTS = 20;

const faultSchema = z.object({ at: z.number(), error: toldErrorSchema });

/** What a run leaves behind while it runs. @field faults errors nobody was there to catch */
const markSchema = z.object({
  startedAt: z.number(),
  faults: z.array(faultSchema).max(MOST_FAULTS),
});

/** A run that did not end in order: it crashed, was killed, or the computer went off. */
export type BrokenRun = Readonly<z.output<typeof markSchema>>;

/** The mark of the run that goes on. */
export type RunMark = {
  /** How the run before this one ended; null when it ended in order, or there was none. */
  readonly before: BrokenRun | null;
  /** Keeps an error nobody was there to catch. */
  readonly fault: (error: unknown) => void;
  /** This run does not end in order: the mark stays, whatever is said of its end later. */
  readonly stay: () => void;
  /** This run ends in order. */
  readonly end: () => void;
};

/**
 * Leaves a mark that only a clean end takes away. A disk that refuses is no reason not to start.
 * @param path of a file of its own; what it holds is checked when it is read, as anybody may have written it
 */
export function markRun(path: string, clock: Pick<Clock, 'now'>, log: Log): RunMark {
  const before = readMark(path);
  const faults: z.output<typeof faultSchema>[] = [];
  const startedAt = clock.now();
  let stays = false;
  const write = (): void => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, JSON.stringify({ startedAt, faults }), { mode: 0o600 });
    } catch (error) {
      log.warn({ err: error }, 'the mark of this run could not be written');
    }
  };
  write();
  return {
    before,
    fault: error => {
      if (faults.length >= MOST_FAULTS) return;
      faults.push({ at: clock.now(), error: toldError(error) });
      write();
    },
    stay: () => {
      stays = true;
    },
    end: () => {
      if (stays) return;
      try {
        rmSync(path, { force: true });
      } catch (error) {
        log.warn({ err: error }, 'the mark of this run could not be taken away');
      }
    },
  };
}

function readMark(path: string): BrokenRun | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    // A crash in the middle of writing it is one all the same.
    return { startedAt: 0, faults: [] };
  }
}
