import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { PickMenu } from '../controls/pick-menu.tsx';
import { changeSettings } from '../settings/change-settings.ts';
import { useConsole } from '../state/use-console.ts';
import { callerIdWords } from '../words/account-words.ts';
import { shownNumber } from './shown-number.ts';

/** From which number the call goes out, and the keys of the palette. */
export function PaletteFoot() {
  return (
    <div className="palette-foot">
      <From />
      <span>↑ ↓ choose, Enter runs, Esc closes</span>
    </div>
  );
}

function From() {
  const line = useConsole(state => state.line);
  const shown = useConsole(shownNumber);
  const { callerIds, kind, number } = line;
  if (callerIds.length < 2) {
    const name = kind === 'practice' ? 'Practice line' : 'your line';
    const written = number === null ? '' : ` ${formatPhoneNumber(number)}`;
    return (
      <span>
        From {name}
        {written}
      </span>
    );
  }
  return (
    <span className="palette-from">
      From:
      <PickMenu
        label="Number shown to those you call"
        look="bar"
        value={shown ?? number ?? ''}
        options={callerIds.map(entry => [entry.number, callerIdWords(entry)] as const)}
        onChange={callerId => changeSettings({ callerId })}
      />
    </span>
  );
}
