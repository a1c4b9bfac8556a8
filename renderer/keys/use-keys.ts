import { useEffect } from 'react';
import { platform } from '../earshot.ts';
import { searchEverywhere } from '../history/search-everywhere.ts';
import { seekTurn, stepReplay, stepSpeed, stepZoom, togglePlay } from '../replay/replay-acts.ts';
import { goBack, showLayer, showView, toggleLayer } from '../state/navigation.ts';
import { chooseMode, leaveCall } from '../supervision/mode-acts.ts';
import { openPersonSheet, toggleModeMenu } from '../supervision/over-call.ts';
import { findInTranscript } from '../transcript/transcript-on-screen.ts';
import { currentConditions } from './current-conditions.ts';
import {
  answer,
  decline,
  hangUp,
  listenHere,
  toggleHold,
  toggleKeypad,
  toggleMicrophone,
  toggleRecording,
} from './desk-acts.ts';
import { bindingOf, type KeyAct } from './key-table.ts';
import { focusKind, keepFocusFromPointer, moveInList, movePane } from './move-focus.ts';
import { createTalkKey } from './talk-key.ts';

/** A letter typed by itself runs after this quiet, so that a word typed with the focus lost runs nothing. */
const QUIET_MS = 150;

/** How far an arrow key moves the playhead. */
const STEP_MS = 5000;

type Press = Exclude<KeyAct, 'talk'>;

const ACTS: Readonly<Record<Press, () => void>> = {
  palette: () => toggleLayer('palette'),
  answer: () => answer(),
  decline: () => decline(),
  microphone: toggleMicrophone,
  hold: toggleHold,
  keypad: toggleKeypad,
  record: toggleRecording,
  listen: () => listenHere(),
  whisper: () => chooseMode('whisper'),
  barge: () => chooseMode('barge'),
  'take-over': () => chooseMode('takeover'),
  leave: () => leaveCall(),
  'mode-menu': toggleModeMenu,
  'add-person': () => openPersonSheet('add'),
  transfer: () => openPersonSheet('transfer'),
  play: togglePlay,
  'step-back': () => stepReplay(-STEP_MS),
  'step-on': () => stepReplay(STEP_MS),
  'turn-back': () => void seekTurn(-1),
  'turn-on': () => void seekTurn(1),
  faster: () => stepSpeed(1),
  slower: () => stepSpeed(-1),
  nearer: () => stepZoom(1),
  farther: () => stepZoom(-1),
  'hang-up': () => hangUp(),
  down: () => moveInList(1),
  up: () => moveInList(-1),
  calls: () => leaveTo(() => showView('calls')),
  wall: () => leaveTo(() => showView('wall')),
  history: () => leaveTo(() => showView('history')),
  settings: () => leaveTo(() => showView('settings')),
  find: () => leaveTo(() => searchEverywhere()),
  'find-here': () => leaveTo(findInTranscript),
  keys: () => toggleLayer('keys'),
  pane: () => movePane(1),
  'pane-back': () => movePane(-1),
  escape: leave,
};

/** Listens for the keys of the table while the window has the focus. */
export function useKeys(): void {
  useEffect(() => {
    const talkKey = createTalkKey();
    const keepFocus = keepFocusFromPointer();
    let waiting: ReturnType<typeof setTimeout> | undefined;

    const onKeyDown = (event: KeyboardEvent) => {
      clearTimeout(waiting);
      if (event.defaultPrevented || event.isComposing) return;
      const press = { ...modifiers(event), key: event.key, focus: focusKind() };
      const binding = bindingOf(press, platform, currentConditions());
      if (binding === undefined) return;
      if (binding.act !== 'escape') event.preventDefault();
      if (binding.act === 'talk') {
        if (!event.repeat) talkKey.press();
        return;
      }
      const run = ACTS[binding.act];
      if (event.repeat && binding.repeats !== true) return;
      if (binding.afterQuiet === true) waiting = setTimeout(run, QUIET_MS);
      else run();
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === ' ') talkKey.release();
    };

    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', talkKey.release);
    document.addEventListener('visibilitychange', talkKey.release);
    return () => {
      clearTimeout(waiting);
      keepFocus();
      talkKey.release();
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', talkKey.release);
      document.removeEventListener('visibilitychange', talkKey.release);
    };
  }, []);
}

function modifiers({ ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) {
  return { ctrl: ctrlKey, meta: metaKey, shift: shiftKey, alt: altKey };
}

function leaveTo(go: () => void): void {
  showLayer(null);
  go();
}

/** Leaves a text field first, then what lies on top. */
function leave(): void {
  if (focusKind() === 'text' && document.activeElement instanceof HTMLElement) {
    document.activeElement.blur();
  } else {
    goBack();
  }
}
