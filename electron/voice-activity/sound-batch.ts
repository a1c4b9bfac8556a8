import type { VoiceActivityRequest } from './voice-activity-messages.ts';

/** Room for the sound of 40 calls over 100 ms, to begin with. */
const FIRST_BYTES = 1 << 16;
const FIRST_NUMBERS = 1 << 11;

/** More than this is not kept waiting: 10 s of 40 calls. */
const MOST_BYTES = 6_400_000;

/** Sound of many sides that waits to be looked at. */
type SoundBatch = {
  /** Copies sound of a side. @param at in samples of the call */
  readonly add: (side: number, at: number, mulaw: Uint8Array) => void;
  /** Takes out all sound, as it is told. */
  readonly take: () => Pick<VoiceActivityRequest, 'pieces' | 'sound'>;
  /** Forgets all sound. */
  readonly clear: () => void;
};

/** An empty batch. It grows to what it once held, and takes nothing new from the heap then. */
export function createSoundBatch(): SoundBatch {
  let pieces = new Int32Array(FIRST_NUMBERS);
  let sound = new Uint8Array(FIRST_BYTES);
  let numbers = 0;
  let bytes = 0;

  const clear = (): void => {
    numbers = 0;
    bytes = 0;
  };

  return {
    add: (side, at, mulaw) => {
      if (bytes + mulaw.length > MOST_BYTES) clear();
      if (numbers + 3 > pieces.length) {
        const more = new Int32Array(2 * pieces.length);
        more.set(pieces);
        pieces = more;
      }
      if (bytes + mulaw.length > sound.length) {
        const more = new Uint8Array(2 * (bytes + mulaw.length));
        more.set(sound.subarray(0, bytes));
        sound = more;
      }
      pieces[numbers] = side;
      pieces[numbers + 1] = at;
      pieces[numbers + 2] = mulaw.length;
      numbers += 3;
      sound.set(mulaw, bytes);
      bytes += mulaw.length;
    },
    take: () => {
      // Slices, for whole buffers would be sent with parts of them.
      const taken = { pieces: pieces.slice(0, numbers), sound: sound.slice(0, bytes) };
      clear();
      return taken;
    },
    clear,
  };
}
