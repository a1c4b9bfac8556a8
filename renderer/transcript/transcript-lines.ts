import type { Side } from '../../electron/core/segment.ts';
import type { ToldSegment, TranscriptNote } from '../../electron/core/transcript.ts';

/** One line of a transcript: what somebody said without a long pause, or what else happened. */
export type TranscriptLine = SaidLine | NoteLine;

/** What one side said, piece after piece. */
export type SaidLine = {
  readonly kind: 'said';
  readonly key: string;
  /** Where it begins in the call's sound, or without sound since the answer; in ms. */
  readonly atMs: number;
  readonly pieces: readonly ToldSegment[];
  /** Goes on where the line above stopped: the name stands there. */
  readonly continues: boolean;
};

/** What else happened. */
type NoteLine = {
  readonly kind: 'note';
  readonly key: string;
  readonly atMs: number;
  readonly note: ShownNote;
};

/** Notes that stand in a line of their own; watch words are marked where they were said. */
export type ShownNote = Exclude<TranscriptNote, { event: 'watch-word-heard' }>;

/** Pieces of one speaker this near to each other stand under one name, in ms. */
const ONE_BREATH_MS = 8000;

/** How long a letter takes to say, where nothing tells how long a piece is: 150 words of 6 signs in a minute. */
const LETTER_MS = 67;

/** A line this long is followed by another one with a time of its own, in signs. */
const LONGEST_LINE = 480;

/** A text spoken by a voice and the note of it are told within so much of each other, in ms. */
const TOLD_TWICE_MS = 15_000;

/** @field zeroAt the moment places count from, in ms since the epoch @field finalOnly leaves out what may still change */
type LineOptions = { readonly zeroAt: number; readonly finalOnly: boolean };

/** All lines of a transcript in the order in which they began. */
export function transcriptLines(
  pieces: readonly ToldSegment[],
  notes: readonly TranscriptNote[],
  { zeroAt, finalOnly }: LineOptions,
): readonly TranscriptLine[] {
  const said = pieces
    .filter(({ text, isFinal }) => text !== '' && (isFinal || !finalOnly))
    .map(piece => ({ atMs: beganMs(piece, zeroAt), piece }));
  const others = notes
    .filter(note => note.event !== 'watch-word-heard')
    .filter(note => !isSaidAnyway(note, pieces))
    .map(note => ({ atMs: noteMs(note, zeroAt), note }));
  const all = [...said, ...others].sort(
    (one, other) => one.atMs - other.atMs || rank(one) - rank(other),
  );
  const lines: TranscriptLine[] = [];
  for (const item of all) {
    if ('note' in item) {
      lines.push({ kind: 'note', key: noteKey(item.note), ...item });
      continue;
    }
    const last = lines.at(-1);
    const follows = last?.kind === 'said' && isOneBreath(last, item.piece, zeroAt);
    if (follows && lengthOf(last) < LONGEST_LINE) {
      lines[lines.length - 1] = { ...last, pieces: [...last.pieces, item.piece] };
    } else {
      lines.push({
        kind: 'said',
        key: item.piece.segmentId,
        atMs: item.atMs,
        pieces: [item.piece],
        continues: follows,
      });
    }
  }
  return lines;
}

/** The same lines, with those that say what they said before as they were, so that they are not drawn again. */
export function keepSame(
  before: readonly TranscriptLine[],
  after: readonly TranscriptLine[],
): readonly TranscriptLine[] {
  const byKey = new Map(before.map(line => [line.key, line]));
  const lines = after.map(line => {
    const known = byKey.get(line.key);
    return known !== undefined && isSameLine(known, line) ? known : line;
  });
  return lines.length === before.length && lines.every((line, at) => line === before[at])
    ? before
    : lines;
}

/** What a line says, as it is written. */
export function lineText({ pieces }: SaidLine): string {
  return pieces.map(({ text }) => text).join(' ');
}

/** Who spoke a line, and how. */
export function speakerOf({ pieces: [first] }: SaidLine): ToldSegment | undefined {
  return first;
}

/** Where a piece begins in the call's sound, or since the zero moment by when it was told; in ms. */
function beganMs({ place, at }: ToldSegment, zeroAt: number): number {
  return place?.atMs ?? Math.max(0, at - zeroAt);
}

/** The line in which a moment is heard: the last said line that has begun by then; null before the first. */
export function lineAt(lines: readonly TranscriptLine[], atMs: number): SaidLine | null {
  const line = lines.findLast(one => one.kind === 'said' && one.atMs <= atMs);
  return line?.kind === 'said' ? line : null;
}

function isOneBreath({ pieces }: SaidLine, next: ToldSegment, zeroAt: number): boolean {
  const last = pieces.at(-1);
  if (last === undefined || !isSameVoice(last, next)) return false;
  const ended = beganMs(last, zeroAt) + (last.place?.lengthMs ?? last.text.length * LETTER_MS);
  return beganMs(next, zeroAt) - ended <= ONE_BREATH_MS;
}

function isSameVoice(one: ToldSegment, other: ToldSegment): boolean {
  return (
    one.speaker === other.speaker &&
    one.who === other.who &&
    one.whispered === other.whispered &&
    (one.by === 'said') === (other.by === 'said') &&
    isRightToLeft(one.text) === isRightToLeft(other.text)
  );
}

/** Whether a text is read from right to left, by its first letter. */
function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(first);
}

function isSameLine(one: TranscriptLine, other: TranscriptLine): boolean {
  if (one.atMs !== other.atMs) return false;
  if (one.kind === 'note') return other.kind === 'note';
  if (other.kind === 'note' || one.continues !== other.continues) return false;
  return (
    one.pieces.length === other.pieces.length &&
    one.pieces.every((piece, at) => piece === other.pieces[at])
  );
}

function lengthOf({ pieces }: SaidLine): number {
  return pieces.reduce((length, { text }) => length + text.length + 1, 0);
}

/** Of the same moment the other side stands first, then this one, then what else happened. */
function rank(item: { readonly piece: ToldSegment } | { readonly note: ShownNote }): number {
  const ranks: Readonly<Record<Side, number>> = { them: 0, us: 1 };
  return 'piece' in item ? ranks[item.piece.speaker] : 2;
}

function noteMs(note: ShownNote, zeroAt: number): number {
  return note.event === 'sound-lost' ? note.atMs : Math.max(0, note.at - zeroAt);
}

function noteKey(note: ShownNote): string {
  return `${note.event} ${note.at}`;
}

/** A text that stands among the pieces as well is shown once. */
function isSaidAnyway(note: ShownNote, pieces: readonly ToldSegment[]): boolean {
  return (
    note.event === 'text-said' &&
    pieces.some(
      ({ by, text, at }) =>
        by === 'said' && text === note.text && Math.abs(at - note.at) <= TOLD_TWICE_MS,
    )
  );
}
