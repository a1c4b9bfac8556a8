import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';

/** Length of the header of a file with nothing but sound. Source: RIFF WAVE, PCM */
export const HEADER_BYTES = 44;

/** One sample of both sides. */
const FRAME_BYTES = 4;

const PCM = 1;

/** PCM too, told in a longer way. Source: WAVEFORMATEXTENSIBLE */
const EXTENSIBLE = 0xfffe;

/** How much may stand before the sound. */
const MOST_BEFORE_SOUND = 64 * 1024;

/** A length from which on it is none: what writes without an end in sight says so. */
const NO_LENGTH = 0xffffff00;

/** What came is no sound that is read here. */
export class SoundFault extends Error {}

/** How the sound of a file is laid out. */
type Layout = { readonly channels: 1 | 2; readonly dataBytes: number };

/**
 * Takes in Twilio's WAV file piece by piece and gives on its sound as ours: 16 bits, both sides in
 * turn, them first. Twilio has the leg that is recorded on the left channel, and the one leg of
 * each of our calls is that of the other side, whoever called. A file of one channel has both in one.
 * Source: https://www.twilio.com/docs/voice/intelligence/voice-intelligence-best-practices
 */
export class SoundIntake {
  #held: Buffer = Buffer.alloc(0);
  #layout: Layout | null = null;
  #leftBytes = 0;
  #frames = 0;

  /** How much sound was given on, in milliseconds. */
  get durationMs(): number {
    return Math.round((this.#frames * 1000) / SAMPLE_RATE_HZ);
  }

  /** Takes in the next piece. @returns the sound in it, whole samples of both sides. Throws a `SoundFault`. */
  take(piece: Uint8Array): Buffer {
    this.#held = Buffer.concat([this.#held, piece]);
    if (this.#layout === null && !this.#readHead()) return Buffer.alloc(0);
    const { channels } = this.#layout ?? { channels: 2 };
    const frameBytes = 2 * channels;
    const usable = Math.min(this.#held.length, this.#leftBytes);
    const whole = usable - (usable % frameBytes);
    const sound = this.#held.subarray(0, whole);
    this.#leftBytes -= whole;
    // What stands behind the sound is not kept.
    const isOver = this.#leftBytes < frameBytes;
    this.#held = isOver ? Buffer.alloc(0) : Buffer.from(this.#held.subarray(whole));
    this.#frames += whole / frameBytes;
    return channels === 2 ? sound : doubled(sound);
  }

  /** Everything came. Throws a `SoundFault` when that was no sound or not all of it. */
  end(): void {
    if (this.#layout === null) throw new SoundFault('not a WAV file');
    const isWhole = this.#leftBytes < FRAME_BYTES || this.#layout.dataBytes === Infinity;
    if (!isWhole) throw new SoundFault('cut short');
  }

  /** The header of a file with the sound that was given on. */
  header(): Buffer {
    const dataBytes = this.#frames * FRAME_BYTES;
    const head = Buffer.alloc(HEADER_BYTES);
    head.write('RIFF', 0, 'latin1');
    head.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
    head.write('WAVEfmt ', 8, 'latin1');
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(PCM, 20);
    head.writeUInt16LE(2, 22);
    head.writeUInt32LE(SAMPLE_RATE_HZ, 24);
    head.writeUInt32LE(SAMPLE_RATE_HZ * FRAME_BYTES, 28);
    head.writeUInt16LE(FRAME_BYTES, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36, 'latin1');
    head.writeUInt32LE(dataBytes, 40);
    return head;
  }

  /** @returns false while the sound has not begun yet */
  #readHead(): boolean {
    const head = readHead(this.#held);
    if (head === null) {
      if (this.#held.length > MOST_BEFORE_SOUND) throw new SoundFault('no sound in sight');
      return false;
    }
    this.#layout = head.layout;
    this.#leftBytes = head.layout.dataBytes;
    this.#held = this.#held.subarray(head.soundAt);
    return true;
  }
}

/** Reads what stands before the sound; null while that is not all there. */
function readHead(bytes: Buffer): { readonly layout: Layout; readonly soundAt: number } | null {
  if (bytes.length < 12) return null;
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new SoundFault('not a WAV file');
  }
  let channels: Layout['channels'] | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (name === 'data') {
      if (channels === null) throw new SoundFault('sound of no known kind');
      const dataBytes = length === 0 || length >= NO_LENGTH ? Infinity : length;
      return { layout: { channels, dataBytes }, soundAt: at + 8 };
    }
    const end = at + 8 + length + (length % 2);
    if (name === 'fmt ') {
      if (end > bytes.length) return null;
      channels = readFormat(bytes.subarray(at + 8, end));
    }
    at = end;
  }
  return null;
}

function readFormat(format: Buffer): Layout['channels'] {
  if (format.length < 16) throw new SoundFault('a short format');
  const kind = format.readUInt16LE(0);
  const channels = format.readUInt16LE(2);
  const rateHz = format.readUInt32LE(4);
  const bits = format.readUInt16LE(14);
  const isPcm = kind === PCM || kind === EXTENSIBLE;
  const isKnown = isPcm && bits === 16 && rateHz === SAMPLE_RATE_HZ;
  if (!isKnown || (channels !== 1 && channels !== 2)) {
    throw new SoundFault(`format ${kind}, ${channels} × ${bits} bits at ${rateHz} Hz`);
  }
  return channels;
}

/** The one channel on both sides. */
function doubled(mono: Buffer): Buffer {
  const both = Buffer.alloc(mono.length * 2);
  for (let at = 0; at < mono.length; at += 2) {
    const sample = mono.readInt16LE(at);
    both.writeInt16LE(sample, 2 * at);
    both.writeInt16LE(sample, 2 * at + 2);
  }
  return both;
}
