import { useEffect, useRef } from 'react';
import { zoomFor } from '../../electron/core/audio/waveform-record.ts';
import type { CallId } from '../../electron/core/call.ts';
import { levelsOf } from './call-levels.ts';
import { sourceOf } from './call-source.ts';
import type { Side } from './level-ring.ts';
import {
  MARK_TEXT_HEIGHT,
  markColours,
  paintHead,
  paintMarks,
  type StripMark,
} from './paint-marks.ts';
import { addPainter } from './painters.ts';
import { eachStripBar, framesPerStripBar, type StripBar } from './strip-bars.ts';
import type { StripView } from './strip-view.ts';
import { FRAME_MS } from './waveform-geometry.ts';

/** Where a strip is listened to, and what is shown of it. Functions must be stable. */
export type StripSight = {
  readonly view: () => StripView;
  /** How much sound there is, in ms. */
  readonly lengthMs: () => number;
  /** Where the playhead stands; null when there is none. */
  readonly head: () => number | null;
  /** Where a drag would lead; null while nobody drags. */
  readonly draft: () => number | null;
};

type SoundStripProps = {
  readonly callId: CallId;
  /** `both`: the other side above the middle, this side below, the signs of marks over them. */
  readonly side: Side | 'both';
  readonly sight: StripSight;
  readonly marks: readonly StripMark[];
  readonly label: string;
};

const PITCH = 3;
const BAR_WIDTH = 2;

/** A still picture of a stretch of a call's sound with its marks and its playhead. Never reads sound. */
export function SoundStrip({ callId, side, sight, marks, label }: SoundStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    return addPainter(current, (context, size) => {
      const view = sight.view();
      const style = getComputedStyle(current);
      for (const of of side === 'both' ? (['them', 'us'] as const) : [side]) {
        const speech = style.getPropertyValue(of === 'them' ? '--wave-them' : '--wave-us');
        const silence = style.getPropertyValue('--wave-quiet');
        const top = side === 'both' ? MARK_TEXT_HEIGHT : 0;
        const strip = { width: size.width, height: size.height - top, pitch: PITCH };
        eachStripBar(peaksOf(callId, of, view, strip, sight.lengthMs()), view, strip, bar => {
          context.fillStyle = bar.speech ? speech : silence;
          fillBar(context, bar, side === 'both' ? of : null, top + strip.height / 2);
        });
      }
      paintMarks(context, size, view, marks, markColours(style));
      const head = sight.head();
      const draft = sight.draft();
      const colour = style.getPropertyValue('--head');
      if (head !== null) paintHead(context, size, view, head, colour);
      if (draft !== null) paintHead(context, size, view, draft, colour, true);
    });
  }, [callId, side, sight, marks]);

  return <canvas className="strip" ref={canvas} data-strip={side} role="img" aria-label={label} />;
}

/** Looks levels up at the zoom that fits, and asks for those not known yet. */
function peaksOf(
  callId: CallId,
  side: Side,
  view: StripView,
  strip: { readonly width: number; readonly height: number; readonly pitch: number },
  lengthMs: number,
): (from: number, to: number) => number {
  const source = sourceOf(callId);
  const span = view.toMs - view.fromMs;
  const zoom = zoomFor(span / FRAME_MS, span / FRAME_MS / framesPerStripBar(span, strip));
  const end = Math.ceil(Math.min(view.toMs, lengthMs) / FRAME_MS / zoom);
  source.want(zoom, Math.floor(view.fromMs / FRAME_MS / zoom), end, performance.now());
  const ring = zoom === 1 ? levelsOf(callId) : null;
  return (from, to) => {
    if (ring?.has(from) !== true) {
      return source.peak(side, zoom, Math.floor(from / zoom), Math.ceil(to / zoom));
    }
    let peak = 0;
    for (let frame = from; frame < to; frame += 1) peak = Math.max(peak, ring.level(side, frame));
    return peak;
  };
}

function fillBar(
  context: CanvasRenderingContext2D,
  bar: StripBar,
  half: Side | null,
  middle: number,
): void {
  if (half === null) context.fillRect(bar.x, middle - bar.height / 2, BAR_WIDTH, bar.height);
  else if (half === 'them') {
    context.fillRect(bar.x, middle - 0.5 - bar.height / 2, BAR_WIDTH, bar.height / 2);
  } else context.fillRect(bar.x, middle + 0.5, BAR_WIDTH, bar.height / 2);
}
