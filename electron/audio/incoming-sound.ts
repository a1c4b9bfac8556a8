import { CallClock } from '../core/audio/call-clock.ts';
import type { CallQuality } from '../core/quality.ts';
import type { CallSound } from '../core/sound-plan.ts';
import { CallFigures } from './call-figures.ts';
import { IncomingStream, type IncomingTrack } from './incoming-stream.ts';

/** A way sound of a call comes in. */
type From = CallSound['from'];

/** Which of the ways that are there is kept: the one that tells the sides apart, then the call's own. */
const KEPT_FIRST: readonly From[] = ['monitor', 'call', 'seat'];

/** All that comes in of one call: its own stream, one beside it, this desk's seat in it. */
export class IncomingSound {
  readonly clock = new CallClock();
  readonly #ways = new Map<From, IncomingStream>();
  readonly #figures = new CallFigures();
  #tracks: readonly IncomingTrack[] = [];
  #heardFrom: From = 'call';
  #keptFrom: From = 'call';

  /** Every voice that comes in, heard or not. */
  get tracks(): readonly IncomingTrack[] {
    return this.#tracks;
  }

  /** The way that is kept. When none is there, it may go on as it was. */
  get keptFrom(): From {
    return this.#keptFrom;
  }

  /** How often timestamps could not be true. */
  get newStarts(): number {
    return this.#tracks.reduce((sum, { newStarts }) => sum + newStarts, 0);
  }

  /**
   * The way it is heard now: the one wanted, once there is sound of it. Until then what was heard before
   * goes on, so that no word is missed while a seat is taken.
   */
  heardFrom(wanted: From): From {
    if (wanted !== this.#heardFrom) {
      const way = this.#ways.get(wanted);
      if (way?.tracks.some(({ playout }) => playout.playing)) this.#heardFrom = wanted;
    }
    return this.#heardFrom;
  }

  /** Takes on a stream. @param stream stands for it: ends are told of the same */
  open(from: From, stream: object): IncomingStream {
    const way = this.#ways.get(from) ?? this.#newWay(from);
    way.open(stream);
    this.#keepBest();
    return way;
  }

  /** A stream is over; nothing happens when another took its place. */
  end(way: IncomingStream, stream: object): void {
    if (!way.isOpen(stream)) return;
    way.close();
    this.#keepBest();
  }

  /** Lets 20 ms go by that nobody hears. @param nowMs monotonic */
  skip(nowMs: number): void {
    for (const { playout } of this.#tracks) playout.skip(nowMs);
  }

  /** How the sound of the other side goes. @param unsentFrames of this side */
  quality(unsentFrames: number): CallQuality {
    return this.#figures.quality(unsentFrames);
  }

  /** Takes nothing any more. */
  close(): void {
    for (const way of this.#ways.values()) way.close();
  }

  #newWay(from: From): IncomingStream {
    const way = new IncomingStream(from, this.clock);
    this.#ways.set(from, way);
    this.#tracks = [...this.#tracks, ...way.tracks];
    return way;
  }

  #keepBest(): void {
    for (const from of KEPT_FIRST) {
      const way = this.#ways.get(from);
      if (way?.connected !== true) continue;
      this.#keptFrom = from;
      this.#figures.turnTo(way.them.playout);
      return;
    }
  }
}
