import { describe, expect, test } from 'vitest';
import {
  type PaletteEntry,
  type PaletteSource,
  paletteEntries,
} from '../../../renderer/dial/palette-entries.ts';
import { DANA, endedCall, NOW, SAM, UNKNOWN } from '../console-states.ts';

const command = (name: string, title: string) => ({ name, title, key: null, run: () => {} });

const SOURCE: PaletteSource = {
  directory: [
    { number: DANA.number, name: 'Dana Reyes', about: 'Answers at once.' },
    { number: '+14155550121', name: 'Lee Wong', about: 'Never answers.' },
  ],
  history: [
    endedCall({ id: 'h1', them: { ...DANA, name: null }, startedAt: NOW - 1000 }),
    endedCall({ id: 'h2', them: SAM, startedAt: NOW - 2000 }),
    endedCall({ id: 'h3', them: SAM, startedAt: NOW - 9000 }),
    endedCall({ id: 'h4', them: UNKNOWN, startedAt: NOW - 3000 }),
    endedCall({ id: 'h5', them: { number: 'anonymous', name: null } }),
  ],
  commands: [command('mute', 'Mute the microphone'), command('keys', 'Keys')],
  search: null,
};

const titles = (text: string) => paletteEntries(text, SOURCE).map(titleOf);

function titleOf(entry: PaletteEntry): string {
  return entry.kind === 'command' ? `> ${entry.command.title}` : entry.title;
}

describe('the palette', () => {
  test('offers people, the last called first, then commands', () => {
    expect(titles('')).toEqual([
      'Dana Reyes',
      'Sam Ortiz',
      '+1 415 555 0190',
      'Lee Wong',
      '> Mute the microphone',
      '> Keys',
    ]);
  });

  test('offers a typed number first, then people with those digits', () => {
    expect(titles('415 555 0121')).toEqual(['Call +1 415 555 0121', 'Lee Wong']);
    const [entry] = paletteEntries('4155550121', SOURCE);
    expect(entry).toMatchObject({ kind: 'call', number: '+14155550121' });
  });

  test('keeps an unfinished number on top, so that Enter calls nobody else', () => {
    const [first, ...near] = paletteEntries('415 555 01', SOURCE);
    expect(first).toMatchObject({
      kind: 'unfinished',
      title: 'Call +1 415 555 01',
      detail: '2 more digits',
    });
    expect(near.length).toBeGreaterThan(0);
  });

  test('offers a number for emergencies as what it is', () => {
    expect(paletteEntries('911', SOURCE)[0]).toMatchObject({ kind: 'emergency', number: '911' });
  });

  test('offers to look for what is typed in all transcripts, last', () => {
    const sought: string[] = [];
    const source = { ...SOURCE, search: (words: string) => sought.push(words) };
    const last = (text: string) => paletteEntries(text, source).at(-1);
    const entry = last('rey');
    expect(entry).toMatchObject({
      command: { title: 'Search transcripts for “rey”', key: 'find' },
    });
    if (entry?.kind === 'command') entry.command.run();
    expect(sought).toEqual(['rey']);
    expect(last('415 555')?.id).toBe('search');
    for (const text of ['', 'r', '> rey']) expect(last(text)?.id, text).not.toBe('search');
  });

  test('finds names by the beginning of any word', () => {
    expect(titles('rey')).toEqual(['Dana Reyes']);
    expect(titles('wong le')).toEqual(['Lee Wong']);
    expect(titles('ana')).toEqual([]);
  });

  test('finds only commands after >', () => {
    expect(titles('> m')).toEqual(['> Mute the microphone']);
    expect(titles('>')).toEqual(['> Mute the microphone', '> Keys']);
  });

  test('never offers to call a hidden number', () => {
    expect(titles('').join()).not.toContain('Hidden');
  });
});
