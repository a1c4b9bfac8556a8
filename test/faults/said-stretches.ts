import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import type { Clock } from '../../electron/core/clock.ts';
import { DESK_FRAMES, deskAmplitudes } from './desk-tones.ts';
import { framesIn } from './who-hears.ts';

/** Tones that are nearly as strong as the strongest of a frame may be what was said in it: one ends where the next begins. */
const NEARLY = 0.9;

/** The desk is heard from this amplitude on: a tenth of a frame of it. Of what leaks whole frames are heard. */
const HEARD = 800;

/** A tone that was last said less long ago, in ms, may still be on its way. */
const AGAIN_MS = 3000;

/** What was said so long before others did something may be heard by those it brought, in ms. */
const ON_ITS_WAY_MS = 1000;

/** A stretch of time in which what is said is meant for the same people. */
type Stretch = {
  /** CallSids. */
  readonly meant: Set<string>;
  /** Null while it lasts. */
  endedAt: number | null;
};

/** A frame somebody heard the desk in: the stretches it may be of, by their number. */
type HeardFrame = { readonly atMs: number; readonly stretches: readonly number[] };

/**
 * What a desk that always speaks says, by whom it was meant for when it was said. Each stretch has a tone of
 * its own, so that whoever hears a frame tells when it was said, however late a busy computer brought it.
 */
export type SaidStretches = {
  /** What the microphone hears now: 20 ms. */
  readonly frame: () => Int16Array;
  /** From now on what is said is meant for these. */
  readonly meantFor: (sids: ReadonlySet<string>) => void;
  /** Others did something of which the desk learns later: what it says for so long may be heard by them too. */
  readonly excuse: (sids: Iterable<string>, ms: number) => void;
  /** The moments in which somebody heard what was not meant for them, in words, one for each 20 ms. */
  readonly leaks: (sid: string) => readonly string[];
};

/** @param heardBy what somebody has heard so far, by CallSid */
export function createSaidStretches(
  clock: Clock,
  heardBy: (sid: string) => Int16Array,
): SaidStretches {
  const stretches: Stretch[] = [{ meant: new Set(), endedAt: null }];
  const heard = new Map<string, HeardFrame[]>();
  /** How many frames of what somebody heard were looked at. */
  const looked = new Map<string, number>();
  /** Who is excused, once for each reason. */
  const excused: string[] = [];
  let hasTooFewTones = false;
  let meant: ReadonlySet<string> = new Set();

  /** The newest stretch that has a tone: one before it was heard long ago. */
  const stretchOf = (tone: number): number => {
    const last = stretches.length - 1;
    return (
      last - ((((last - tone) % DESK_FRAMES.length) + DESK_FRAMES.length) % DESK_FRAMES.length)
    );
  };
  const look = (sid: string): readonly HeardFrame[] => {
    const frames = framesIn(heardBy(sid));
    const known = heard.get(sid) ?? [];
    for (let i = looked.get(sid) ?? 0; i < frames.length; i += 1) {
      const amplitudes = deskAmplitudes(frames[i] ?? new Int16Array());
      const strongest = Math.max(...amplitudes);
      if (strongest < HEARD) continue;
      const tones = amplitudes.flatMap((amplitude, tone) =>
        amplitude < NEARLY * strongest ? [] : [tone],
      );
      known.push({ atMs: i * FRAME_MS, stretches: tones.map(stretchOf) });
    }
    looked.set(sid, frames.length);
    heard.set(sid, known);
    return known;
  };
  const begin = (): void => {
    const next = new Set([...meant, ...excused]);
    const current = stretches.at(-1);
    if (current !== undefined && isSame(current.meant, next)) return;
    if (current !== undefined) current.endedAt = clock.now();
    // Its tone was used before: whoever heard that one is asked now.
    const same = stretches[stretches.length - DESK_FRAMES.length];
    if (same !== undefined) {
      hasTooFewTones ||= (same.endedAt ?? 0) > clock.now() - AGAIN_MS;
      for (const sid of heard.keys()) look(sid);
    }
    for (const sid of next) if (!heard.has(sid)) heard.set(sid, []);
    stretches.push({ meant: next, endedAt: null });
  };

  return {
    frame: () => DESK_FRAMES[(stretches.length - 1) % DESK_FRAMES.length] ?? new Int16Array(),
    meantFor: sids => {
      meant = sids;
      begin();
    },
    excuse: (sids, ms) => {
      const since = clock.now() - ON_ITS_WAY_MS;
      const all = [...sids];
      for (const stretch of stretches) {
        if ((stretch.endedAt ?? since) >= since) for (const sid of all) stretch.meant.add(sid);
      }
      excused.push(...all);
      begin();
      clock.after(ms, () => {
        for (const sid of all) excused.splice(excused.indexOf(sid), 1);
        begin();
      });
    },
    leaks: sid => {
      if (hasTooFewTones) throw new Error('more was said in a short time than there are tones for');
      return look(sid).flatMap(frame => {
        if (frame.stretches.some(number => stretches[number]?.meant.has(sid))) return [];
        const others = frame.stretches.map(number => stretches[number]?.meant.size ?? 0);
        return [`at ${frame.atMs} ms: stretch ${frame.stretches}, meant for ${others} others`];
      });
    },
  };
}

function isSame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every(one => others.has(one));
}
