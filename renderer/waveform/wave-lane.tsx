import { type RefObject, useEffect, useRef } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import { levelsOf } from './call-levels.ts';
import { RING_FRAMES, type Side } from './level-ring.ts';
import { markColours, paintMarks, type StripMark } from './paint-marks.ts';
import { addPainter } from './painters.ts';
import { speechRun } from './speech-run.ts';
import { advanceHead, eachBar, laneView } from './waveform-geometry.ts';

type WaveLaneProps = {
  readonly callId: CallId;
  readonly side: Side;
  readonly label: string;
  /** Distance of the bars in CSS pixels. */
  readonly pitch: number;
  /** Draws the dashed flat line of a call on hold. */
  readonly held: boolean;
  /** What happened on the call, drawn at its place. Must be stable. */
  readonly marks?: readonly StripMark[];
  /** Where the lane writes who is speaking, in words. */
  readonly twin?: RefObject<HTMLElement | null>;
};

const NO_MARKS: readonly StripMark[] = [];

/** The moving picture of one side of a call, newest at the right edge. */
export function WaveLane({
  callId,
  side,
  label,
  pitch,
  held,
  marks = NO_MARKS,
  twin,
}: WaveLaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const ring = levelsOf(callId);
    const levelOf = (frame: number) => ring.level(side, frame);
    let head = ring.end;
    return addPainter(current, (context, size, elapsedMs) => {
      head = advanceHead(head, ring.end, elapsedMs);
      const style = getComputedStyle(current);
      if (held) drawHold(context, size, style.getPropertyValue('--hold'));
      else drawBars(context, { ...size, pitch }, head, levelOf, style);
      if (marks.length > 0) {
        paintMarks(context, size, laneView(head, { ...size, pitch }), marks, markColours(style));
      }
      if (twin?.current) write(twin.current, held ? '' : speechRun(levelOf, ring.end, RING_FRAMES));
    });
  }, [callId, side, pitch, held, marks, twin]);

  return (
    <canvas className="wave" ref={canvas} data-waveform={side} role="img" aria-label={label} />
  );
}

function drawBars(
  context: CanvasRenderingContext2D,
  size: { readonly width: number; readonly height: number; readonly pitch: number },
  head: number,
  levelOf: (frame: number) => number,
  style: CSSStyleDeclaration,
): void {
  const speech = style.color;
  const silence = style.getPropertyValue('--wave-quiet');
  eachBar(levelOf, head, size, bar => {
    context.fillStyle = bar.speech ? speech : silence;
    context.beginPath();
    context.roundRect(bar.x, bar.y, bar.width, bar.height, bar.width / 2);
    context.fill();
  });
}

function drawHold(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.setLineDash([6, 6]);
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.setLineDash([]);
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
