import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { EndedCall } from '../../electron/core/call.ts';
import type { Passage, SearchHit } from '../../electron/core/transcript.ts';
import { CallRow } from '../calls/call-row.tsx';
import { consoleStore } from '../earshot.ts';
import { useStore } from '../state/use-store.ts';
import type { Fragment } from '../transcript/text-marks.ts';
import { type Voices, voiceOf, voicesOf } from '../transcript/voices.ts';
import { fullName } from '../words/names.ts';
import { formatTimer } from '../words/times.ts';
import { openedPassage, openPassage, openPastCall } from './open-passage.ts';
import { passageParts, passagesShown } from './passage-words.ts';

type HitRowsProps = {
  readonly hit: SearchHit;
  /** What was looked for. */
  readonly query: string;
  /** The call is on screen. */
  readonly chosen: boolean;
  /** Where Tab enters the list. */
  readonly stop: boolean;
};

/** A call that was found, and below it what was said there. */
export function HitRows({ hit, query, chosen, stop }: HitRowsProps) {
  const { call, passages, count } = hit;
  const [isOpen, setOpen] = useState(false);
  const { shown, more } = passagesShown(passages, count, isOpen);
  const [first] = passages;
  const row = (
    <CallRow
      call={call}
      chosen={chosen}
      stop={stop}
      onOpen={() => (first === undefined ? openPastCall(call.id) : openPassage(first, query))}
    />
  );
  if (first === undefined) return row;
  const voices = voicesOf(call, consoleStore.get());
  const last = passages.at(-1) ?? first;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a list belong together here, no fields
    <div role="group" aria-label={fullName(call.them)} className="hit">
      {row}
      {shown.map(passage => (
        <PassageRow
          key={passage.segment.segmentId}
          call={call}
          passage={passage}
          query={query}
          voices={voices}
          chosen={chosen}
        />
      ))}
      {more > 0 ? (
        <RestRow
          words={isOpen ? `${more} more in the transcript` : `+${more} more`}
          onOpen={() => (isOpen ? openPassage(last, query) : setOpen(true))}
        />
      ) : null}
    </div>
  );
}

type PassageRowProps = {
  readonly call: EndedCall;
  readonly passage: Passage;
  readonly query: string;
  readonly voices: Voices;
  readonly chosen: boolean;
};

/** What was said, cut around what was found, and by whom. Enter opens it, P hears it. */
function PassageRow({ call, passage, query, voices, chosen }: PassageRowProps) {
  const { segment } = passage;
  const isOpened = useStore(openedPassage, opened => opened?.segmentId === segment.segmentId);
  const { name, tag } = voiceOf(segment, voices);
  const at = segment.place === null ? '' : formatTimer(segment.place.atMs);
  const isHeard = call.recorded === 'kept' && segment.place !== null;
  const open = (play: boolean) => openPassage(passage, query, play);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Once it is open, P is the player's own key.
    const hears = event.key.toLowerCase() === 'p' && isHeard && !(chosen && isOpened);
    if (event.key !== 'Enter' && !hears) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) open(hears);
  };
  const hear = (event: MouseEvent) => {
    event.stopPropagation();
    open(true);
  };
  return (
    <div
      className="passage"
      role="option"
      aria-selected={chosen && isOpened}
      tabIndex={-1}
      data-passage={segment.segmentId}
      title={at === '' ? segment.text : `${at}  ${segment.text}`}
      onClick={() => open(false)}
      onKeyDown={onKeyDown}
    >
      <span className="passage-who cut">
        {name}
        {tag === null ? null : <span className="unseen"> {tag}</span>}
      </span>
      <span className="passage-text cut" dir="auto">
        <PassageText passage={passage} />
      </span>
      {isHeard ? (
        <span className="passage-hear" aria-hidden="true" title="Hear it (P)" onClick={hear}>
          ▸
        </span>
      ) : null}
    </div>
  );
}

/** Where there is little room, what stands before the first mark is left out, so that the marks are seen. */
function PassageText({ passage }: { readonly passage: Passage }) {
  const { before, rest } = passageParts(passage);
  return (
    <>
      {before.length === 0 ? null : (
        <>
          <span className="passage-before">{before.map(fragmentText)}</span>
          <span className="passage-left-out">…</span>
        </>
      )}
      {rest.map(fragmentText)}
    </>
  );
}

function fragmentText({ from, text, masked, found }: Fragment) {
  if (found !== 'no') return <mark key={from}>{text}</mark>;
  return (
    <span key={from} className={masked ? 'masked' : undefined}>
      {text}
    </span>
  );
}

type RestRowProps = { readonly words: string; readonly onOpen: () => void };

function RestRow({ words, onOpen }: RestRowProps) {
  return (
    <div
      className="passage passage-rest"
      role="option"
      aria-selected={false}
      tabIndex={-1}
      onClick={onOpen}
      onKeyDown={event => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      {words}
    </div>
  );
}
