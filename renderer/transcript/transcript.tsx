import { useEffect, useMemo, useRef, useState } from 'react';
import type { EndedCall, LiveCall } from '../../electron/core/call.ts';
import type { TranscriptFormat } from '../../electron/core/transcript.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { playerOnScreen } from '../replay/player-on-screen.ts';
import { headMs, useHead } from '../replay/playhead.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { EmptyTranscript } from './empty-transcript.tsx';
import { FindBar } from './find-bar.tsx';
import { copiedTranscript } from './line-words.ts';
import { copyText, saveTranscript } from './save-transcript.ts';
import { TranscriptHead } from './transcript-head.tsx';
import { keepSame, lineAt, type TranscriptLine, transcriptLines } from './transcript-lines.ts';
import { TranscriptLog } from './transcript-log.tsx';
import { soughtWords, useTranscriptOnScreen } from './transcript-on-screen.ts';
import { useTranscript } from './transcript-store.ts';
import { useFind } from './use-find.ts';
import { useNews } from './use-news.ts';
import { voicesOf } from './voices.ts';
import { isSameWatched, type Watched, watchedWords } from './watched-words.ts';
import { WritingProblem } from './writing-problem.tsx';

type TranscriptProps = { readonly call: LiveCall | EndedCall };

/** While an agent that can be told something serves the call, what it was told is asked for this often, in ms. */
const TOLD_EVERY_MS = 5000;

/** What came of copying or saving is told for so long, in ms. */
const SAYING_MS = 8000;

/** What is said on a live call, or was said on one that is over: read, heard again, searched, copied and saved. */
export function Transcript({ call }: TranscriptProps) {
  const everyMs = call.status === 'live' && call.agent !== null ? TOLD_EVERY_MS : null;
  const { pieces, notes, soundStartedAt, isWhole, problem } = useTranscript(
    call.id,
    useNews(call),
    everyMs,
  );
  const zeroAt = soundStartedAt ?? call.answeredAt ?? call.startedAt;
  const finalOnly = call.status === 'ended';
  const kept = useRef<readonly TranscriptLine[]>([]);
  const lines = useMemo(() => {
    const after = transcriptLines(pieces, notes, { zeroAt, finalOnly });
    kept.current = keepSame(kept.current, after);
    return kept.current;
  }, [pieces, notes, zeroAt, finalOnly]);
  const voices = useVoices(call);
  const marked = useRef<Watched>(new Map());
  const watched = useMemo(() => {
    const after = watchedWords(pieces, notes);
    // Lines whose marks stay are not drawn again.
    if (!isSameWatched(marked.current, after)) marked.current = after;
    return marked.current;
  }, [pieces, notes]);
  const playing = usePlayingLine(call, lines);
  const find = useFind(call.id, lines);
  const [saying, setSaying] = useSaying();
  const root = useRef<HTMLElement>(null);

  const latest = useRef({ call, lines, voices });
  latest.current = { call, lines, voices };
  const acts = useMemo(
    () => ({
      callId: call.id,
      copyAll: () => {
        const copied = copyText(copiedTranscript(latest.current.lines, latest.current.voices));
        setSaying(copied ? 'Copied.' : 'This system did not let it be copied.');
      },
      save: (format: TranscriptFormat) =>
        void saveTranscript(latest.current.call, format, setSaying),
    }),
    [call.id, setSaying],
  );
  useTranscriptOnScreen(lines.length === 0 ? null : acts);
  const marks = useMemo(() => ({ watched, found: find.found }), [watched, find.found]);
  return (
    <section className="transcript" aria-label="Transcript" ref={root}>
      <TranscriptHead
        call={call}
        isEmpty={lines.length === 0}
        saying={saying}
        onCopy={acts.copyAll}
        onSave={acts.save}
      />
      {call.status === 'live' ? <WritingProblem call={call} /> : null}
      {find.words === null || lines.length === 0 ? null : (
        <FindBar
          words={find.words}
          at={find.at}
          count={find.count}
          onStep={find.step}
          onClose={() => {
            soughtWords.set(null);
            root.current?.querySelector<HTMLElement>('[role="log"]')?.focus();
          }}
        />
      )}
      {problem !== null && lines.length === 0 ? <InlineProblem problem={problem} /> : null}
      {lines.length > 0 ? (
        <TranscriptLog
          call={call}
          pieces={pieces}
          lines={lines}
          voices={voices}
          zeroAt={zeroAt}
          marks={marks}
          now={find.now}
          looked={find.looked}
          playing={playing.key}
          isPlayed={playing.isPlayed}
        />
      ) : problem === null && (isWhole || call.status === 'live') ? (
        <EmptyTranscript call={call} />
      ) : null}
    </section>
  );
}

/** What is told for a while, and how to tell something else. */
function useSaying() {
  const [saying, setSaying] = useState('');
  useEffect(() => {
    if (saying === '') return;
    const timer = setTimeout(() => setSaying(''), SAYING_MS);
    return () => clearTimeout(timer);
  }, [saying]);
  return [saying, setSaying] as const;
}

/** How those who speak are named; the same object while the names are. */
function useVoices(call: LiveCall | EndedCall) {
  const them = useConsole(state => voicesOf(call, state).them);
  const us = useConsole(state => voicesOf(call, state).us);
  const agent = useConsole(state => voicesOf(call, state).agent);
  return useMemo(() => ({ them, us, agent }), [them, us, agent]);
}

/** The line that is heard of a call whose sound is played again, and whether it is or can be. */
function usePlayingLine(call: LiveCall | EndedCall, lines: readonly TranscriptLine[]) {
  useHead(call.id);
  const replayed = useConsole(({ replay }) => replay?.callId === call.id);
  const sound = useStore(playerOnScreen, shown => shown);
  const isKept = sound?.source === 'kept' && sound.callId === call.id;
  const at = headMs(call.id);
  const isHeard = replayed || (isKept && at > 0);
  return {
    key: isHeard ? (lineAt(lines, at)?.key ?? null) : null,
    isPlayed: replayed || isKept,
  };
}
