/** What is sent, in order: sound, and where somebody began to talk or stopped. */
export type Queued =
  | { readonly kind: 'sound'; readonly atMs: number; readonly mulaw: Uint8Array }
  | {
      readonly kind: 'turn';
      /** The end of the sound before it, in ms of the call. */
      readonly atMs: number;
      readonly isOn: boolean;
      /** How long before `atMs` it was, in ms. */
      readonly agoMs: number;
    };

/** The sound of one side of a call that is not understood yet, kept to be sent again when a connection is lost. */
type SoundQueue = {
  /** More was said. @param atMs in ms of the call @param mulaw 8 kHz */
  readonly feed: (atMs: number, mulaw: Uint8Array) => void;
  readonly turn: (isOn: boolean, atMs: number) => void;
  /** Lets out what waits for a full message. */
  readonly flush: () => void;
  /** The oldest that no connection has; null: all was sent. */
  readonly next: () => Queued | null;
  /** A connection took the oldest. */
  readonly sent: (connection: object) => void;
  /** A connection is gone: what it was not heard to understand is to be sent again. */
  readonly lost: (connection: object) => void;
  /** A connection has told all it will tell. */
  readonly done: (connection: object) => void;
  /** A connection told what was said there, in ms of the call: it is never sent again. */
  readonly understood: (connection: object, fromMs: number, untilMs: number) => void;
};

/** The sound of one message: 100 ms, few enough messages, and words are hardly later for it. */
const MESSAGE_BYTES = 800;

/** Bytes of mu-law in a millisecond. */
const BYTES_A_MS = 8;

/** How much is kept at most, in ms; more only costs memory and comes too late to be live. */
const KEPT_MS = 30_000;

/** What was lost on the way is sent as silence up to so long, in ms; a longer gap is left out. */
const LONGEST_SILENCE_MS = 2000;

/** Sound so far back was sent already; from further back, in ms, time itself was put right. */
const REPEATED_MS = 500;

/** Frames are placed to their own length at best, in ms: less is no gap. */
const TOLERANCE_MS = 20;

/** Silence in mu-law. Source: ITU-T G.711 table 2a. */
const SILENCE = 0xff;

/** @param onLeftOut told when sound that nobody was sent had to be dropped */
export function createSoundQueue(onLeftOut: () => void): SoundQueue {
  type Entry = { readonly what: Queued; readonly connection: object | null };
  let entries: Entry[] = [];
  let keptMs = 0;
  let waiting: { readonly atMs: number; readonly mulaw: Uint8Array; length: number } | null = null;
  /** Where the next frame is expected, in ms of the call. */
  let nextMs: number | null = null;

  const push = (what: Queued): void => {
    entries.push({ what, connection: null });
    keptMs += lengthOf(what);
    let leftOut = false;
    while (keptMs > KEPT_MS) {
      const oldest = entries.shift();
      if (oldest === undefined) break;
      keptMs -= lengthOf(oldest.what);
      leftOut ||= oldest.connection === null && oldest.what.kind === 'sound';
    }
    if (leftOut) onLeftOut();
  };
  const flush = (): void => {
    if (waiting === null) return;
    const { atMs, mulaw, length } = waiting;
    push({ kind: 'sound', atMs, mulaw: mulaw.subarray(0, length) });
    waiting = null;
  };
  const append = (atMs: number, mulaw: Uint8Array): void => {
    for (let done = 0; done < mulaw.length; ) {
      waiting ??= {
        atMs: atMs + done / BYTES_A_MS,
        mulaw: new Uint8Array(MESSAGE_BYTES),
        length: 0,
      };
      const part = mulaw.subarray(done, done + MESSAGE_BYTES - waiting.length);
      waiting.mulaw.set(part, waiting.length);
      waiting.length += part.length;
      done += part.length;
      if (waiting.length === MESSAGE_BYTES) flush();
    }
    nextMs = atMs + mulaw.length / BYTES_A_MS;
  };
  const keep = (kept: Entry[]): void => {
    entries = kept;
    keptMs = entries.reduce((sum, { what }) => sum + lengthOf(what), 0);
  };

  return {
    feed: (atMs, mulaw) => {
      if (mulaw.length === 0) return;
      const gapMs = nextMs === null ? 0 : atMs - nextMs;
      if (nextMs === null) return append(atMs, mulaw);
      if (Math.abs(gapMs) < TOLERANCE_MS) return append(nextMs, mulaw);
      if (gapMs < 0 && gapMs >= -REPEATED_MS) {
        const again = mulaw.subarray(Math.round(-gapMs * BYTES_A_MS));
        if (again.length > 0) append(nextMs, again);
        return;
      }
      if (gapMs > 0 && gapMs <= LONGEST_SILENCE_MS) {
        append(nextMs, new Uint8Array(Math.round(gapMs * BYTES_A_MS)).fill(SILENCE));
      } else {
        flush();
      }
      append(atMs, mulaw);
    },
    turn: (isOn, atMs) => {
      flush();
      const endMs = nextMs ?? atMs;
      push({ kind: 'turn', atMs: endMs, isOn, agoMs: Math.max(0, endMs - atMs) });
    },
    flush,
    next: () => entries.find(({ connection }) => connection === null)?.what ?? null,
    sent: connection => {
      const index = entries.findIndex(entry => entry.connection === null);
      const entry = entries[index];
      if (entry !== undefined) entries[index] = { ...entry, connection };
    },
    lost: connection => {
      entries = entries.map(entry =>
        entry.connection === connection ? { ...entry, connection: null } : entry,
      );
    },
    done: connection => keep(entries.filter(entry => entry.connection !== connection)),
    understood: (connection, fromMs, untilMs) => {
      keep(
        entries.flatMap(entry =>
          entry.connection === connection
            ? without(entry.what, fromMs, untilMs).map(what => ({ what, connection }))
            : [entry],
        ),
      );
    },
  };
}

function lengthOf(what: Queued): number {
  return what.kind === 'sound' ? what.mulaw.length / BYTES_A_MS : 0;
}

/** What is left of something when a stretch of the call is taken out, to 1 ms. */
function without(what: Queued, fromMs: number, untilMs: number): Queued[] {
  const endMs = what.atMs + lengthOf(what);
  if (what.kind === 'turn') {
    return what.atMs > fromMs && what.atMs <= untilMs + 1 ? [] : [what];
  }
  if (endMs <= fromMs || what.atMs >= untilMs) return [what];
  const { atMs, mulaw } = what;
  const head = mulaw.subarray(0, Math.max(0, Math.round((fromMs - atMs) * BYTES_A_MS)));
  const cut = Math.max(0, Math.round((untilMs - atMs) * BYTES_A_MS));
  const tail = mulaw.subarray(Math.min(cut, mulaw.length));
  return [
    { kind: 'sound' as const, atMs, mulaw: head },
    { kind: 'sound' as const, atMs: atMs + cut / BYTES_A_MS, mulaw: tail },
  ].filter(part => part.mulaw.length >= BYTES_A_MS);
}
