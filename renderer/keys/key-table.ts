import type { EarshotApi } from '../../electron/ipc/contract.ts';

/** What a key does. */
export type KeyAct =
  | 'palette'
  | 'answer'
  | 'decline'
  | 'talk'
  | 'microphone'
  | 'hold'
  | 'keypad'
  | 'record'
  | 'hang-up'
  | 'play'
  | 'step-back'
  | 'step-on'
  | 'turn-back'
  | 'turn-on'
  | 'faster'
  | 'slower'
  | 'nearer'
  | 'farther'
  | 'down'
  | 'up'
  | 'calls'
  | 'history'
  | 'settings'
  | 'find'
  | 'keys'
  | 'pane'
  | 'pane-back'
  | 'escape';

/** A key as pressed, and what it is pressed in. */
export type KeyPress = {
  readonly key: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** What has the focus: a text field, something Space or Enter presses, or neither. */
  readonly focus: 'text' | 'control' | 'none';
};

/** Keys of one act. `mod` is Ctrl, on macOS Command. A bare key works only outside text fields. */
export type KeyBinding = {
  readonly act: KeyAct;
  readonly combos: readonly string[];
  readonly title: string;
  readonly group: 'Calls' | 'Microphone' | 'Hearing again' | 'Moving' | 'Window';
  /** Runs only after a moment of quiet, so that a word typed with the focus lost runs nothing. */
  readonly afterQuiet?: boolean;
  /** Runs again while the key is held down. */
  readonly repeats?: boolean;
};

type Platform = EarshotApi['platform'];

const AGAIN = 'Hearing again';

/** Every key of the window; the key sheet lists exactly these. */
export const KEY_BINDINGS: readonly KeyBinding[] = [
  { act: 'palette', combos: ['mod+k'], title: 'Dial, search or command', group: 'Calls' },
  {
    act: 'answer',
    combos: ['mod+enter'],
    title: 'Answer the ring on top, or who waits longest',
    group: 'Calls',
  },
  { act: 'decline', combos: ['mod+shift+d'], title: 'Decline the ring on top', group: 'Calls' },
  { act: 'hold', combos: ['h'], title: 'Hold or resume', group: 'Calls', afterQuiet: true },
  { act: 'keypad', combos: ['d'], title: 'Keypad', group: 'Calls', afterQuiet: true },
  {
    act: 'record',
    combos: ['r'],
    title: 'Record, or stop recording',
    group: 'Calls',
    afterQuiet: true,
  },
  { act: 'hang-up', combos: ['mod+shift+h'], title: 'Hang up your call', group: 'Calls' },
  { act: 'talk', combos: ['space'], title: 'Microphone open while held', group: 'Microphone' },
  {
    act: 'microphone',
    combos: ['m', 'mod+shift+m'],
    title: 'Mute or open the microphone',
    group: 'Microphone',
  },
  {
    act: 'play',
    combos: ['p'],
    title: 'Play or pause; in a live call the last 10 s',
    group: AGAIN,
    afterQuiet: true,
  },
  { act: 'step-back', combos: ['arrowleft'], title: '5 s back', group: AGAIN, repeats: true },
  { act: 'step-on', combos: ['arrowright'], title: '5 s on', group: AGAIN, repeats: true },
  { act: 'turn-back', combos: ['shift+arrowleft'], title: 'Turn before', group: AGAIN },
  { act: 'turn-on', combos: ['shift+arrowright'], title: 'Next turn', group: AGAIN },
  { act: 'faster', combos: ['shift+arrowup'], title: 'Faster', group: AGAIN },
  { act: 'slower', combos: ['shift+arrowdown'], title: 'Slower', group: AGAIN },
  { act: 'nearer', combos: ['plus', '='], title: 'Look nearer', group: AGAIN },
  { act: 'farther', combos: ['minus'], title: 'Look from farther away', group: AGAIN },
  {
    act: 'down',
    combos: ['arrowdown', 'j'],
    title: 'Next call in the list',
    group: 'Moving',
    repeats: true,
  },
  {
    act: 'up',
    combos: ['arrowup', 'k'],
    title: 'Call before in the list',
    group: 'Moving',
    repeats: true,
  },
  { act: 'pane', combos: ['f6'], title: 'Next pane', group: 'Moving' },
  { act: 'pane-back', combos: ['shift+f6'], title: 'Pane before', group: 'Moving' },
  { act: 'calls', combos: ['mod+1'], title: 'Calls', group: 'Window' },
  { act: 'history', combos: ['mod+2'], title: 'History', group: 'Window' },
  { act: 'settings', combos: ['mod+3', 'mod+,'], title: 'Settings', group: 'Window' },
  { act: 'find', combos: ['mod+f'], title: 'Search the history', group: 'Window' },
  { act: 'keys', combos: ['mod+/', 'mod+?', 'f1'], title: 'This sheet', group: 'Window' },
  { act: 'escape', combos: ['escape'], title: 'Close what is on top', group: 'Window' },
];

/** What a press means, or undefined when it means nothing here. */
export function bindingOf(press: KeyPress, platform: Platform): KeyBinding | undefined {
  const combo = comboOf(press, platform);
  if (combo === null) return undefined;
  const binding = KEY_BINDINGS.find(({ combos }) => combos.includes(combo));
  if (binding === undefined || binding.act === 'escape' || isChord(combo)) return binding;
  if (press.focus === 'text') return undefined;
  return binding.act === 'talk' && press.focus === 'control' ? undefined : binding;
}

/** How a combination is written on this system: `⌘⇧D`, `Ctrl+Shift+D`. */
export function writeCombo(combo: string, platform: Platform): string {
  const names = combo.split('+').map(part => {
    const [mac, other] = PART_NAMES[part] ?? [part.toUpperCase(), part.toUpperCase()];
    return platform === 'darwin' ? mac : other;
  });
  return names.join(platform === 'darwin' ? '' : '+');
}

/** The first keys of an act, as written on this system. */
export function keysOf(act: KeyAct, platform: Platform): string {
  const [combo] = KEY_BINDINGS.find(binding => binding.act === act)?.combos ?? [];
  return combo === undefined ? '' : writeCombo(combo, platform);
}

const PART_NAMES: Readonly<Record<string, readonly [mac: string, other: string]>> = {
  mod: ['⌘', 'Ctrl'],
  shift: ['⇧', 'Shift'],
  enter: ['↵', 'Enter'],
  escape: ['Esc', 'Esc'],
  space: ['Space', 'Space'],
  arrowdown: ['↓', '↓'],
  arrowup: ['↑', '↑'],
  arrowleft: ['←', '←'],
  arrowright: ['→', '→'],
  plus: ['+', '+'],
  minus: ['−', '−'],
};

/** Keys whose own sign would not be told from how combinations are written. */
const KEY_NAMES: Readonly<Record<string, string>> = { ' ': 'space', '+': 'plus', '-': 'minus' };

/** Signs that some layouts type with Shift and others without. */
const SHIFT_TYPES = /^[^\p{L}\p{N} ]$/u;

function comboOf(press: KeyPress, platform: Platform): string | null {
  const mod = platform === 'darwin' ? press.meta : press.ctrl;
  const foreign = platform === 'darwin' ? press.ctrl : press.meta;
  if (foreign || press.alt) return null;
  const key = KEY_NAMES[press.key] ?? press.key.toLowerCase();
  const shift = press.shift && !SHIFT_TYPES.test(press.key);
  return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${key}`;
}

function isChord(combo: string): boolean {
  return combo.startsWith('mod+') || /f\d$/.test(combo);
}
