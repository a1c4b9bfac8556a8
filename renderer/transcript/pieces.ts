import type { Segment, SegmentPlace } from '../../electron/core/segment.ts';
import type { ToldSegment } from '../../electron/core/transcript.ts';

/**
 * Pieces of a transcript with newer ones among them: each piece as it was understood last, told when it
 * was told first. A final piece stays as it is until another final one comes. What is no news keeps its identity.
 */
export function withPieces(
  known: readonly ToldSegment[],
  news: readonly ToldSegment[],
): readonly ToldSegment[] {
  const pieces = [...known];
  const places = new Map(pieces.map(({ segmentId }, at) => [segmentId, at]));
  let changed = false;
  for (const piece of news) {
    const at = places.get(piece.segmentId);
    const before = at === undefined ? undefined : pieces[at];
    if (at === undefined || before === undefined) {
      places.set(piece.segmentId, pieces.length);
      pieces.push(piece);
    } else if ((before.isFinal && !piece.isFinal) || isSamePiece(before, piece)) continue;
    else pieces[at] = { ...piece, at: Math.min(before.at, piece.at) };
    changed = true;
  }
  return changed ? pieces : known;
}

/** Whether two tellings of a piece say the same. */
export function isSamePiece(one: Segment, other: Segment): boolean {
  return (
    one.segmentId === other.segmentId &&
    one.text === other.text &&
    one.isFinal === other.isFinal &&
    one.who === other.who &&
    one.whispered === other.whispered &&
    isSamePlace(one.place, other.place)
  );
}

function isSamePlace(one: SegmentPlace | null, other: SegmentPlace | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.atMs === other.atMs &&
    one.lengthMs === other.lengthMs &&
    String(one.wordsMs) === String(other.wordsMs)
  );
}
