import { memo } from 'react';
import { fragmentsOf, type Range, rangesWithin } from './text-marks.ts';
import type { SaidLine } from './transcript-lines.ts';

/** What is marked in the text of lines. */
export type LineMarks = {
  /** Words somebody watches for, by the piece they were said in. */
  readonly watched: ReadonlyMap<string, readonly Range[]>;
  /** What is looked for, by line. */
  readonly found: ReadonlyMap<string, readonly Range[]>;
};

type LineTextProps = {
  readonly line: SaidLine;
  readonly watched: LineMarks['watched'];
  readonly found: readonly Range[];
  readonly now: Range | null;
};

/** The words of a line: final pieces, and dimmed those that may still change, which screen readers do not hear. */
export const LineText = memo(function LineText({ line, watched, found, now }: LineTextProps) {
  let until = 0;
  return line.pieces.map(({ segmentId, text, isFinal }, index) => {
    const from = until;
    until += text.length + 1;
    const within = (ranges: readonly Range[]) => rangesWithin(ranges, from, from + text.length);
    const fragments = fragmentsOf(text, {
      watched: watched.get(segmentId) ?? [],
      found: within(found),
      now: now === null ? null : (within([now])[0] ?? null),
    });
    return (
      // A piece that becomes final is a new one, so that screen readers are told of it.
      <span key={`${segmentId} ${isFinal}`} aria-hidden={!isFinal || undefined}>
        {index === 0 ? '' : ' '}
        <span data-piece={segmentId} data-final={isFinal}>
          {fragments.map(fragment => (
            <MarkedText key={fragment.from} {...fragment} />
          ))}
        </span>
      </span>
    );
  });
});

type MarkedTextProps = ReturnType<typeof fragmentsOf>[number];

function MarkedText({ text, masked, watched, found }: MarkedTextProps) {
  const words = masked ? (
    <span className="masked" role="img" aria-label="not kept" title="Not kept">
      {text}
    </span>
  ) : (
    text
  );
  if (found !== 'no') {
    return (
      <mark className="found" data-now={found === 'now' || undefined} data-watched={watched}>
        {words}
      </mark>
    );
  }
  if (!watched) return words;
  return (
    <mark className="watched" title="Watch word">
      {words}
    </mark>
  );
}
