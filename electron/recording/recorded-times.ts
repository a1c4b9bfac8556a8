import { MULAW_SILENCE } from '../core/audio/mulaw.ts';
import type { Side, SoundTape, Stretch } from '../core/audio/sound-tape.ts';

/** A time that is recorded, in samples of the call. */
type Span = { readonly from: number; to: number };

const SIDES = ['them', 'us'] as const;

/**
 * Which sound of a call is recorded, by its place in the call. Nothing that was on the tape before a
 * beginning is, and nothing that comes after a break: what the other side said before arrives late at
 * its own place, but what is said here is placed loosely, so a break on this side ends with the tape.
 */
export class RecordedTimes {
  readonly #tape: SoundTape;
  readonly #spans: Readonly<Record<Side, Span[]>> = { them: [], us: [] };
  readonly #masked: Readonly<Record<Side, Stretch[]>> = { them: [], us: [] };

  constructor(tape: SoundTape) {
    this.#tape = tape;
  }

  /** Records from here on. @param at sample of the call */
  begin(at: number): void {
    for (const side of SIDES) {
      const from = Math.max(at, this.#tape.endOf(side));
      this.#spans[side].push({ from, to: Number.POSITIVE_INFINITY });
    }
  }

  /** Records nothing of what is said from now on. @param at sample of the call */
  breakOff(at: number): void {
    this.#end('them', at);
    this.#end('us', Math.min(at, this.#tape.endOf('us')));
  }

  /** Records all that is on the tape, and nothing more. */
  finish(): void {
    for (const side of SIDES) this.#end(side, this.#tape.endOf(side));
  }

  /** Records nothing of a stretch of one side, whenever it is written. */
  mask(side: Side, stretch: Stretch): void {
    this.#masked[side].push(stretch);
  }

  /** Makes silence of what is not recorded. @param offset where in `mulaw` the stretch begins */
  blank(side: Side, { from, to }: Stretch, mulaw: Uint8Array, offset: number): void {
    let at = from;
    for (const span of this.#spans[side]) {
      if (span.to <= at) continue;
      if (span.from >= to) break;
      if (span.from > at) {
        mulaw.fill(MULAW_SILENCE, offset + at - from, offset + span.from - from);
      }
      at = Math.min(span.to, to);
    }
    if (at < to) mulaw.fill(MULAW_SILENCE, offset + at - from, offset + to - from);
    for (const masked of this.#masked[side]) {
      const begin = Math.max(from, masked.from);
      const end = Math.min(to, masked.to);
      if (begin < end) mulaw.fill(MULAW_SILENCE, offset + begin - from, offset + end - from);
    }
  }

  #end(side: Side, at: number): void {
    const last = this.#spans[side].at(-1);
    if (last !== undefined) last.to = Math.max(last.from, Math.min(last.to, at));
  }
}
