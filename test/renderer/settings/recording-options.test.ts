import { expect, test } from 'vitest';
import { RECORD_POLICIES, RECORDERS } from '../../../electron/core/recording.ts';
import { settingsChangeSchema } from '../../../electron/core/settings.ts';
import {
  daysOf,
  keepOptions,
  POLICY_OPTIONS,
  RECORDER_OPTIONS,
  SAMPLE_NOTICE,
} from '../../../renderer/settings/recording-options.ts';

test('recordings are kept for ever, for a usual time, or as long as is set already', () => {
  const values = (set: number | null) => keepOptions(set).map(([value]) => value);
  expect(values(null)).toEqual(['ever', '7', '30', '90', '365']);
  expect(keepOptions(1)).toContainEqual(['1', '1 day']);
  expect(values(45)).toEqual(['ever', '7', '30', '45', '90', '365']);
  expect(values(null).map(daysOf)).toEqual([null, 7, 30, 90, 365]);
});

test('every way to record can be chosen', () => {
  expect(POLICY_OPTIONS.map(([value]) => value)).toEqual([...RECORD_POLICIES]);
  expect(RECORDER_OPTIONS.map(([value]) => value)).toEqual([...RECORDERS]);
  expect(settingsChangeSchema.parse({ recordNotice: SAMPLE_NOTICE })).toBeTruthy();
});
