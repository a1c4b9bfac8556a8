import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { pointingWords } from '../words/line-words.ts';
import { SettingRow } from './setting-row.tsx';

/** The number of this desk, where its calls go, and how to send them here or back. */
export function NumberRow() {
  const { number, pointing, address } = useConsole(state => state.line);
  const here = pointing.to === 'here';
  const about =
    here && address.kind !== 'none'
      ? 'Its calls ring here. Where they went before is kept and given back on quit.'
      : pointingWords(pointing);
  return (
    <SettingRow name="Your number" about={about}>
      <span className="pick number">
        {number === null ? 'not known yet' : formatPhoneNumber(number)}
      </span>
      {here ? (
        <button
          type="button"
          className="button"
          onClick={() => act({ command: 'give-number-back' })}
        >
          Give it back
        </button>
      ) : (
        <button
          type="button"
          className="button"
          disabled={address.kind === 'none'}
          title={address.kind === 'none' ? 'Without an address nothing can ring here' : undefined}
          onClick={() => act({ command: 'take-number' })}
        >
          Send calls here
        </button>
      )}
    </SettingRow>
  );
}
