import type { Mode } from '../../electron/core/room.ts';
import type { KeyAct } from '../keys/key-table.ts';
import { AskedFor } from '../reach/asked-for.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import type { ModeChoice } from './mode-view.ts';
import { MODE_NAMES } from './mode-view.ts';

/** The key of each mode. */
export const MODE_KEYS: Readonly<Record<Mode, KeyAct>> = {
  listen: 'listen',
  whisper: 'whisper',
  barge: 'barge',
  takeover: 'take-over',
};

type ModeCellProps = {
  readonly choice: ModeChoice;
  /** Corners and this glyph mark the mode that holds. */
  readonly glyph: '○' | '◐' | '◉';
  readonly onChoose: () => void;
};

/** One way to be in a call, with who hears it. Where it cannot be asked for, it says why in their place. */
export function ModeCell({ choice, glyph, onChoose }: ModeCellProps) {
  const { mode, hearers, why, now, askedAt } = choice;
  return (
    <button
      type="button"
      className="mode-cell"
      data-mode={mode}
      data-glyph={glyph}
      data-asked={askedAt !== null}
      aria-pressed={now}
      aria-disabled={why !== null}
      title={why ?? undefined}
      onClick={() => {
        if (why === null) onChoose();
      }}
    >
      <span className="mode-name">
        {MODE_NAMES[mode]}
        <KeyCap of={MODE_KEYS[mode]} />
      </span>
      <span className="mode-hearers">
        {now ? (
          <span className="mode-glyph" aria-hidden="true">
            {glyph}
          </span>
        ) : null}
        {askedAt === null ? (
          <span className="mode-words">{why ?? hearers}</span>
        ) : (
          <span className="mode-words">
            ◌ asked <AskedFor since={askedAt} />
          </span>
        )}
      </span>
    </button>
  );
}
