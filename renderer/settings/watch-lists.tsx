import { useState } from 'react';
import type { WatchList } from '../../electron/core/watch-list.ts';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { DraftField } from './draft-field.tsx';
import { LinesField } from './lines-field.tsx';
import { Toggle } from './toggle.tsx';
import {
  MOST_LISTS,
  PHRASE_LIMITS,
  type Removed,
  SPEAKER_OPTIONS,
  withChange,
  withNewList,
  withoutList,
  withRemoved,
} from './watch-list-edits.ts';

/** Lists of phrases that raise a hand when they are said. */
export function WatchLists() {
  const lists = useConsole(state => state.settings.watchLists);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const set = (watchLists: WatchList[]) => changeSettings({ watchLists });
  return (
    <section className="settings-group" aria-label="Watch words">
      <h2>Watch words</h2>
      <p className="second settings-about">
        Phrases that mark a call when they are said. Other endings of a word and slips of a letter
        count as well.
      </p>
      {lists.map(list => (
        <ListCard
          key={list.id}
          list={list}
          onChange={change => set(withChange(lists, list.id, change))}
          onRemove={() => {
            const without = withoutList(lists, list.id);
            setRemoved(without.removed);
            set(without.lists);
          }}
        />
      ))}
      <div className="watch-add">
        <button
          type="button"
          className="button"
          disabled={lists.length >= MOST_LISTS}
          title={lists.length >= MOST_LISTS ? `${MOST_LISTS} lists at most` : undefined}
          onClick={() => {
            setRemoved(null);
            set(withNewList(lists, crypto.randomUUID()));
          }}
        >
          Add a list
        </button>
        <span role="status">
          {removed === null ? null : (
            <>
              “{removed.list.title}” was removed.{' '}
              <button
                type="button"
                className="button small"
                onClick={() => {
                  set(withRemoved(lists, removed));
                  setRemoved(null);
                }}
              >
                Undo
              </button>
            </>
          )}
        </span>
      </div>
    </section>
  );
}

type ListCardProps = {
  readonly list: WatchList;
  readonly onChange: (change: Partial<WatchList>) => void;
  readonly onRemove: () => void;
};

function ListCard({ list, onChange, onRemove }: ListCardProps) {
  const { title, phrases, speaker, notify, toFront } = list;
  return (
    <section className="watch-list" aria-label={title}>
      <div className="watch-list-head">
        <DraftField
          label={`Title of ${title}`}
          value={title}
          hint="Title"
          mostCharacters={60}
          onApply={next => {
            if (next === '') return 'It needs a title.';
            onChange({ title: next });
            return null;
          }}
        />
        <button type="button" className="button" onClick={onRemove}>
          Remove list
          <span className="unseen"> {title}</span>
        </button>
      </div>
      <div className="watch-list-body">
        <LinesField
          label={`Phrases of ${title}, one a line`}
          lines={phrases}
          hint={'One phrase a line, such as\nrefund\nspeak to a manager'}
          limits={PHRASE_LIMITS}
          onLines={next => onChange({ phrases: [...next] })}
        />
        <div className="watch-list-rules">
          <Choice
            label={`Whose words: ${title}`}
            value={speaker}
            options={SPEAKER_OPTIONS}
            onChange={next => onChange({ speaker: next })}
          />
          <span className="watch-list-rule">
            <span>Show a notification</span>
            <Toggle
              label={`Show a notification: ${title}`}
              on={notify}
              onChange={next => onChange({ notify: next })}
            />
          </span>
          <span className="watch-list-rule">
            <span>Bring to the front of the wall</span>
            <Toggle
              label={`Bring to the front of the wall: ${title}`}
              on={toFront}
              onChange={next => onChange({ toFront: next })}
            />
          </span>
        </div>
      </div>
    </section>
  );
}
