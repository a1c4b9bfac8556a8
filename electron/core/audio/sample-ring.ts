import { decodeMulaw, encodeMulaw, MULAW_SILENCE } from './mulaw.ts';
import { crossFade } from './overlap.ts';

/**
 * Samples a ring holds, 2.05 s in 16 kB: what playout keeps (600 ms), a padded gap (1 s) and a payload
 * on top before the oldest is dropped, and the sound already played from which gaps are concealed.
 */
const CAPACITY = 16_384;
const MASK = CAPACITY - 1;

/** One arrival time is kept for so many samples, as a power of two. A payload of 20 ms is five times that. */
const SLOT_BITS = 5;
const SLOT_MASK = (CAPACITY >> SLOT_BITS) - 1;

/** Samples before the head that go along with a jump: all that concealment looks back on. */
const HISTORY = 256;

/** Peak up to which sound may be left out unheard: about -48 dBFS, 6 dB under what is taken for speech (level.ts). */
const QUIET_PEAK = 132;

const DECODED = decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte));

/** Whether a µ-law byte is a quiet sample. */
const QUIET = Uint8Array.from(DECODED, sample => (Math.abs(sample) <= QUIET_PEAK ? 1 : 0));

/**
 * The sound of one stream in the order it is to be played, as µ-law bytes in one fixed ring. What was
 * played lies before the head and stays readable, so that edits can look back: whatever is changed is
 * changed in the ring, and taking a frame is only ever a copy.
 */
export class SampleRing {
  readonly #bytes = new Uint8Array(CAPACITY).fill(MULAW_SILENCE);
  readonly #arrivals = new Float64Array(SLOT_MASK + 1);
  #head = 0;
  #tail = 0;

  /** Samples waiting to be played. */
  get depth(): number {
    return this.#tail - this.#head;
  }

  /** Takes the bytes from index `from` on, which arrived at `arrivedMs`. */
  append(mulaw: Uint8Array, from: number, arrivedMs: number): void {
    const count = mulaw.length - from;
    const start = this.#tail & MASK;
    if (from === 0 && start + count <= CAPACITY) {
      this.#bytes.set(mulaw, start);
    } else {
      for (let i = 0; i < count; i += 1) {
        this.#bytes[(start + i) & MASK] = mulaw[from + i] ?? MULAW_SILENCE;
      }
    }
    const last = (this.#tail + count - 1) >> SLOT_BITS;
    for (let slot = this.#tail >> SLOT_BITS; slot <= last; slot += 1) {
      this.#arrivals[slot & SLOT_MASK] = arrivedMs;
    }
    this.#tail += count;
  }

  /** Takes samples made here. */
  appendSamples(samples: Int16Array): void {
    this.#write(this.#tail, samples);
    this.#tail += samples.length;
  }

  /** Decodes samples from `offset` after the head (before it when negative) until `into` is full. */
  read(offset: number, into: Int16Array): Int16Array {
    const start = this.#head + offset;
    for (let i = 0; i < into.length; i += 1) {
      into[i] = DECODED[this.#bytes[(start + i) & MASK] ?? MULAW_SILENCE] ?? 0;
    }
    return into;
  }

  /** Decodes the next samples into `frame` and moves on. At least so many must be waiting. */
  take(frame: Int16Array): void {
    const bytes = this.#bytes;
    const decoded = DECODED;
    const count = frame.length;
    const start = this.#head & MASK;
    if (start + count <= CAPACITY) {
      for (let i = 0; i < count; i += 1) frame[i] = decoded[bytes[start + i] ?? 0] ?? 0;
    } else {
      this.read(0, frame);
    }
    this.#head += count;
  }

  /** Moves on by so many samples without playing them; back when negative. */
  advance(count: number): void {
    this.#head += count;
  }

  /** Forgets what is waiting. What was played stays. */
  clear(): void {
    this.#tail = this.#head;
  }

  /** When the sound `offset` after the head arrived, in ms, within a few ms of sound. */
  arrivedAtMs(offset: number): number {
    return this.#arrivals[((this.#head + offset) >> SLOT_BITS) & SLOT_MASK] ?? 0;
  }

  /** How many samples from `offset` on are quiet without a break, at most `most`. */
  quietFrom(offset: number, most: number): number {
    const start = this.#head + offset;
    let count = 0;
    while (count < most && QUIET[this.#bytes[(start + count) & MASK] ?? 0] === 1) count += 1;
    return count;
  }

  /**
   * Plays on `shift` samples later (leaving sound out), or earlier when negative (playing it again),
   * fading over from what would have come within `overlap` samples. What was played keeps lying
   * before the head. At least `shift + overlap` samples, and `overlap`, must be waiting.
   */
  jump(shift: number, overlap: number): void {
    const played = this.read(-HISTORY, new Int16Array(HISTORY));
    const joined = this.read(shift, new Int16Array(overlap));
    crossFade(this.read(0, new Int16Array(overlap)), joined);
    this.#head += shift;
    this.#write(this.#head - HISTORY, played);
    this.#write(this.#head, joined);
  }

  #write(position: number, samples: Int16Array): void {
    const encoded = encodeMulaw(samples);
    for (let i = 0; i < encoded.length; i += 1) {
      this.#bytes[(position + i) & MASK] = encoded[i] ?? MULAW_SILENCE;
    }
  }
}
