import { useEffect, useMemo, useRef } from 'react';
import type { Call } from '../../electron/core/call.ts';
import { useConsole } from '../state/use-console.ts';
import { nameInState } from '../words/names.ts';
import { transcriptLines } from '../words/transcript-lines.ts';

type TranscriptProps = { readonly call: Call };

/** So near to the end, in pixels, the newest line keeps itself in sight. */
const NEAR_END = 24;

/** What was said on a call, one line each, with who said it. Screen readers hear final words only. */
export function Transcript({ call }: TranscriptProps) {
  const segments = useConsole(state => state.segments);
  const name = useConsole(state => nameInState(call, state));
  const lines = useMemo(() => transcriptLines(segments, call.id), [segments, call.id]);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  useEffect(() => {
    const { current } = box;
    if (current !== null && lines.length > 0 && atEnd.current) {
      current.scrollTop = current.scrollHeight;
    }
  }, [lines]);

  return (
    <div
      ref={box}
      className="transcript"
      role="log"
      aria-label="Transcript"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {lines.length === 0 ? <p className="second">Nobody has spoken yet.</p> : null}
      {lines.map(({ key, speaker, text, isFinal }) => (
        <p key={key} data-speaker={speaker} data-final={isFinal} aria-hidden={!isFinal}>
          <strong className="cut">{speaker === 'them' ? name : 'You'}</strong>
          <span className="unseen">: </span>
          <span className="pick">{text}</span>
        </p>
      ))}
    </div>
  );
}
