import { useState } from 'react';

type VolumeSliderProps = {
  readonly label: string;
  /** 0 to 2; 1 is as received. */
  readonly volume: number;
  readonly onChange: (volume: number) => void;
};

/** Loudness from silent to double, with the percentage beside it. */
export function VolumeSlider({ label, volume, onChange }: VolumeSliderProps) {
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? volume;
  const percent = Math.round(shown * 100);
  const settle = () => setDraft(null);
  return (
    <span className="slider">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${percent} %`}
        min={0}
        max={2}
        step={0.05}
        value={shown}
        onChange={event => {
          const next = event.currentTarget.valueAsNumber;
          setDraft(next);
          onChange(next);
        }}
        onPointerUp={settle}
        onBlur={settle}
        onDoubleClick={() => onChange(1)}
      />
      <output className="slider-value">{percent} %</output>
    </span>
  );
}
