import { Command } from 'cmdk';
import { Link, Phone, PhoneCall, Siren, SquareChevronRight } from 'lucide-react';
import { KeyCap } from '../shell/key-cap.tsx';
import { useClock } from '../state/clock.ts';
import { formatWhen } from '../words/times.ts';
import type { PaletteEntry } from './palette-entries.ts';

type PaletteLineProps = { readonly entry: PaletteEntry; readonly onRun: () => void };

/** One line of the palette, with the key that does the same. */
export function PaletteLine({ entry, onRun }: PaletteLineProps) {
  return (
    <Command.Item className="palette-line" value={entry.id} onSelect={onRun} data-kind={entry.kind}>
      <LineWords entry={entry} />
    </Command.Item>
  );
}

function LineWords({ entry }: { readonly entry: PaletteEntry }) {
  const now = useClock();
  switch (entry.kind) {
    case 'command':
      return (
        <>
          <SquareChevronRight size={16} aria-hidden="true" />
          <span className="line-title cut">{entry.command.title}</span>
          {entry.command.detail === undefined ? null : (
            <span className="line-detail cut">{entry.command.detail}</span>
          )}
          {entry.command.key === null ? null : <KeyCap of={entry.command.key} />}
        </>
      );
    case 'unfinished':
      return (
        <>
          <Phone size={16} aria-hidden="true" />
          <span className="line-title">{entry.title}</span>
          <span className="line-detail cut">{entry.detail}</span>
        </>
      );
    case 'offered':
      return (
        <>
          <Link size={16} aria-hidden="true" />
          <span className="line-title cut">{entry.title}</span>
          <span className="line-detail cut">{entry.detail}</span>
        </>
      );
    case 'emergency':
      return (
        <>
          <Siren size={16} aria-hidden="true" />
          <span className="line-title">{entry.title}</span>
          <span className="line-detail cut">emergency</span>
        </>
      );
    case 'call':
      return (
        <>
          <PhoneCall size={16} aria-hidden="true" />
          <span className="line-title cut">{entry.title}</span>
          <span className="line-detail cut">{entry.detail}</span>
          <span className="key line-enter" aria-hidden="true">
            Enter
          </span>
          <span className="line-when">
            {entry.lastAt === null ? '' : formatWhen(entry.lastAt, now)}
          </span>
        </>
      );
  }
}
