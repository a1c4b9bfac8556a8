import { ZoomIn, ZoomOut } from 'lucide-react';
import { platform } from '../earshot.ts';
import { keysOf } from '../keys/key-table.ts';
import { zoomSteps } from '../waveform/strip-view.ts';
import { spellLength } from '../words/times.ts';
import { stepZoom } from './replay-acts.ts';

type ZoomButtonsProps = { readonly lengthMs: number; readonly zoom: number };

/** How much of the call is shown, and the way nearer and farther. */
export function ZoomButtons({ lengthMs, zoom }: ZoomButtonsProps) {
  const steps = zoomSteps(lengthMs);
  const at = Math.min(zoom, steps.length - 1);
  return (
    <span className="zoom">
      <span className="second zoom-words">
        {at === 0 ? 'Whole call' : spellLength(steps[at] ?? lengthMs)}
      </span>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Look from farther away"
        title={`Look from farther away (${keysOf('farther', platform)})`}
        disabled={at === 0}
        onClick={() => stepZoom(-1)}
      >
        <ZoomOut size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button quiet icon"
        aria-label="Look nearer"
        title={
          steps.length === 1
            ? 'The whole call is as near as it gets'
            : `Look nearer (${keysOf('nearer', platform)})`
        }
        disabled={at === steps.length - 1}
        onClick={() => stepZoom(1)}
      >
        <ZoomIn size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
