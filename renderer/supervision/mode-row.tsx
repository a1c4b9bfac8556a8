import { useMemo } from 'react';
import type { LiveCall } from '../../electron/core/call.ts';
import type { Mode } from '../../electron/core/room.ts';
import { useConsole } from '../state/use-console.ts';
import { nameInState } from '../words/names.ts';
import { legNamesIn } from '../words/room-words.ts';
import { chooseMode } from './mode-acts.ts';
import { ModeCell } from './mode-cell.tsx';
import { ModeNotice } from './mode-notice.tsx';
import { modeChoices } from './mode-view.ts';

type ModeRowProps = { readonly call: LiveCall };

/** What marks a mode that holds, by who hears it. */
const GLYPHS: Readonly<Record<Mode, '○' | '◐' | '◉'>> = {
  listen: '○',
  whisper: '◐',
  barge: '◉',
  takeover: '◉',
};

/** The ways to be in a call, each with who hears it, and above them what is asked or holds now. */
export function ModeRow({ call }: ModeRowProps) {
  const state = useConsole(whole => whole);
  const choices = useMemo(
    () => modeChoices(call, legNamesIn(call, state), nameInState(call, state)),
    [call, state],
  );
  return (
    <section className="modes" aria-label="How you are in this call" data-pane="modes">
      <ModeNotice call={call} />
      <div className="mode-row" role="toolbar" aria-label="Modes">
        {choices.map(choice => (
          <ModeCell
            key={choice.mode}
            choice={choice}
            glyph={GLYPHS[choice.mode]}
            onChoose={() => chooseMode(choice.mode, call)}
          />
        ))}
      </div>
    </section>
  );
}
