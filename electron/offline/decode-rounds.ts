import type { HeardWords } from './recogniser-messages.ts';
import { createSoundQueue, type SoundQueue, type TakenSound } from './sound-queue.ts';

/** Less than this is not worth a call: the recogniser looks at 30 ms at once, and each call has a price. */
const WORTH_MS = 200;

/** So much is decoded at once at most, so that the others get their turn. */
const MOST_MS = 1000;

/** How much of one side may wait before it is only told of what is final. */
const NO_PARTIALS_MS = 2000;

/** How much may wait before it is left out. */
const SKIP_MS = 6000;

/** What was understood of a piece of sound. */
export type Decoded = {
  readonly words: HeardWords | null;
  readonly isFinal: boolean;
  /** In ms of the call. */
  readonly throughMs: number;
};

/** Understands one side. One call at a time. */
export type SideDecoder = {
  /** @param wantsPartial whether words that may still change are worth the work */
  readonly decode: (sound: TakenSound, wantsPartial: boolean) => Promise<readonly Decoded[]>;
  readonly free: () => void;
};

type RoundPorts = {
  /** So many decode at once. */
  readonly threads: number;
  readonly onDecoded: (side: number, decoded: Decoded) => void;
  readonly onSkipped: (side: number, stretch: { atMs: number; lengthMs: number }) => void;
  readonly onClosed: (side: number) => void;
  /** The recogniser failed in a way it should not. */
  readonly onError: (error: unknown) => void;
};

type Side = {
  readonly queue: SoundQueue;
  decoder: SideDecoder | null;
  busy: boolean;
  closing: boolean;
};

/** Decodes the sound of all sides in turn, and gives up what waits for too long. */
export type DecodeRounds = {
  /** Sound may come from now on; it waits until there is a decoder. */
  readonly open: (side: number) => void;
  /** Its decoder is there. A side that is gone frees it. */
  readonly begin: (side: number, decoder: SideDecoder) => void;
  readonly push: (
    side: number,
    atMs: number,
    mulaw: Uint8Array,
    ends: boolean,
    again: boolean,
  ) => void;
  /** How late the latest side is, in ms. */
  readonly lateMs: () => number;
  /** Decodes what waits; called after a batch was pushed. */
  readonly run: () => void;
  /** What waits is still decoded, then its decoder is freed. */
  readonly close: (side: number) => void;
  /** It gets no decoder. */
  readonly drop: (side: number) => void;
};

/** With no sides. */
export function createDecodeRounds(ports: RoundPorts): DecodeRounds {
  /** In the order in which they are to have their turn. */
  const sides = new Map<number, Side>();
  let running = 0;

  const isDue = ({ queue, decoder, busy, closing }: Side): boolean =>
    decoder !== null && !busy && (closing || queue.hasEnd() || queue.waitingMs() >= WORTH_MS);

  const lateMs = (): number =>
    Math.max(0, ...[...sides.values()].map(({ queue }) => queue.lateMs()));

  const skipLate = (): void => {
    for (const [number, { queue }] of sides) {
      if (queue.lateMs() <= SKIP_MS) continue;
      const stretch = queue.skip();
      if (stretch === null) continue;
      // What was understood before the gap is not joined with what comes after it.
      const endMs = stretch.atMs + stretch.lengthMs;
      queue.push({ atMs: endMs, mulaw: new Uint8Array(), ends: true, again: true });
      ports.onSkipped(number, stretch);
    }
  };

  const takeTurn = async (number: number, side: Side, decoder: SideDecoder): Promise<void> => {
    const sound = side.queue.take(MOST_MS);
    const last = side.closing && side.queue.waitingMs() === 0;
    const isNewest = side.queue.waitingMs() < WORTH_MS;
    const wantsPartial = isNewest && lateMs() <= NO_PARTIALS_MS;
    for (const decoded of await decoder.decode(
      { ...sound, ends: sound.ends || last },
      wantsPartial,
    )) {
      ports.onDecoded(number, decoded);
    }
    if (!last || side.queue.waitingMs() > 0) return;
    sides.delete(number);
    decoder.free();
    ports.onClosed(number);
  };

  const run = (): void => {
    skipLate();
    while (running < ports.threads) {
      const due = [...sides].find(([, side]) => isDue(side));
      if (due === undefined) return;
      const [number, side] = due;
      // Whoever had a turn goes to the end.
      sides.delete(number);
      sides.set(number, side);
      if (side.decoder === null) return;
      side.busy = true;
      running += 1;
      takeTurn(number, side, side.decoder)
        .catch(ports.onError)
        .finally(() => {
          side.busy = false;
          running -= 1;
          run();
        });
    }
  };

  return {
    open: side =>
      sides.set(side, { queue: createSoundQueue(), decoder: null, busy: false, closing: false }),
    begin: (number, decoder) => {
      const side = sides.get(number);
      if (side === undefined) return decoder.free();
      side.decoder = decoder;
      run();
    },
    push: (number, atMs, mulaw, ends, again) => {
      const side = sides.get(number);
      // While its model is loaded it is not this computer's decoding that is slow.
      side?.queue.push({ atMs, mulaw, ends, again: again || side.decoder === null });
    },
    lateMs,
    run,
    close: number => {
      const side = sides.get(number);
      if (side === undefined) return;
      side.closing = true;
      run();
    },
    drop: number => {
      if (!sides.delete(number)) return;
      ports.onClosed(number);
    },
  };
}
