import { SAMPLE_RATE_HZ } from './frame.ts';
import { MULAW_SILENCE } from './mulaw.ts';

/** One of the two people of a call: the other side, or this desk. */
export type Side = 'them' | 'us';

/** How far back a tape reaches: half an hour. */
export const TAPE_MS = 30 * 60 * 1000;

/** Samples kept in one piece: 4 s, so that what is dropped at the far end is never missed. */
const PIECE_SAMPLES = 32_768;

const TAPE_PIECES = Math.ceil((TAPE_MS * SAMPLE_RATE_HZ) / 1000 / PIECE_SAMPLES);

/** Pieces that a tape keeps however little memory is left: a recording has not yet read the newest. */
const FEWEST_PIECES = 2;

/**
 * Memory that tapes share. When it is used up, each new piece costs its tape the oldest; only the last
 * four seconds of a call are kept in any case.
 */
export type TapeBudget = { readonly limitBytes: number; usedBytes: number };

/** 512 MB: nine calls of half an hour in which both sides never stop, or a hundred of five minutes. */
export function tapeBudget(limitBytes = 512 * 1024 * 1024): TapeBudget {
  return { limitBytes, usedBytes: 0 };
}

/** One side of a tape. @field used the piece written last, to which most of what comes belongs; at `usedIndex` */
type Reel = {
  readonly pieces: Map<number, Uint8Array>;
  end: number;
  used: Uint8Array;
  usedIndex: number;
};

const NO_PIECE = new Uint8Array(0);

/** Beyond any place in a call, which lasts 24 hours at most, and still a small integer to the engine. */
const UNCHANGED = 2 ** 30 - 1;

/** A stretch of a tape, in samples. */
export type Stretch = { readonly from: number; readonly to: number };

/**
 * The sound of a call as it goes: both sides in µ-law at 8 kHz, by their place in the call, of the last
 * half hour. Recording and rewinding read from it. What was never written is silence and takes no room.
 */
export class SoundTape {
  #budget: TapeBudget;
  readonly #them: Reel = { pieces: new Map(), end: 0, used: NO_PIECE, usedIndex: -1 };
  readonly #us: Reel = { pieces: new Map(), end: 0, used: NO_PIECE, usedIndex: -1 };
  #oldestPiece = 0;
  /** The first sample that changed since somebody asked; `UNCHANGED` is none. */
  #changedFrom = UNCHANGED;

  constructor(budget: TapeBudget) {
    this.#budget = budget;
  }

  /** The first sample still kept. */
  get start(): number {
    return this.#oldestPiece * PIECE_SAMPLES;
  }

  /** The sample after the last one written, on either side. */
  get end(): number {
    return Math.max(this.#them.end, this.#us.end);
  }

  /** The sample after the last one written on one side. */
  endOf(side: Side): number {
    return this.#reel(side).end;
  }

  /** Puts sound in its place; what was there is replaced. @param at sample of the call @param mulaw its bytes */
  write(side: Side, at: number, mulaw: Uint8Array): void {
    const reel = this.#reel(side);
    const from = Math.max(at, this.start);
    const to = at + mulaw.length;
    if (to <= from) return;
    for (let done = from; done < to; ) {
      const index = Math.floor(done / PIECE_SAMPLES);
      const inPiece = done - index * PIECE_SAMPLES;
      const count = Math.min(to - done, PIECE_SAMPLES - inPiece);
      // Nearly always the whole of it, which needs no view of a part.
      const part = count === mulaw.length ? mulaw : mulaw.subarray(done - at, done - at + count);
      this.#pieceAt(reel, index).set(part, inPiece);
      done += count;
    }
    if (from < this.#changedFrom) this.#changedFrom = from;
    if (to > reel.end) reel.end = to;
  }

  /** A stretch of one side; silence where nothing was written or nothing is kept any more. */
  read(side: Side, stretch: Stretch): Uint8Array {
    const mulaw = new Uint8Array(Math.max(0, stretch.to - stretch.from));
    this.readInto(side, stretch, mulaw, 0);
    return mulaw;
  }

  /** The same, into memory that is there. @param offset where in `target` its first sample goes */
  readInto(side: Side, { from, to }: Stretch, target: Uint8Array, offset: number): void {
    const { pieces } = this.#reel(side);
    for (let done = from; done < to; ) {
      const index = Math.floor(done / PIECE_SAMPLES);
      const inPiece = done - index * PIECE_SAMPLES;
      const count = Math.min(to - done, PIECE_SAMPLES - inPiece);
      const at = offset + done - from;
      const piece = pieces.get(index);
      if (piece === undefined) target.fill(MULAW_SILENCE, at, at + count);
      else target.set(piece.subarray(inPiece, inPiece + count), at);
      done += count;
    }
  }

  /** What was written since the last call, early changes included; null when nothing was. */
  takeChanged(): Stretch | null {
    if (this.#changedFrom === UNCHANGED) return null;
    const changed = { from: this.#changedFrom, to: this.end };
    this.#changedFrom = UNCHANGED;
    return changed;
  }

  /**
   * Its call is over: what it holds no longer counts, since whoever still reads it lets go of it soon.
   * Nothing may be written after it.
   */
  release(): void {
    this.#budget.usedBytes -= PIECE_SAMPLES * (this.#them.pieces.size + this.#us.pieces.size);
    this.#budget = tapeBudget(0);
  }

  #reel(side: Side): Reel {
    return side === 'them' ? this.#them : this.#us;
  }

  #pieceAt(reel: Reel, index: number): Uint8Array {
    if (index === reel.usedIndex) return reel.used;
    const piece = reel.pieces.get(index) ?? this.#newPiece(reel, index);
    reel.used = piece;
    reel.usedIndex = index;
    return piece;
  }

  #newPiece(reel: Reel, index: number): Uint8Array {
    this.#keepFrom(index + 1 - TAPE_PIECES);
    this.#makeRoom(index + 1 - FEWEST_PIECES);
    const piece = new Uint8Array(PIECE_SAMPLES).fill(MULAW_SILENCE);
    this.#budget.usedBytes += PIECE_SAMPLES;
    reel.pieces.set(index, piece);
    return piece;
  }

  /** Pays for a new piece with the oldest, as far as there is one before `index`. */
  #makeRoom(index: number): void {
    const { limitBytes } = this.#budget;
    while (this.#budget.usedBytes + PIECE_SAMPLES > limitBytes && this.#oldestPiece < index) {
      const before = this.#budget.usedBytes;
      this.#keepFrom(this.#oldestPiece + 1);
      if (this.#budget.usedBytes < before) return;
    }
  }

  /** Lets all pieces before `index` go, on both sides. */
  #keepFrom(index: number): void {
    if (index <= this.#oldestPiece) return;
    for (const reel of [this.#them, this.#us]) {
      if (reel.usedIndex < index) reel.usedIndex = -1;
      for (const known of reel.pieces.keys()) {
        if (known < index && reel.pieces.delete(known)) this.#budget.usedBytes -= PIECE_SAMPLES;
      }
    }
    this.#oldestPiece = index;
  }
}
