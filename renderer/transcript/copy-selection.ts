import type { ClipboardEvent } from 'react';
import { copiedLine, lineWords } from './line-words.ts';
import type { TranscriptLine } from './transcript-lines.ts';
import type { Voices } from './voices.ts';

/** Copies what is selected, each line with its time and name; words out of one line alone as they are. */
export function copySelection(
  event: ClipboardEvent<HTMLElement>,
  lines: readonly TranscriptLine[],
  voices: Voices,
): void {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return;
  const chosen = selection.getRangeAt(0);
  const byKey = new Map(lines.map(line => [line.key, line]));
  const copied = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')]
    .filter(row => chosen.intersectsNode(row))
    .flatMap(row => {
      const line = byKey.get(row.dataset['line'] ?? '');
      const text = row.querySelector('.line-text');
      if (line === undefined || text === null) return [];
      const part = partWithin(chosen, text).trim();
      return part === '' ? [] : [{ line, part, isWhole: part === text.textContent?.trim() }];
    });
  const [first] = copied;
  if (first === undefined) return;
  const words =
    copied.length === 1 && !first.isWhole
      ? first.part
      : copied
          .map(({ line, part }) =>
            copiedLine(line.atMs, { ...lineWords(line, voices), text: part }),
          )
          .join('\n');
  event.clipboardData.setData('text/plain', words);
  event.preventDefault();
}

/** What of a selection lies within an element, as text. */
function partWithin(chosen: globalThis.Range, element: Element): string {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (chosen.compareBoundaryPoints(globalThis.Range.START_TO_START, part) > 0) {
    part.setStart(chosen.startContainer, chosen.startOffset);
  }
  if (chosen.compareBoundaryPoints(globalThis.Range.END_TO_END, part) < 0) {
    part.setEnd(chosen.endContainer, chosen.endOffset);
  }
  return part.toString();
}
