import { PlayoutBuffer, type PlayoutFigures } from '../core/audio/playout-buffer.ts';
import type { CallQuality } from '../core/quality.ts';

/** What of the figures is counted since the call began. */
type Counts = Pick<
  CallQuality,
  'receivedFrames' | 'lateFrames' | 'missingFrames' | 'droppedMs' | 'insertedMs'
>;

/** The figures before anything came. */
const NOTHING_CAME = new PlayoutBuffer().figures;

/** How the sound of the other side of a call goes, whichever stream brings it at the time. */
export class CallFigures {
  #playout: PlayoutBuffer | null = null;
  /** What was counted before, less what the playout had counted when its turn came. */
  #before = countsOf(NOTHING_CAME);

  /** From here on the other side comes by this playout. */
  turnTo(playout: PlayoutBuffer): void {
    if (playout === this.#playout) return;
    this.#before = joined(this.#counts(), countsOf(playout.figures), -1);
    this.#playout = playout;
  }

  /** The figures so far, and as they are now. @param unsentFrames of this side */
  quality(unsentFrames: number): CallQuality {
    const { depthMs, targetMs, jitterMs, addedMs } = this.#figures();
    return { ...this.#counts(), depthMs, targetMs, jitterMs, addedMs, unsentFrames };
  }

  #figures(): PlayoutFigures {
    return this.#playout?.figures ?? NOTHING_CAME;
  }

  #counts(): Counts {
    return joined(this.#before, countsOf(this.#figures()), 1);
  }
}

function countsOf({
  received,
  late,
  missing,
  droppedMs,
  overflowMs,
  insertedMs,
}: PlayoutFigures): Counts {
  return {
    receivedFrames: received,
    lateFrames: late,
    missingFrames: missing,
    droppedMs: droppedMs + overflowMs,
    insertedMs,
  };
}

/** `a` and `sign` times `b`. */
function joined(a: Counts, b: Counts, sign: 1 | -1): Counts {
  return {
    receivedFrames: a.receivedFrames + sign * b.receivedFrames,
    lateFrames: a.lateFrames + sign * b.lateFrames,
    missingFrames: a.missingFrames + sign * b.missingFrames,
    droppedMs: a.droppedMs + sign * b.droppedMs,
    insertedMs: a.insertedMs + sign * b.insertedMs,
  };
}
