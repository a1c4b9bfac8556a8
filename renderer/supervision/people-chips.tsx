import { useMemo } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { useConsole } from '../state/use-console.ts';
import { peopleOf, youHearWords } from './call-people.ts';
import { EarChip } from './ear-chip.tsx';
import { othersWords } from './others-words.ts';
import { PersonMenu } from './person-menu.tsx';
import { seatWords } from './seat-words.ts';

type PeopleChipsProps = { readonly call: LiveCall };

/** Who hears this desk, in one line for a window without room for a list. */
export function PeopleChips({ call }: PeopleChipsProps) {
  const state = useConsole(whole => whole);
  const people = useMemo(() => peopleOf(call, state), [call, state]);
  const seat = seatWords(call, state.settings);
  const others = othersWords(call);
  return (
    <section className="people-chips" aria-label="Who hears you" title={youHearWords(call, state)}>
      {people.map(({ key, name, ear, marks, leg }) => (
        <span key={key} className="person-chip">
          <strong>{name}</strong> <EarChip ear={ear} short />
          {marks.length === 0 ? null : <span className="person-marks">· {marks.join(', ')}</span>}
          {leg === null || call.room === null ? null : (
            <PersonMenu call={call} leg={leg} name={name} />
          )}
        </span>
      ))}
      {seat === null ? null : <span className="second cut">{seat}</span>}
      {others === '' ? null : <span className="second cut">Here: {others}</span>}
    </section>
  );
}
