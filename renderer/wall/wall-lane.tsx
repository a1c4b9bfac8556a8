import { useEffect, useRef } from 'react';
import type { CallId } from '../../electron/core/call.ts';
import { levelsOf } from '../waveform/call-levels.ts';
import { addPainter } from '../waveform/painters.ts';
import { advanceHead } from '../waveform/waveform-geometry.ts';
import { createLaneBars } from './lane-bars.ts';

type WallLaneProps = {
  readonly callId: CallId;
  /** Distance of the bars in CSS pixels. */
  readonly pitch: number;
  readonly label: string;
};

/** Colours are read again after this, in ms: fifty lanes need not ask the styles with every frame. */
const COLOURS_MS = 1000;

/** The small moving picture of a whole call: whoever is louder. Drawn only while it is seen. */
export function WallLane({ callId, pitch, label }: WallLaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const ring = levelsOf(callId);
    const levelOf = (frame: number) => Math.max(ring.level('them', frame), ring.level('us', frame));
    const eachBar = createLaneBars(levelOf);
    const width = Math.max(1, pitch * 0.6);
    let head = ring.end;
    let colours = { speech: '', silence: '', until: 0 };
    return addPainter(current, (context, size, elapsedMs) => {
      head = advanceHead(head, ring.end, elapsedMs);
      const now = performance.now();
      if (now >= colours.until) {
        const style = getComputedStyle(current);
        const silence = style.getPropertyValue('--wave-quiet');
        colours = { speech: style.color, silence, until: now + COLOURS_MS };
      }
      eachBar(head, ring.end, { ...size, pitch }, (x, y, height, speech) => {
        context.fillStyle = speech ? colours.speech : colours.silence;
        context.fillRect(x, y, width, height);
      });
    });
  }, [callId, pitch]);

  return <canvas className="wave" ref={canvas} role="img" aria-label={label} />;
}
