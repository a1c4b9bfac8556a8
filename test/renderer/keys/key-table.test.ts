import { describe, expect, test } from 'vitest';
import { KEY_BINDINGS } from '../../../renderer/keys/key-bindings.ts';
import {
  bindingOf,
  type KeyCondition,
  type KeyPress,
  keysOf,
  workingKeys,
  writeCombo,
} from '../../../renderer/keys/key-table.ts';

type Platform = Parameters<typeof bindingOf>[1];

/** A call of this desk rings, another is on screen with its sound; nothing of others. */
const OWN: ReadonlySet<KeyCondition> = new Set([
  'answer',
  'decline',
  'own-call',
  'record',
  'hang-up',
  'played',
]);
const OTHERS: ReadonlySet<KeyCondition> = new Set(['modes', 'leave', 'people', 'played']);

function act(
  key: string,
  change: Partial<KeyPress> = {},
  platform: Platform = 'linux',
  holds: ReadonlySet<KeyCondition> = OWN,
) {
  const press = { key, ctrl: false, meta: false, shift: false, alt: false, focus: 'none' } as const;
  return bindingOf({ ...press, ...change }, platform, holds)?.act;
}

describe('a key', () => {
  test('with Ctrl, on macOS with Command', () => {
    expect(act('k', { ctrl: true })).toBe('palette');
    expect(act('k', { meta: true })).toBeUndefined();
    expect(act('k', { meta: true }, 'darwin')).toBe('palette');
    expect(act('k', { ctrl: true }, 'darwin')).toBeUndefined();
  });

  test('answers, declines and hangs up only with a chord', () => {
    expect(act('Enter')).toBeUndefined();
    expect(act('Enter', { ctrl: true })).toBe('answer');
    expect(act('D', { ctrl: true, shift: true })).toBe('decline');
    expect(act('H', { ctrl: true, shift: true })).toBe('hang-up');
  });

  test('as a chord works while typing, too', () => {
    expect(act('Enter', { ctrl: true, focus: 'text' })).toBe('answer');
    expect(act('M', { ctrl: true, shift: true, focus: 'text' })).toBe('microphone');
    expect(act('F1', { focus: 'text' })).toBe('keys');
    expect(act('Escape', { focus: 'text' })).toBe('escape');
  });

  test('as a bare letter works only outside fields', () => {
    expect(act('m')).toBe('microphone');
    expect(act('M')).toBe('microphone');
    expect(act('m', { focus: 'control' })).toBe('microphone');
    expect(act('m', { focus: 'text' })).toBeUndefined();
    expect(act('m', { alt: true })).toBeUndefined();
    expect(act('m', { ctrl: true })).toBeUndefined();
  });

  test('Space opens the microphone, but never where it would press something', () => {
    expect(act(' ')).toBe('talk');
    expect(act(' ', { focus: 'control' })).toBeUndefined();
    expect(act(' ', { focus: 'text' })).toBeUndefined();
    expect(act(' ', { ctrl: true })).toBeUndefined();
    expect(act(' ', { alt: true })).toBeUndefined();
  });

  test('Escape never ends anything', () => {
    expect(act('Escape')).toBe('escape');
  });

  test('the sheet opens with a question mark on any layout', () => {
    expect(act('/', { ctrl: true })).toBe('keys');
    expect(act('?', { ctrl: true, shift: true })).toBe('keys');
  });
});

