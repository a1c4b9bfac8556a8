import { X } from 'lucide-react';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { FindMenu } from '../controls/find-menu.tsx';
import { consoleStore } from '../earshot.ts';
import { recentCalls } from '../state/recent-calls.ts';
import { useStore } from '../state/use-store.ts';
import { FilterMenu } from './filter-menu.tsx';
import { peopleFor } from './known-people.ts';
import {
  DATE_OPTIONS,
  type DateFilter,
  DIRECTION_OPTIONS,
  filterChips,
  LENGTH_OPTIONS,
} from './search-filters.ts';
import { clearFilters, filterBy, searchStore } from './search-store.ts';

type FilterBarProps = {
  /** The numbers of this desk's lines on the calls that are kept. */
  readonly ours: readonly string[];
};

/** Which calls are looked at: by whom, when, on which line, which way, how long. */
export function FilterBar({ ours }: FilterBarProps) {
  const { from, date, ours: line, direction, length } = useStore(searchStore, one => one.filters);
  return (
    <fieldset className="filters">
      <legend className="unseen">Filters</legend>
      <FindMenu
        label="From"
        current="From"
        value={from?.number ?? null}
        hint="Name or number"
        look="filter"
        find={text => peopleFor(text, knownParties())}
        none={text => (text === '' ? 'No calls are kept yet.' : `Nobody is known as “${text}”.`)}
        onChoose={({ value, name }) => filterBy({ from: { number: value, name } })}
      />
      <FilterMenu
        label="Date"
        value={date?.kind ?? null}
        options={DATE_OPTIONS}
        onChange={kind => filterBy({ date: kind === null ? null : dateOf(kind) })}
      />
      <FilterMenu
        label="Line"
        value={line}
        options={ours.map(number => [number, lineName(number)] as const)}
        onChange={next => filterBy({ ours: next })}
      />
      <FilterMenu
        label="Direction"
        value={direction}
        options={DIRECTION_OPTIONS}
        onChange={next => filterBy({ direction: next })}
      />
      <FilterMenu
        label="Length"
        value={length}
        options={LENGTH_OPTIONS}
        onChange={next => filterBy({ length: next })}
      />
      {date?.kind === 'range' ? <DayRange date={date} /> : null}
    </fieldset>
  );
}

/** The filters that are on, each with the way to turn it off. */
export function FilterChips() {
  const filters = useStore(searchStore, one => one.filters);
  const chips = filterChips(filters, lineName);
  if (chips.length === 0) return null;
  return (
    <ul className="filter-chips" aria-label="Filters that are on">
      {chips.map(({ name, words }) => (
        <li key={name}>
          <button
            type="button"
            className="button small filter-chip"
            aria-label={`Turn off: ${words}`}
            onClick={() => filterBy({ [name]: null })}
          >
            <bdi className="cut">{words}</bdi>
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="button small quiet" onClick={clearFilters}>
          Clear
        </button>
      </li>
    </ul>
  );
}

type DayRangeProps = { readonly date: Extract<DateFilter, { kind: 'range' }> };

/** The first and the last day; either may be left open. */
function DayRange({ date }: DayRangeProps) {
  return (
    <span className="day-range">
      <input
        type="date"
        className="field"
        aria-label="First day"
        max={date.to}
        value={date.from}
        onChange={event => filterBy({ date: { ...date, from: event.currentTarget.value } })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="date"
        className="field"
        aria-label="Last day"
        min={date.from}
        value={date.to}
        onChange={event => filterBy({ date: { ...date, to: event.currentTarget.value } })}
      />
    </span>
  );
}

function dateOf(kind: DateFilter['kind']): DateFilter {
  return kind === 'range' ? { kind, from: '', to: '' } : { kind };
}

/** A number of this desk, by its name on the account if it has one. */
function lineName(number: string): string {
  const { line } = consoleStore.get();
  const name = line.callerIds.find(caller => caller.number === number)?.name ?? '';
  if (name !== '') return name;
  const isPractice = line.kind === 'practice' && line.number === number;
  return `${isPractice ? 'Practice line ' : ''}${formatPhoneNumber(number)}`;
}

/** Everybody on calls that are kept, the newest first, and those the line knows. */
function knownParties() {
  return [...recentCalls.get().map(({ them }) => them), ...consoleStore.get().line.directory];
}
