import { showHistoryPart, usePlace } from '../state/navigation.ts';
import type { HistoryPart } from '../state/place.ts';

const PARTS: readonly (readonly [part: HistoryPart, name: string])[] = [
  ['calls', 'Calls'],
  ['audit', 'Audit'],
];

/** Which part of the history is on screen. */
export function HistoryParts() {
  const here = usePlace(place => place.historyPart);
  return (
    <nav className="history-parts" aria-label="Parts of the history">
      {PARTS.map(([part, name]) => (
        <button
          key={part}
          type="button"
          className="button small quiet"
          aria-pressed={part === here}
          onClick={() => showHistoryPart(part)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
