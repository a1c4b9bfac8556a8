import { useEffect, useRef } from 'react';
import { capturedLevel, sentLevels } from './call-levels.ts';
import { addPainter } from './painters.ts';
import { barHeight } from './waveform-geometry.ts';

type LevelMeterProps = {
  /** `sent`: what left the gate lately. `captured`: what the microphone picks up now. */
  readonly of: 'sent' | 'captured';
  readonly label: string;
};

const BAR_WIDTH = 3;
const BAR_PITCH = 5;
const STEPS = 24;

/** How loud this desk is, as small bars; a flat line while nothing passes. */
export function LevelMeter({ of, label }: LevelMeterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const captured = new Uint8Array(STEPS);
    return addPainter(current, (context, { width, height }) => {
      captured.copyWithin(0, 1);
      captured[STEPS - 1] = capturedLevel();
      const levels = of === 'sent' ? sentLevels() : captured;
      context.fillStyle = getComputedStyle(current).color;
      const bars = Math.min(levels.length, Math.floor(width / BAR_PITCH));
      for (let bar = 0; bar < bars; bar += 1) {
        const level = levels[levels.length - bars + bar] ?? 0;
        const tall = barHeight(level, height);
        context.beginPath();
        context.roundRect(bar * BAR_PITCH, (height - tall) / 2, BAR_WIDTH, tall, BAR_WIDTH / 2);
        context.fill();
      }
    });
  }, [of]);

  return <canvas className="meter" ref={canvas} data-meter={of} role="img" aria-label={label} />;
}
