import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { bringIntoSight } from './bring-into-sight.ts';
import { followsAfter, isAtEnd, POINTER_REST_MS, restMs } from './scroll-rule.ts';

/** What a list keeps in sight: its end, one line, or nothing. */
export type Followed =
  | { readonly kind: 'end' | 'nothing' }
  | { readonly kind: 'line'; readonly key: string };

/** Whether a list of lines keeps the newest, or the one that is heard, in sight, and how that changes. */
type Following = {
  readonly follows: boolean;
  readonly atEnd: boolean;
  readonly follow: (on: boolean) => void;
  readonly onScroll: () => void;
  readonly onPointerMove: () => void;
  readonly onPointerLeave: () => void;
};

/**
 * Keeps what is followed in sight until the reader scrolls up. Nothing moves under a pointer that has
 * just moved, nor while words are selected.
 * @param anew followed again whenever this changes
 */
export function useFollowing(
  box: RefObject<HTMLElement | null>,
  followed: Followed,
  anew: unknown,
): Following {
  const [follows, setFollows] = useState(true);
  const [atEnd, setAtEnd] = useState(true);
  const top = useRef(0);
  const ownTop = useRef<number | null>(null);
  const movedAt = useRef<number | null>(null);
  const latest = useRef(follows);
  latest.current = follows;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const settle = (element: HTMLElement) => {
    clearTimeout(timer.current);
    const now = performance.now();
    const rest = isSelecting(element) ? POINTER_REST_MS : restMs(movedAt.current, now);
    if (rest > 0) {
      timer.current = setTimeout(() => latest.current && keep.current(element), rest);
      return;
    }
    scrollTo(element, followed);
    if (element.scrollTop !== top.current) ownTop.current = element.scrollTop;
    top.current = element.scrollTop;
  };

  const keep = useRef(settle);
  keep.current = settle;

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is new
  useLayoutEffect(() => {
    const { current } = box;
    if (current !== null && follows) settle(current);
    if (current !== null) setAtEnd(isAtEnd(current));
  }, [anew, follows, followed.kind, followed.kind === 'line' ? followed.key : null]);

  // Lines take their real height only once they are near to sight, and the window changes its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: sees the latest by itself
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const resized = new ResizeObserver(() => {
      if (latest.current) keep.current(current);
      setAtEnd(isAtEnd(current));
    });
    resized.observe(current);
    if (current.firstElementChild !== null) resized.observe(current.firstElementChild);
    return () => {
      resized.disconnect();
      clearTimeout(timer.current);
    };
  }, []);

  return {
    follows,
    atEnd,
    follow(on) {
      movedAt.current = null;
      setFollows(on);
      const { current } = box;
      if (on && current !== null) settle(current);
    },
    onScroll() {
      const { current } = box;
      if (current === null) return;
      const isOwn = ownTop.current !== null && Math.abs(current.scrollTop - ownTop.current) < 2;
      ownTop.current = null;
      const after = followsAfter(follows, top.current, current, isOwn ? 'itself' : 'reader');
      top.current = current.scrollTop;
      setFollows(after);
      setAtEnd(isAtEnd(current));
    },
    onPointerMove() {
      movedAt.current = performance.now();
    },
    onPointerLeave() {
      movedAt.current = null;
    },
  };
}

function scrollTo(element: HTMLElement, followed: Followed): void {
  if (followed.kind === 'end') element.scrollTop = element.scrollHeight;
  if (followed.kind !== 'line') return;
  const line = element.querySelector(`[data-line="${CSS.escape(followed.key)}"]`);
  if (line !== null) bringIntoSight(element, line);
}

function isSelecting(element: HTMLElement): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
