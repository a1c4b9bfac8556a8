import { useMemo, useRef } from 'react';
import type { TranscriptLine } from './transcript-lines.ts';

/** Lines laid out together. Fewer are drawn again with each word, more are laid out at once while scrolling. */
const LINES_TOGETHER = 40;

/** Lines in blocks; a block none of whose lines changed is the same one as before. */
function blocksOf(
  lines: readonly TranscriptLine[],
  before: readonly (readonly TranscriptLine[])[],
): readonly (readonly TranscriptLine[])[] {
  const count = Math.ceil(lines.length / LINES_TOGETHER);
  return Array.from({ length: count }, (_, at) => {
    const block = lines.slice(at * LINES_TOGETHER, (at + 1) * LINES_TOGETHER);
    const known = before[at];
    const isSame =
      known?.length === block.length && block.every((line, index) => line === known[index]);
    return isSame ? known : block;
  });
}

/** The blocks of lines that change while they are shown. */
export function useBlocks(
  lines: readonly TranscriptLine[],
): readonly (readonly TranscriptLine[])[] {
  const before = useRef<readonly (readonly TranscriptLine[])[]>([]);
  return useMemo(() => {
    before.current = blocksOf(lines, before.current);
    return before.current;
  }, [lines]);
}
