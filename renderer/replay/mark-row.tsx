import { useEffect, useRef } from 'react';
import {
  markColours,
  paintFound,
  paintHead,
  paintMarks,
  paintTicks,
  type StripMark,
} from '../waveform/paint-marks.ts';
import { addPainter } from '../waveform/painters.ts';
import type { StripSight } from '../waveform/sound-strip.tsx';
import { ticksOf } from '../waveform/strip-view.ts';
import { formatLength } from '../words/times.ts';

type MarkRowProps = {
  readonly sight: StripSight;
  readonly marks: readonly StripMark[];
  /** Where what is looked for is said, in ms. */
  readonly found: readonly number[];
  readonly label: string;
};

/** Height of the times under the marks, in CSS pixels. */
const TIMES_HEIGHT = 16;

/** What happened on a call and round times, at their places under its waveform. */
export function MarkRow({ sight, marks, found, label }: MarkRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    return addPainter(current, (context, size) => {
      const view = sight.view();
      const style = getComputedStyle(current);
      const colours = markColours(style);
      const above = { width: size.width, height: size.height - TIMES_HEIGHT };
      paintMarks(context, above, view, marks, colours);
      paintFound(context, above, view, found, style.getPropertyValue('--found'));
      const times = ticksOf(view, size.width).map(at => [at, formatLength(at)] as const);
      paintTicks(context, size, view, times, colours.text);
      const head = sight.head();
      if (head !== null) paintHead(context, above, view, head, style.getPropertyValue('--head'));
    });
  }, [sight, marks, found]);

  return <canvas className="strip mark-row" ref={canvas} role="img" aria-label={label} />;
}
