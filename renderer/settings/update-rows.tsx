import { standingCalls } from '../../electron/core/state.ts';
import { useClock } from '../state/clock.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { checkedWords, UPDATE_OPTIONS, updateSentence } from '../words/update-words.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';

/** Newer versions: which are fetched, how far one is, and what is new in it. */
export function UpdateRows() {
  const updates = useConsole(state => state.updates);
  const choice = useConsole(state => state.settings.updates);
  const isBusy = useConsole(state => standingCalls(state).length > 0);
  const now = useClock();
  const code = updates.problem?.code;
  const address = updates.problem?.link ?? (updates.status === 'by-hand' ? updates.link : null);
  const isUnderWay = updates.status === 'checking' || updates.status === 'downloading';
  return (
    <>
      <SettingRow
        name="Updates"
        about="Fetched in the background, never beside a call, and installed when you quit. Beta has versions that are still being tried."
      >
        <Choice
          label="Updates"
          value={choice}
          options={UPDATE_OPTIONS}
          onChange={next => changeSettings({ updates: next })}
        />
      </SettingRow>
      <SettingRow
        name="Newer version"
        about={
          <>
            <span data-update={updates.status}>{updateSentence(updates, choice, isBusy)}</span>{' '}
            {code === undefined ? null : <code className="code">{code}</code>}{' '}
            {address === null ? null : <span className="pick code">{address}</span>}{' '}
            {checkedWords(updates, now)}
          </>
        }
      >
        <button
          type="button"
          className="button"
          disabled={updates.status === 'off' || isUnderWay}
          onClick={() => act({ command: 'check-for-updates' })}
        >
          Check now
        </button>
        {updates.status === 'ready' ? (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => act({ command: 'install-update' })}
          >
            Restart to update
          </button>
        ) : null}
      </SettingRow>
      {updates.version === null || updates.notes === '' ? null : (
        <section className="update-notes" aria-label={`New in version ${updates.version}`}>
          <h2>New in version {updates.version}</h2>
          <p className="pick">{updates.notes}</p>
        </section>
      )}
    </>
  );
}
