import { Command } from 'cmdk';
import { Grid3x3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { DigitPad } from '../controls/digit-pad.tsx';
import { ask } from '../earshot.ts';
import { showCall, showLayer, toggleLayer, usePlace } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { type PaletteEntry, paletteEntries } from './palette-entries.ts';
import { PaletteLine } from './palette-line.tsx';
import { usePaletteSource } from './use-palette-source.ts';

/** The field, the lines for what is typed, and the dial pad. */
export function PaletteBody() {
  const [text, setText] = useState('');
  const [chosen, choose] = useState('');
  const [notice, setNotice] = useState('');
  const padOpen = usePlace(place => place.layer === 'dial-pad');
  const source = usePaletteSource();
  const entries = useMemo(() => paletteEntries(text, source), [text, source]);
  const shown = entries.some(({ id }) => id === chosen) ? chosen : (entries[0]?.id ?? '');

  const type = (next: string) => {
    setText(next);
    setNotice('');
    choose('');
  };
  const run = async (entry: PaletteEntry) => {
    if (entry.kind === 'unfinished') return setNotice(entry.words);
    if (entry.kind === 'command') {
      showLayer(null);
      return entry.command.run();
    }
    const outcome = await ask({ command: 'dial', to: entry.number });
    if (!outcome.ok) return setNotice(`${outcome.problem.message} ${outcome.problem.remedy}`);
    showLayer(null);
    showCall(outcome.callId);
  };

  return (
    <Command
      label="Dial, search or command"
      shouldFilter={false}
      value={shown}
      onValueChange={choose}
      loop
    >
      <div className="palette-head">
        <Command.Input
          value={text}
          onValueChange={type}
          placeholder="Number, name, or > command"
          autoComplete="off"
          spellCheck={false}
        />
        <button
          type="button"
          className="button quiet"
          aria-pressed={padOpen}
          onClick={() => toggleLayerPad(padOpen)}
        >
          <Grid3x3 size={14} aria-hidden="true" />
          Dial pad
        </button>
      </div>
      {notice === '' ? null : (
        <p className="palette-notice" role="alert">
          <span className="problem-glyph" aria-hidden="true">
            ▲
          </span>{' '}
          {notice}
        </p>
      )}
      <div className="palette-main">
        <Command.List>
          <Command.Empty>Nobody and nothing by that name. Digits dial a number.</Command.Empty>
          {entries.map(entry => (
            <PaletteLine key={entry.id} entry={entry} onRun={() => void run(entry)} />
          ))}
        </Command.List>
        {padOpen ? (
          <div className="palette-pad">
            <DigitPad onDigit={digit => type(text + digit)} />
            <button
              type="button"
              className="button large main"
              disabled={entries[0]?.kind !== 'call' || text === ''}
              onClick={() => entries[0] && void run(entries[0])}
            >
              Call
            </button>
          </div>
        ) : null}
      </div>
      <PaletteFoot />
    </Command>
  );
}

function PaletteFoot() {
  const line = useConsole(state => state.line);
  const name = line.kind === 'practice' ? 'Practice line' : 'your line';
  const number = line.number === null ? '' : ` ${formatPhoneNumber(line.number)}`;
  return (
    <div className="palette-foot">
      <span>
        From {name}
        {number}
      </span>
      <span>↑ ↓ choose, Enter runs, Esc closes</span>
    </div>
  );
}

function toggleLayerPad(open: boolean): void {
  if (open) showLayer('palette');
  else toggleLayer('dial-pad');
}
