import { FRAME_MS } from '../core/audio/frame.ts';
import type { Carried } from './frame-words.ts';
import { cutWord, finalText, partialText } from './recognised-text.ts';
import type { Saying } from './saying.ts';

/** How a recogniser tells what it understands. */
export type RecogniserOptions = {
  readonly partialResults: boolean;
  readonly profanityFilter: boolean;
  readonly enableAutomaticPunctuation: boolean;
};

/** What a recogniser has understood. */
export type Recognised = {
  readonly text: string;
  readonly isFinal: boolean;
  /** 0 to 1; of what is final. */
  readonly confidence: number | null;
  /** 0 to 1: how unlikely it is to change; of what is not final. */
  readonly stability: number | null;
};

/** Something to tell, and when, in ms of sound. */
type Due = Recognised & { readonly atMs: number };

/** A saying that is being heard: the words since its latest final. */
type Listening = {
  readonly words: string[];
  /** The place in its text of the word heard last. */
  lastIndex: number;
  /** When its sound came last. */
  atMs: number;
};

/** A partial result comes 300 to 480 ms after its last word, a final 500 to 680 ms after the sentence. */
const PARTIAL_MS = 300;
const FINAL_MS = 500;
const SPREAD_MS = 180;

/** One word of so many is at first understood wrongly, if it has letters enough. */
const REVISED_EVERY = 4;
const LONG_LETTERS = 5;

/** Understands one track as a recogniser does that knows what is said; its time is that of the sound. */
export class Recogniser {
  readonly #options: RecogniserOptions;
  readonly #listening = new Map<Saying, Listening>();
  #due: Due[] = [];
  #nowMs = 0;

  constructor(options: RecogniserOptions) {
    this.#options = options;
  }

  /** Hears what 20 ms carry. @returns what is to be told now, in order */
  hear(carried: readonly Carried[]): readonly Recognised[] {
    this.#nowMs += FRAME_MS;
    for (const part of carried) this.#hearPart(part);
    for (const [saying, heard] of this.#listening) {
      if (this.#nowMs - heard.atMs >= FINAL_MS) this.#finish(saying, heard);
    }
    return this.#take(({ atMs }) => atMs <= this.#nowMs);
  }

  /** Hears no more. @returns the rest, final */
  end(): readonly Recognised[] {
    for (const [saying, heard] of this.#listening) this.#finish(saying, heard);
    return this.#take(({ isFinal }) => isFinal);
  }

  #hearPart({ saying, atMs }: Carried): void {
    const heard = this.#listening.get(saying) ?? {
      words: [],
      lastIndex: saying.words.findLastIndex(({ endMs }) => endMs <= atMs),
      atMs: this.#nowMs,
    };
    this.#listening.set(saying, heard);
    heard.atMs = this.#nowMs;
    for (const [index, word] of saying.words.entries()) {
      if (word.endMs <= atMs || word.endMs > atMs + FRAME_MS) continue;
      heard.lastIndex = index;
      heard.words.push(word.text);
      if (this.#hasFloor(saying)) this.#tellPartial(heard, index);
      if (word.endsPiece) this.#tellFinal(heard, FINAL_MS + spread(lettersOf(heard.words)));
    }
    if (heard.lastIndex === saying.words.length - 1) this.#listening.delete(saying);
  }

  /** Of several who speak at once the first is told as they speak, the others when they have finished. */
  #hasFloor(saying: Saying): boolean {
    return this.#listening.keys().next().value === saying;
  }

  /** What was cut off is final as far as it was heard; what follows later is a sentence of its own. */
  #finish(saying: Saying, heard: Listening): void {
    this.#listening.delete(saying);
    if (heard.words.length > 0) this.#tellFinal(heard, 0);
  }

  #tellPartial({ words }: Listening, index: number): void {
    if (!this.#options.partialResults) return;
    const last = words.at(-1) ?? '';
    const isCut = index % REVISED_EVERY === REVISED_EVERY - 1 && last.length >= LONG_LETTERS;
    const understood = isCut ? [...words.slice(0, -1), cutWord(last)] : words;
    this.#due.push({
      text: partialText(understood, this.#options.profanityFilter),
      isFinal: false,
      confidence: null,
      stability: isCut ? 0.1 : 0.9,
      atMs: this.#after(PARTIAL_MS + spread(words.length * 67)),
    });
  }

  #tellFinal({ words }: Listening, delayMs: number): void {
    const { profanityFilter, enableAutomaticPunctuation } = this.#options;
    this.#due.push({
      text: finalText(words, {
        isFiltered: profanityFilter,
        isPunctuated: enableAutomaticPunctuation,
      }),
      isFinal: true,
      confidence: (90 + (lettersOf(words) % 10)) / 100,
      stability: null,
      atMs: this.#after(delayMs),
    });
    words.length = 0;
  }

  /** When something is due: never before what was understood earlier. */
  #after(delayMs: number): number {
    return Math.max(this.#nowMs + delayMs, this.#due.at(-1)?.atMs ?? 0);
  }

  #take(isNow: (due: Due) => boolean): readonly Recognised[] {
    const taken = this.#due.filter(isNow);
    this.#due = this.#due.filter(due => !isNow(due));
    return taken.map(({ atMs: _, ...recognised }) => recognised);
  }
}

/** A part of `SPREAD_MS` that looks like chance and is the same every time. */
function spread(seed: number): number {
  return (seed * 31) % (SPREAD_MS + 1);
}

function lettersOf(words: readonly string[]): number {
  return words.join('').length;
}
