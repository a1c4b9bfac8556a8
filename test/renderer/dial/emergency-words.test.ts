import { expect, test } from 'vitest';
import { emergencyWords } from '../../../renderer/dial/emergency-words.ts';

test('the practice line says that it reaches nobody real', () => {
  expect(emergencyWords('911', 'practice')).toBe(
    'Use a phone for 911. The practice line reaches nobody real.',
  );
});

test('a Twilio line says what becomes of the call', () => {
  expect(emergencyWords('911', 'twilio')).toContain('must ask where you are');
  expect(emergencyWords('911', 'twilio')).toContain('US$75');
  expect(emergencyWords('112', 'twilio')).toContain('Use a phone for 112 if you can.');
});
