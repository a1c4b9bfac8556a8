import type { CallPerson } from './call-people.ts';

type EarChipProps = {
  readonly ear: CallPerson['ear'];
  /** A narrow line has few words for who does not. */
  readonly short?: boolean;
};

const GLYPHS = { none: '○', maybe: '◌', agent: '◐', customer: '◉' } as const;

/** Whether somebody hears this desk, as text. */
export function EarChip({ ear, short = false }: EarChipProps) {
  const words = {
    none: short ? 'no' : 'does not',
    maybe: 'may hear you',
    agent: 'HEARS YOU',
    customer: 'HEARS YOU',
  }[ear];
  return (
    <span className="ear-chip" data-ear={ear}>
      <span aria-hidden="true">{GLYPHS[ear]}</span> {words}
      {ear === 'none' ? <span className="unseen"> hear you</span> : null}
    </span>
  );
}
