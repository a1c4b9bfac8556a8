import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../electron/core/settings.ts';
import { openSettingsFile } from '../../electron/store/settings-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('the settings file', () => {
  it('gives the defaults where there is none, and makes none', () => {
    const folder = tempFolder();
    const file = openSettingsFile(join(folder, 'settings.json'), 'then');
    expect(file.settings()).toEqual(DEFAULT_SETTINGS);
    expect(file.problem).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps what was changed for the next run, and leaves the rest', () => {
    const path = join(tempFolder(), 'settings.json');
    const file = openSettingsFile(path, 'then');
    const changed = { ...DEFAULT_SETTINGS, inputDeviceId: 'USB headset', outputVolume: 0.5 };
    expect(file.change({ inputDeviceId: 'USB headset' })).toMatchObject({ outputVolume: 1 });
    expect(file.change({ outputVolume: 0.5 })).toEqual(changed);
    expect(file.settings()).toEqual(changed);
    const again = openSettingsFile(path, 'then');
    expect(again.settings()).toEqual(changed);
    expect(again.problem).toBeNull();
  });

  it('leaves nothing beside itself, and is for its owner only', () => {
    const folder = tempFolder();
    openSettingsFile(join(folder, 'settings.json'), 'then').change({ talk: 'hold' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    const others = process.platform === 'win32' ? 0 : 0o077;
    expect(statSync(join(folder, 'settings.json')).mode & others).toBe(0);
  });

  it('fills in a setting that an older version did not have', () => {
    const path = join(tempFolder(), 'settings.json');
    writeFileSync(path, JSON.stringify({ theme: 'dark' }));
    const file = openSettingsFile(path, 'then');
    expect(file.settings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(file.problem).toBeNull();
  });

  it('refuses a value out of range and keeps what it had, here and on disk', () => {
    const path = join(tempFolder(), 'settings.json');
    const file = openSettingsFile(path, 'then');
    file.change({ outputVolume: 2 });
    expect(() => file.change({ outputVolume: 3 })).toThrow();
    expect(file.settings().outputVolume).toBe(2);
    expect(openSettingsFile(path, 'then').settings().outputVolume).toBe(2);
  });

  it.each([
    [{ ringSeconds: 4 }],
    [{ ringSeconds: 30.5 }],
    [{ dialSeconds: 601 }],
    [{ longestCallMinutes: 0 }],
    [{ callerId: '(415) 555-0100' }],
    [{ allowList: ['+14155550111', '4155550112'] }],
    [{ allowList: Array.from({ length: 1001 }, () => '+14155550111') }],
  ])('refuses a number that is none, or none that is allowed: %j', change => {
    const path = join(tempFolder(), 'settings.json');
    const file = openSettingsFile(path, 'then');
    expect(() => file.change(change)).toThrow();
    expect(file.settings()).toEqual(DEFAULT_SETTINGS);
    expect(existsSync(path)).toBe(false);
  });

  it('takes no notice of a setting that nobody knows', () => {
    const path = join(tempFolder(), 'settings.json');
    writeFileSync(path, JSON.stringify({ theme: 'dark', wallpaper: 'sea' }));
    const file = openSettingsFile(path, 'then');
    expect(file.problem).toBeNull();
    expect(file.settings()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
  });

  it('keeps the settings it had when the disk refuses', () => {
    const path = join(tempFolder(), 'settings.json');
    const file = openSettingsFile(path, 'then');
    file.change({ theme: 'light' });
    mkdirSync(`${path}.new`);
    expect(() => file.change({ theme: 'dark' })).toThrow();
    expect(file.settings().theme).toBe('light');
    expect(openSettingsFile(path, 'then').settings().theme).toBe('light');
  });
});

describe('a settings file that is not understood', () => {
  it.each([
    ['is cut off', '{"theme": "da'],
    ['is empty', ''],
    ['is not an object', '[1, 2]'],
    ['holds a wrong type', '{"outputVolume": "loud"}'],
    ['holds a value nobody knows', '{"theme": "pink"}'],
    ['holds a number nobody can call, beside fields nobody knows', '{"x": 1, "allowList": ["+1"]}'],
  ])('is set aside with a problem when it %s', (_, content) => {
    const path = join(tempFolder(), 'settings.json');
    writeFileSync(path, content);
    const file = openSettingsFile(path, 'then');
    const aside = `${path}.unreadable-then`;
    expect(file.settings()).toEqual(DEFAULT_SETTINGS);
    expect(file.problem?.kind).toBe('settings-unreadable');
    expect(file.problem?.remedy).toContain(aside);
    expect(readFileSync(aside, 'utf8')).toBe(content);
    file.change({ theme: 'dark' });
    expect(openSettingsFile(path, 'later').settings().theme).toBe('dark');
  });
});
