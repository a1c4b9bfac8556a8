import { Command } from 'cmdk';
import { Grid3x3 } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { DigitPad } from '../controls/digit-pad.tsx';
import { ask, consoleStore } from '../earshot.ts';
import { showCall, showLayer, toggleLayer, usePlace } from '../state/navigation.ts';
import { useStore } from '../state/use-store.ts';
import { EmergencyNotice } from './emergency-notice.tsx';
import { isTooSoon, takesField, withOffer } from './offer-line.ts';
import { type Offered, offeredStore, offeredWords } from './offered.ts';
import { OwnKeys } from './own-keys.tsx';
import { type PaletteEntry, paletteEntries } from './palette-entries.ts';
import { PaletteFoot } from './palette-foot.tsx';
import { PaletteLine } from './palette-line.tsx';
import { dialCommand } from './shown-number.ts';
import { usePaletteSource } from './use-palette-source.ts';

/** The field, the lines for what is typed, and the dial pad. */
export function PaletteBody() {
  const [text, setText] = useState('');
  const [chosen, choose] = useState('');
  const [notice, setNotice] = useState('');
  const offered = useStore(offeredStore, number => number);
  const [waiting, setWaiting] = useState<Offered | null>(null);
  const offeredAt = useRef(Number.NEGATIVE_INFINITY);
  const padOpen = usePlace(place => place.layer === 'dial-pad');
  const source = usePaletteSource();
  const entries = useMemo(
    () => withOffer(paletteEntries(text, source), waiting),
    [text, source, waiting],
  );
  const emergencyCall = useRef<HTMLButtonElement>(null);
  const emergency = entries.find(entry => entry.kind === 'emergency');
  const mayCall = text !== '' && (entries[0]?.kind === 'call' || emergency !== undefined);
  const shown = entries.some(({ id }) => id === chosen) ? chosen : (entries[0]?.id ?? '');

  const fill = useCallback((number: Offered) => {
    setText(number.number);
    setNotice(offeredWords(number));
    setWaiting(null);
    choose('');
  }, []);
  useEffect(() => {
    if (offered === null) return;
    offeredAt.current = performance.now();
    offeredStore.set(null);
    if (takesField(text)) fill(offered);
    else setWaiting(offered);
  }, [offered, text, fill]);

  const type = (next: string) => {
    setText(next);
    setNotice('');
    choose('');
  };
  const tooSoon = () => isTooSoon(offeredAt.current, performance.now());
  const keepEnter = (event: KeyboardEvent) => {
    // A key held down since before would run what a link brings once that may be run.
    if (event.key !== 'Enter' || !(event.repeat || tooSoon())) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const run = async (entry: PaletteEntry) => {
    if (tooSoon()) return;
    if (entry.kind === 'offered') return fill(entry.offered);
    if (entry.kind === 'unfinished') return setNotice(entry.words);
    if (entry.kind === 'emergency') return emergencyCall.current?.focus();
    if (entry.kind === 'command') {
      showLayer(null);
      return entry.command.run();
    }
    return dial(entry.number);
  };
  const dial = async (to: string) => {
    const outcome = await ask(dialCommand(to, consoleStore.get()));
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
      onKeyDownCapture={keepEnter}
    >
      <div className="palette-head">
        <Command.Input
          value={text}
          onValueChange={type}
          placeholder="Number, name, or > command"
          autoComplete="off"
          spellCheck={false}
        />
        <OwnKeys>
          <button
            type="button"
            className="button quiet"
            aria-pressed={padOpen}
            onClick={() => toggleLayerPad(padOpen)}
          >
            <Grid3x3 size={14} aria-hidden="true" />
            Dial pad
          </button>
        </OwnKeys>
      </div>
      {emergency === undefined ? null : (
        <OwnKeys>
          <EmergencyNotice
            number={emergency.number}
            callButton={emergencyCall}
            onCall={() => void dial(emergency.number)}
            onCancel={() => type('')}
          />
        </OwnKeys>
      )}
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
          <OwnKeys>
            <div className="palette-pad">
              <DigitPad onDigit={digit => type(text + digit)} />
              <button
                type="button"
                className="button large main"
                disabled={!mayCall}
                onClick={() => entries[0] && void run(entries[0])}
              >
                Call
              </button>
            </div>
          </OwnKeys>
        ) : null}
      </div>
      <OwnKeys>
        <PaletteFoot />
      </OwnKeys>
    </Command>
  );
}

function toggleLayerPad(open: boolean): void {
  if (open) showLayer('palette');
  else toggleLayer('dial-pad');
}
