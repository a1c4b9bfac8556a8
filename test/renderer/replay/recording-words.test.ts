import { expect, test } from 'vitest';
import { recordingSentence } from '../../../renderer/replay/recording-words.ts';

test('settings are said to record only calls of this desk', () => {
  expect(recordingSentence('none', 'direct')).toContain('the settings can record calls unasked');
  expect(recordingSentence('none', 'supervised')).toBe(
    'No recording of this call. R records a live call.',
  );
});
