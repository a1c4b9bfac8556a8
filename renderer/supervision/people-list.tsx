import { useMemo } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import { aloneNames, hearingOf } from '../calls/hearing.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useConsole } from '../state/use-console.ts';
import { hearingSentence } from '../words/hearing-words.ts';
import {
  canLeave,
  leavesAlone,
  peopleOf,
  takesPeople,
  whisperKeptWords,
  youHearWords,
} from './call-people.ts';
import { EarChip } from './ear-chip.tsx';
import { laneNames } from './lane-names.ts';
import { leaveCall } from './mode-acts.ts';
import { presentMode } from './mode-view.ts';
import { OthersHere } from './others-here.tsx';
import { openPersonSheet } from './over-call.ts';
import { PersonMenu } from './person-menu.tsx';
import { seatWords } from './seat-words.ts';

type PeopleListProps = { readonly call: LiveCall };

/** Who is on a call: who of them hears this desk, whom it hears, who else of the desks is there. */
export function PeopleList({ call }: PeopleListProps) {
  const state = useConsole(whole => whole);
  const people = useMemo(() => peopleOf(call, state), [call, state]);
  const hear =
    call.room === null
      ? hearingSentence(hearingOf(call, state), laneNames(call, state).heard, aloneNames(state))
      : youHearWords(call, state);
  const seat = seatWords(call, state.settings);
  const kept = presentMode(call) === 'whisper' ? whisperKeptWords(call, state) : null;
  return (
    <section className="side-part" aria-label="Who hears you">
      <h2>Who hears you</h2>
      <ul className="people">
        {people.map(({ key, name, ear, marks, leg }) => (
          <li key={key} className="person">
            <span className="person-name cut">{name}</span>
            <EarChip ear={ear} />
            {leg === null || call.room === null ? null : (
              <PersonMenu call={call} leg={leg} name={name} />
            )}
            {marks.length === 0 ? null : <span className="person-marks">{marks.join(', ')}</span>}
          </li>
        ))}
      </ul>
      <p className="people-says">{hear}</p>
      <OthersHere call={call} />
      {seat === null ? null : <p className="people-says">{seat}</p>}
      {kept === null ? null : <p className="people-says">{kept}</p>}
      {takesPeople(call) ? (
        <div className="people-acts">
          <button
            type="button"
            className="button quiet"
            onClick={() => openPersonSheet('add', call.id)}
          >
            + Add person <KeyCap of="add-person" />
          </button>
          <button
            type="button"
            className="button quiet"
            onClick={() => openPersonSheet('transfer', call.id)}
          >
            → Transfer <KeyCap of="transfer" />
          </button>
          {canLeave(call) ? (
            <button type="button" className="button quiet" onClick={() => leaveCall(call.id)}>
              {leavesAlone(call) ? 'Leave…' : 'Leave; the others go on'} <KeyCap of="leave" />
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
