import { memo } from 'react';
import { formatLength } from '../words/times.ts';
import { type LineMarks, LineText } from './line-text.tsx';
import { lineWords } from './line-words.ts';
import type { Range } from './text-marks.ts';
import { speakerOf, type TranscriptLine } from './transcript-lines.ts';
import type { Voices } from './voices.ts';

type LineBlockProps = {
  readonly lines: readonly TranscriptLine[];
  readonly voices: Voices;
  readonly marks: LineMarks;
  /** What is looked at of that which is looked for, if it is in this block. */
  readonly now: { readonly key: string; readonly range: Range } | null;
  /** The line that is heard, if it is in this block. */
  readonly playing: string | null;
};

const NONE: readonly Range[] = [];

/** Some lines that are laid out together: those out of sight cost nothing, those unchanged are not drawn again. */
export const LineBlock = memo(function LineBlock({
  lines,
  voices,
  marks,
  now,
  playing,
}: LineBlockProps) {
  return (
    <div className="line-block" style={{ containIntrinsicHeight: `auto ${lines.length * 27}px` }}>
      {lines.map(line => (
        <Line
          key={line.key}
          line={line}
          voices={voices}
          watched={marks.watched}
          found={marks.found.get(line.key) ?? NONE}
          now={now?.key === line.key ? now.range : null}
          playing={playing === line.key}
        />
      ))}
    </div>
  );
});

type LineProps = {
  readonly line: TranscriptLine;
  readonly voices: Voices;
  readonly watched: LineMarks['watched'];
  readonly found: readonly Range[];
  readonly now: Range | null;
  readonly playing: boolean;
};

const Line = memo(function Line(props: LineProps) {
  const { line, voices, watched, found, now, playing } = props;
  const { name, tag, text } = lineWords(line, voices);
  const first = line.kind === 'said' ? speakerOf(line) : undefined;
  const isRead = line.kind === 'note' || line.pieces.some(({ isFinal }) => isFinal);
  const continues = line.kind === 'said' && line.continues;
  return (
    <div
      className="line"
      data-line={line.key}
      data-speaker={line.kind === 'note' ? 'note' : first?.speaker}
      data-note={line.kind === 'note' ? line.note.event : undefined}
      data-tagged={tag !== null || undefined}
      data-whispered={first?.whispered || undefined}
      aria-current={playing || undefined}
      tabIndex={-1}
    >
      <time className="line-time" aria-hidden="true">
        {formatLength(line.atMs)}
      </time>
      <span
        key={`${isRead}`}
        className={continues ? 'line-who unseen' : 'line-who cut'}
        title={tag === null ? name : `${name} ${tag}`}
        aria-hidden={!isRead || undefined}
      >
        <strong>{name}</strong>
        {tag === null ? null : <span className="line-tag"> {tag}</span>}
        {name === '' ? null : <span className="unseen">: </span>}
      </span>
      <span className="line-text pick" dir="auto">
        {line.kind === 'note' ? (
          <NoteText text={text} />
        ) : (
          <LineText line={line} watched={watched} found={found} now={now} />
        )}
      </span>
    </div>
  );
});

function NoteText({ text }: { readonly text: string }) {
  if (!text.includes('•')) return text;
  return (
    <span className="masked" role="img" aria-label="not kept" title="Not kept">
      {text}
    </span>
  );
}