describe('the keys of the player', () => {
  test('are P, R, arrows and arrows with Shift, outside fields only', () => {
    expect(act('p')).toBe('play');
    expect(act('r')).toBe('record');
    expect(act('ArrowLeft')).toBe('step-back');
    expect(act('ArrowRight', { shift: true })).toBe('turn-on');
    expect(act('ArrowUp', { shift: true })).toBe('faster');
    expect(act('ArrowUp')).toBe('up');
    for (const key of ['p', 'r', 'ArrowLeft', '+']) {
      expect(act(key, { focus: 'text' })).toBeUndefined();
    }
  });

  test('look nearer with plus, typed with Shift or without', () => {
    expect(act('+')).toBe('nearer');
    expect(act('+', { shift: true })).toBe('nearer');
    expect(act('=')).toBe('nearer');
    expect(act('-')).toBe('farther');
    expect(act('+', { ctrl: true })).toBeUndefined();
  });

  test('go on while an arrow is held down', () => {
    const arrows = KEY_BINDINGS.filter(({ repeats }) => repeats === true);
    expect(arrows.map(binding => binding.act)).toEqual(['step-back', 'step-on', 'down', 'up']);
  });

  test('never include Space', () => {
    const again = KEY_BINDINGS.filter(({ group }) => group === 'Hearing again');
    expect(again.flatMap(({ combos }) => combos)).not.toContain('space');
  });
});

describe('the keys of a call of others', () => {
  const other = (key: string, change: Partial<KeyPress> = {}) => act(key, change, 'linux', OTHERS);

  test('are the first letters of its modes, after a moment of quiet', () => {
    const modes = { l: 'listen', w: 'whisper', b: 'barge', t: 'take-over', x: 'leave' } as const;
    for (const [key, what] of Object.entries(modes)) {
      expect(other(key)).toBe(what);
      expect(other(key, { focus: 'text' })).toBeUndefined();
      expect(KEY_BINDINGS.find(binding => binding.act === what)?.afterQuiet).toBe(true);
    }
  });

  test('work from a text field by the menu of modes', () => {
    expect(other('j', { ctrl: true, focus: 'text' })).toBe('mode-menu');
  });

  test('add a person and transfer; P plays only where nobody can be added', () => {
    expect(other('p')).toBe('add-person');
    expect(other('g')).toBe('transfer');
    expect(act('p')).toBe('play');
  });

  test('mean nothing without one, and neither hold it nor hang it up', () => {
    for (const key of ['w', 'b', 't', 'x', 'g']) expect(act(key)).toBeUndefined();
    expect(act('j', { ctrl: true })).toBeUndefined();
    expect(other('h')).toBeUndefined();
    expect(other('H', { ctrl: true, shift: true })).toBeUndefined();
  });
});

test('no combination means two things at once, and the sheet lists what works', () => {
  for (const holds of [OWN, OTHERS, new Set<KeyCondition>([...OWN, ...OTHERS])]) {
    const combos = workingKeys(holds).flatMap(binding => binding.combos);
    expect(new Set(combos).size).toBe(combos.length);
  }
  expect(workingKeys(OWN).map(binding => binding.act)).not.toContain('barge');
});

test('combinations of the system are left alone', () => {
  const combos = KEY_BINDINGS.flatMap(binding => binding.combos);
  for (const taken of ['mod+h', 'mod+m', 'mod+q', 'mod+w', 'mod+c', 'mod+v', 'mod+space']) {
    expect(combos).not.toContain(taken);
  }
});

test('keys are written as each system writes them', () => {
  expect(writeCombo('mod+shift+d', 'darwin')).toBe('⌘⇧D');
  expect(writeCombo('mod+shift+d', 'win32')).toBe('Ctrl+Shift+D');
  expect(keysOf('answer', 'darwin')).toBe('⌘↵');
  expect(keysOf('answer', 'linux')).toBe('Ctrl+Enter');
  expect(keysOf('palette', 'linux')).toBe('Ctrl+K');
  expect(keysOf('turn-on', 'darwin')).toBe('⇧→');
  expect(keysOf('nearer', 'linux')).toBe('+');
});

test('find looks into the transcript on screen, and without one into the history', () => {
  const find = (shift: boolean, holds: ReadonlySet<KeyCondition>) =>
    act(shift ? 'F' : 'f', { ctrl: true, shift }, 'linux', holds);
  const reading = new Set<KeyCondition>(['transcript']);
  expect(find(false, reading)).toBe('find-here');
  expect(find(true, reading)).toBe('find');
  expect(find(false, new Set())).toBe('find');
  expect(workingKeys(reading).find(binding => binding.act === 'find')?.combos).toEqual([
    'mod+shift+f',
  ]);
});
