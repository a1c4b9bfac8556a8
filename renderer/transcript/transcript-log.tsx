import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import type { ToldSegment } from '../../electron/core/transcript.ts';
import { formatMoment } from '../words/times.ts';
import { bringIntoSight } from './bring-into-sight.ts';
import { copySelection } from './copy-selection.ts';
import { hearFrom, hearLine, pointedWords, SECOND_PRESS_MS, wordUnder } from './hear-word.ts';
import { LineBlock } from './line-block.tsx';
import { useBlocks } from './line-blocks.ts';
import type { LineMarks } from './line-text.tsx';
import { moveToLine } from './move-to-line.ts';
import { jumpWords } from './scroll-rule.ts';
import type { Range } from './text-marks.ts';
import type { TranscriptLine } from './transcript-lines.ts';
import { type Followed, useFollowing } from './use-following.ts';
import type { Voices } from './voices.ts';

type TranscriptLogProps = {
  readonly call: LiveCall | EndedCall;
  readonly pieces: readonly ToldSegment[];
  readonly lines: readonly TranscriptLine[];
  readonly voices: Voices;
  readonly zeroAt: number;
  readonly marks: LineMarks;
  readonly now: { readonly key: string; readonly range: Range } | null;
  /** Another one each time `now` is to come into sight, even if it is the same place. */
  readonly looked: object;
  /** The line that is heard, if sound of the past is played; null when none is. */
  readonly playing: string | null;
  /** Whether sound of the past is or can be played, so that the lines follow it. */
  readonly isPlayed: boolean;
};

/** The lines of a transcript. What is new stays in sight until the reader scrolls up. */
export function TranscriptLog(props: TranscriptLogProps) {
  const { call, pieces, lines, voices, zeroAt, marks, now, looked, playing, isPlayed } = props;
  const box = useRef<HTMLDivElement>(null);
  const pressed = useRef<ReturnType<typeof setTimeout>>(undefined);
  const blocks = useBlocks(lines);
  const following = useFollowing(box, followedOf(isPlayed, playing), lines);
  const { follows, atEnd, follow } = following;
  const seen = useRef(lines.length);
  if (follows || atEnd) seen.current = lines.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at comes into sight
  useEffect(() => {
    if (now === null) return;
    follow(false);
    const line = box.current?.querySelector(`[data-line="${CSS.escape(now.key)}"]`);
    const match = line?.querySelector('[data-now]') ?? line;
    if (box.current !== null && match != null) bringIntoSight(box.current, match);
  }, [now?.key, now?.range[0], looked]);
  useEffect(() => () => clearTimeout(pressed.current), []);

  const onClick = ({ target, clientX, clientY, detail }: MouseEvent<HTMLElement>) => {
    clearTimeout(pressed.current);
    if (detail > 1 || getSelection()?.isCollapsed === false) return;
    const word = wordUnder(target, clientX, clientY, call, pieces);
    if (word === null || word.why !== null || word.atMs === null) return;
    const { atMs } = word;
    pressed.current = setTimeout(() => {
      if (getSelection()?.isCollapsed === false) return;
      follow(true);
      hearFrom(atMs);
    }, SECOND_PRESS_MS);
  };
  const onPointerMove = ({ target, clientX, clientY }: PointerEvent<HTMLElement>) => {
    following.onPointerMove();
    const word = wordUnder(target, clientX, clientY, call, pieces);
    if (word !== null) word.element.title = pointedWords(word);
    const time = target instanceof Element ? target.closest<HTMLElement>('.line-time') : null;
    const key = time?.closest('[data-line]')?.getAttribute('data-line');
    const line = lines.find(one => one.key === key);
    // Told only where it is pointed at: to write so many exact moments takes longer than to draw the lines.
    if (time !== null && line !== undefined) time.title = formatMoment(zeroAt + line.atMs);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter' && row !== null) {
      event.preventDefault();
      hearLine(
        call,
        lines.find(({ key }) => key === row.getAttribute('data-line')),
      );
    } else if (moveToLine(event.key, event.currentTarget, row)) {
      event.preventDefault();
      follow(event.key === 'End');
    }
  };
  return (
    <div className="transcript-body">
      <div
        ref={box}
        className="transcript-log"
        role="log"
        aria-label="Transcript"
        aria-live={call.status === 'live' ? 'polite' : 'off'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
        tabIndex={0}
        onScroll={following.onScroll}
        onClick={onClick}
        onPointerMove={onPointerMove}
        onPointerLeave={following.onPointerLeave}
        onKeyDown={onKeyDown}
        onCopy={event => copySelection(event, lines, voices)}
      >
        <div>
          {blocks.map((block, index) => (
            <LineBlock
              // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
              key={index}
              lines={block}
              voices={voices}
              marks={marks}
              now={now !== null && block.some(({ key }) => key === now.key) ? now : null}
              playing={
                playing !== null && block.some(({ key }) => key === playing) ? playing : null
              }
            />
          ))}
        </div>
      </div>
      {isPlayed ? (
        <button
          type="button"
          className="button small transcript-jump"
          aria-pressed={follows}
          onClick={() => follow(!follows)}
        >
          Follow playback
          <span className="skip-tick" aria-hidden="true">
            {follows ? '✓' : ''}
          </span>
        </button>
      ) : follows || atEnd || call.status === 'ended' ? null : (
        <button type="button" className="button small transcript-jump" onClick={() => follow(true)}>
          {jumpWords(lines.length - seen.current)}
        </button>
      )}
    </div>
  );
}

function followedOf(isPlayed: boolean, playing: string | null): Followed {
  if (!isPlayed) return { kind: 'end' };
  return playing === null ? { kind: 'nothing' } : { kind: 'line', key: playing };
}
