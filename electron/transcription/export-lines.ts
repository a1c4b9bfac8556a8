import type { Call } from '../core/call.ts';
import type { Side } from '../core/segment.ts';
import type { ToldSegment, Transcript, TranscriptNote } from '../core/transcript.ts';

/** A call and all that was said on it. */
export type ExportedCall = { readonly call: Call; readonly transcript: Transcript };

/** Something said, with its place in ms since the call's sound began, or since it was answered. */
export type SpokenLine = {
  readonly atMs: number;
  readonly lengthMs: number;
  readonly name: string;
  readonly words: readonly string[];
  /** Where each word begins, in ms since the same. */
  readonly wordsAtMs: readonly number[];
  /** Only the agent of this side heard it. */
  readonly whispered: boolean;
};

/** How long it takes to say a letter where nobody measured it: 150 words of 5 letters and a space a minute. */
const LETTER_MS = 67;

/** How this side is called where it is not known who spoke. */
const US = 'This desk';

/** The zero of all times of a transcript, in ms since the epoch. */
export function zeroOf({ call, transcript }: ExportedCall): number {
  const answeredAt = 'answeredAt' in call ? call.answeredAt : null;
  return transcript.soundStartedAt ?? answeredAt ?? call.startedAt;
}

/** What was said and stays as it is, in the order in which it began. */
export function linesOf(exported: ExportedCall): SpokenLine[] {
  const { call, transcript } = exported;
  const zero = zeroOf(exported);
  const spoken = transcript.segments
    .filter(({ isFinal, text }) => isFinal && text.trim() !== '')
    .map(segment => spokenLine(segment, nameOf(call, segment.speaker, segment.who), zero));
  const texts = new Set(
    transcript.segments.filter(({ by }) => by === 'said').map(({ text }) => text),
  );
  const said = transcript.notes
    .filter(note => isSaid(note) && !texts.has(note.text))
    .flatMap(note => (isSaid(note) ? [saidLine(note, nameOf(call, 'us', null), zero)] : []));
  return [...spoken, ...said].sort((one, other) => one.atMs - other.atMs);
}

/** How the other side of a call is called, or whoever of a side it was. */
export function nameOf({ them }: Call, side: Side, who: string | null): string {
  return who ?? (side === 'them' ? (them.name ?? them.number) : US);
}

type SaidNote = Extract<TranscriptNote, { event: 'text-said' | 'agent-told' }>;

function isSaid(note: TranscriptNote): note is SaidNote {
  return note.event === 'text-said' || note.event === 'agent-told';
}

function spokenLine(
  { text, place, at, whispered }: ToldSegment,
  name: string,
  zero: number,
): SpokenLine {
  const words = text.match(/\S+/g) ?? [];
  const lengthMs = place?.lengthMs ?? guessedMs(text);
  const atMs = place?.atMs ?? Math.max(0, at - zero - lengthMs);
  const { wordsMs = null } = place ?? {};
  const isTold = wordsMs !== null && wordsMs.length === words.length;
  const wordsAtMs = (isTold ? wordsMs : spread(words, lengthMs)).map(ms => atMs + ms);
  return { atMs, lengthMs, name, words, wordsAtMs, whispered };
}

/** A text that a voice began to speak when it was told. */
function saidLine(
  note: SaidNote & { readonly at: number },
  name: string,
  zero: number,
): SpokenLine {
  const words = note.text.match(/\S+/g) ?? [];
  const lengthMs = guessedMs(note.text);
  const atMs = Math.max(0, note.at - zero);
  const wordsAtMs = spread(words, lengthMs).map(ms => atMs + ms);
  return { atMs, lengthMs, name, words, wordsAtMs, whispered: note.event === 'agent-told' };
}

function guessedMs(text: string): number {
  return text.length * LETTER_MS;
}

/** Where words begin when every letter takes as long. */
function spread(words: readonly string[], lengthMs: number): number[] {
  const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
  let before = 0;
  return words.map(word => {
    const start = (lengthMs * before) / letters;
    before += word.length + 1;
    return start;
  });
}
