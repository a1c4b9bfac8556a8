import { useState } from 'react';
import { panWords } from './pan-words.ts';

type PanSliderProps = {
  readonly label: string;
  /** -1 left to 1 right. */
  readonly pan: number;
  readonly onChange: (pan: number) => void;
};

/** Places this near to the middle are the middle. */
const MIDDLE = 0.04;

/** Where somebody is heard between left and right, in words beside it. A double click or 0 centres. */
export function PanSlider({ label, pan, onChange }: PanSliderProps) {
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? pan;
  const settle = () => setDraft(null);
  const place = (next: number) => {
    const snapped = Math.abs(next) < MIDDLE ? 0 : next;
    setDraft(snapped);
    onChange(snapped);
  };
  return (
    <span className="slider pan">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={panWords(shown)}
        title="Double-click, or press 0, for the middle"
        min={-1}
        max={1}
        step={0.05}
        value={shown}
        onChange={event => place(event.currentTarget.valueAsNumber)}
        onKeyDown={event => {
          if (event.key === '0') place(0);
        }}
        onPointerUp={settle}
        onBlur={settle}
        onDoubleClick={() => place(0)}
      />
      <output className="slider-value">{panWords(shown)}</output>
    </span>
  );
}
