import type { CallPerson } from './call-people.ts';

type EarChipProps = {
  readonly ear: CallPerson['ear'];
  /** A narrow line has few words for who does not. */
  readonly short?: boolean;
};

const GLYPHS = { none: '○', agent: '◐', customer: '◉' } as const;

/** Whether somebody hears this desk, as text. */
export function EarChip({ ear, short = false }: EarChipProps) {
  const words = ear === 'none' ? (short ? 'no' : 'does not') : 'HEARS YOU';
  return (
    <span className="ear-chip" data-ear={ear}>
      <span aria-hidden="true">{GLYPHS[ear]}</span> {words}
      {ear === 'none' ? <span className="unseen"> hear you</span> : null}
    </span>
  );
}
