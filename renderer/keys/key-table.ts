import type { EarshotApi } from '../../electron/ipc/contract.ts';
import { KEY_BINDINGS } from './key-bindings.ts';

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
  | 'listen'
  | 'whisper'
  | 'barge'
  | 'take-over'
  | 'leave'
  | 'mode-menu'
  | 'add-person'
  | 'transfer'
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
  | 'wall'
  | 'history'
  | 'settings'
  | 'find'
  | 'find-here'
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

/** What must be so for a key to mean something: a call or sound of that kind is there. */
export type KeyCondition =
  | 'answer'
  | 'decline'
  | 'own-call'
  | 'record'
  | 'hang-up'
  | 'modes'
  | 'leave'
  | 'people'
  | 'played'
  | 'transcript';

/** Keys of one act. `mod` is Ctrl, on macOS Command. A bare key works only outside text fields. */
export type KeyBinding = {
  readonly act: KeyAct;
  readonly combos: readonly string[];
  readonly title: string;
  readonly group: 'Calls' | 'Others' | 'Microphone' | 'Hearing again' | 'Moving' | 'Window';
  /** It works only then; left out, always. */
  readonly when?: KeyCondition;
  /** Runs only after a moment of quiet, so that a word typed with the focus lost runs nothing. */
  readonly afterQuiet?: boolean;
  /** Runs again while the key is held down. */
  readonly repeats?: boolean;
};

type Platform = EarshotApi['platform'];

/** What a press means, or undefined when it means nothing here. @param holds which conditions hold now */
export function bindingOf(
  press: KeyPress,
  platform: Platform,
  holds: ReadonlySet<KeyCondition>,
): KeyBinding | undefined {
  const combo = comboOf(press, platform);
  if (combo === null) return undefined;
  const binding = workingKeys(holds).find(({ combos }) => combos.includes(combo));
  if (binding === undefined || binding.act === 'escape' || isChord(combo)) return binding;
  if (press.focus === 'text') return undefined;
  return binding.act === 'talk' && press.focus === 'control' ? undefined : binding;
}

/** The keys that work under these conditions, each combination once. */
export function workingKeys(holds: ReadonlySet<KeyCondition>): readonly KeyBinding[] {
  const working = KEY_BINDINGS.filter(({ when }) => when === undefined || holds.has(when));
  const taken = new Set<string>();
  return working.flatMap(binding => {
    const combos = binding.combos.filter(combo => !taken.has(combo));
    for (const combo of combos) taken.add(combo);
    return combos.length === 0 ? [] : [{ ...binding, combos }];
  });
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
