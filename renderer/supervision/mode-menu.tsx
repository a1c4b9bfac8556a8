import { Dialog } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { asLive, type LiveCall } from '../../electron/core/call.ts';
import type { Mode } from '../../electron/core/room.ts';
import { findCall } from '../../electron/core/state.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { nameInState } from '../words/names.ts';
import { legNamesIn, shortTitle } from '../words/room-words.ts';
import { canLeave, leavesAlone } from './call-people.ts';
import { chooseMode, leaveCall } from './mode-acts.ts';
import { MODE_KEYS } from './mode-cell.tsx';
import { MODE_NAMES, modeChoices } from './mode-view.ts';
import { closeOverCall, overCall } from './over-call.ts';
import { OverSheet } from './over-sheet.tsx';
import { wouldBeByPhone } from './phone-seat.ts';

const LETTERS: Readonly<Record<string, Mode | 'leave'>> = {
  l: 'listen',
  w: 'whisper',
  b: 'barge',
  t: 'takeover',
  x: 'leave',
};

/** The modes of a call with who hears them, from anywhere, also while typing: a letter chooses. */
export function ModeMenu() {
  const over = useStore(overCall, value => value);
  const call = useConsole(state =>
    over?.kind === 'modes' ? asLive(findCall(state, over.callId)) : null,
  );
  return (
    <OverSheet open={call !== null} className="sheet mode-menu">
      {call === null ? null : <OpenModeMenu call={call} />}
    </OverSheet>
  );
}

function OpenModeMenu({ call }: { readonly call: LiveCall }) {
  const state = useConsole(whole => whole);
  const list = useRef<HTMLDivElement>(null);
  const choices = modeChoices(call, legNamesIn(call, state), nameInState(call, state));
  const shut = (what: Mode | 'leave') => choices.find(({ mode }) => mode === what)?.why ?? null;
  const choose = (what: Mode | 'leave') => {
    if (shut(what) !== null || (what === 'leave' && !canLeave(call))) return;
    closeOverCall();
    // Once the menu is gone and has given the focus back: what is asked may take it.
    requestAnimationFrame(() => (what === 'leave' ? leaveCall(call.id) : chooseMode(what, call)));
  };
  useEffect(() => {
    const pressed = list.current?.querySelector<HTMLElement>('[aria-checked="true"]');
    (pressed ?? list.current?.querySelector<HTMLElement>('button'))?.focus();
  }, []);
  return (
    <>
      <Dialog.Title className="mode-menu-title">{shortTitle(call, state)}</Dialog.Title>
      <Dialog.Description className="second">
        {wouldBeByPhone(call, state.settings)
          ? 'A letter chooses. Your phone is heard as soon as Twilio confirms.'
          : 'A letter chooses. Your microphone stays closed until you open it.'}
      </Dialog.Description>
      <div
        ref={list}
        role="menu"
        aria-label="How you are in this call"
        onKeyDown={event => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const what = LETTERS[event.key.toLowerCase()];
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (what === undefined && step === undefined) return;
          event.preventDefault();
          if (what !== undefined) choose(what);
          else if (step !== undefined) moveFocus(event.currentTarget, step);
        }}
      >
        {choices.map(({ mode, hearers, why, now }) => (
          <button
            key={mode}
            type="button"
            role="menuitemradio"
            aria-checked={now}
            aria-disabled={why !== null}
            className="mode-line"
            onClick={() => choose(mode)}
          >
            <span className="menu-tick" aria-hidden="true">
              {now ? '▸' : ''}
            </span>
            <span>{MODE_NAMES[mode]}</span>
            <span className="second cut">{why ?? hearers}</span>
            <KeyCap of={MODE_KEYS[mode]} />
          </button>
        ))}
        {canLeave(call) ? (
          <button
            type="button"
            role="menuitem"
            className="mode-line"
            onClick={() => choose('leave')}
          >
            <span className="menu-tick" aria-hidden="true" />
            <span>Leave</span>
            <span className="second cut">
              {leavesAlone(call) ? 'asks first; nobody else is on it' : 'the others go on'}
            </span>
            <KeyCap of="leave" />
          </button>
        ) : null}
      </div>
    </>
  );
}

function moveFocus(list: HTMLElement, step: number): void {
  const lines = [...list.querySelectorAll<HTMLElement>('button')];
  const at = lines.findIndex(line => line.matches(':focus'));
  lines[(at + step + lines.length) % lines.length]?.focus();
}
