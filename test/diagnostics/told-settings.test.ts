import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import { toldSettings } from '../../electron/diagnostics/told-settings.ts';

/** The same value with every text and number in it replaced, whatever it may hold. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return ['planted', 'planted'];
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)]));
  }
  return typeof value === 'boolean' ? value : 'planted';
}

/** The paths at which the planted text comes out again. */
function paths(value: unknown, path = ''): string[] {
  if (value === 'planted') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => paths(each, `${path}/${key}`));
}

test('Only settings that are one of a few words, a number or a switch are told', () => {
  const told = paths(toldSettings(filled(DEFAULT_SETTINGS) as Settings)).sort();
  const free = /Id$|Host$|callerId|Notice|Name$|Number$|Phone$|Url$|hints|language|allowList|watch/;
  expect(told.filter(path => free.test(path))).toEqual([]);
  expect(told).toContain('/theme');
});

test('Of everything else it is told whether there is any, and how much', () => {
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    callerId: '+14155550188',
    allowList: ['+14155550188', '+14155550189'],
  };
  const told = toldSettings(settings);
  expect(told).toMatchObject({
    isSet: { callerId: true, seatPhone: false, deskName: false },
    counts: { allowList: 2 },
  });
  expect(JSON.stringify(told)).not.toContain('415555');
});

test('A setting that comes later is left out until somebody decides', () => {
  const settings = { ...DEFAULT_SETTINGS, laterSetting: 'planted' };
  expect(JSON.stringify(toldSettings(settings))).not.toContain('planted');
});
