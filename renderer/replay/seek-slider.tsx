import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useRef,
} from 'react';
import { wakePainters } from '../waveform/painters.ts';
import { momentAt, type StripView } from '../waveform/strip-view.ts';

/** Where a drag would lead, and what the strip showed when it began. */
export type Draft = { readonly atMs: number; readonly view: StripView };

type SeekSliderProps = {
  readonly label: string;
  readonly minMs: number;
  readonly maxMs: number;
  readonly nowMs: number;
  /** Where the playhead stands, spelt out. */
  readonly text: string;
  readonly view: () => StripView;
  /** Written while somebody drags. */
  readonly draft: RefObject<Draft | null>;
  /** Called with the moment chosen, in ms of the call's sound. */
  readonly onSeek: (atMs: number) => void;
  readonly children: ReactNode;
};

const STEP_MS = 5000;
const PAGE_MS = 30_000;

/** Pictures of a call's sound that are pointed at, dragged on, or stepped through to move the playhead. */
export function SeekSlider(props: SeekSliderProps) {
  const { label, minMs, maxMs, nowMs, text, view, draft, onSeek, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const point = (event: PointerEvent, shown: StripView) => {
    const edge = box.current?.getBoundingClientRect();
    if (edge === undefined) return;
    draft.current = { atMs: momentAt(event.clientX - edge.left, shown, edge.width), view: shown };
    wakePainters();
  };
  const drop = (seeks: boolean) => {
    const dropped = draft.current;
    draft.current = null;
    if (seeks && dropped !== null) onSeek(dropped.atMs);
    wakePainters();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const atMs = shiftKey || ctrlKey || metaKey || altKey ? null : moved(key, nowMs, minMs, maxMs);
    if (atMs === null) return;
    event.preventDefault();
    onSeek(atMs);
  };
  return (
    <div
      ref={box}
      className="seek"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={Math.round(minMs / 1000)}
      aria-valuemax={Math.round(maxMs / 1000)}
      aria-valuenow={Math.round(nowMs / 1000)}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event, view());
      }}
      onPointerMove={event => {
        if (draft.current !== null) point(event, draft.current.view);
      }}
      onPointerUp={() => drop(true)}
      onPointerCancel={() => drop(false)}
    >
      {children}
    </div>
  );
}

function moved(key: string, nowMs: number, minMs: number, maxMs: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(minMs, nowMs - STEP_MS);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(maxMs, nowMs + STEP_MS);
    case 'PageDown':
      return Math.max(minMs, nowMs - PAGE_MS);
    case 'PageUp':
      return Math.min(maxMs, nowMs + PAGE_MS);
    case 'Home':
      return minMs;
    case 'End':
      return maxMs;
    default:
      return null;
  }
}
