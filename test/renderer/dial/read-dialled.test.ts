import { describe, expect, test } from 'vitest';
import { looksLikeNumber, readDialled } from '../../../renderer/dial/read-dialled.ts';

describe('a number in the palette', () => {
  test.each([
    '4155550177',
    '415 555 0177',
    '(415) 555-0177',
    '415.555.0177',
    '1 415 555 0177',
    '+1 415 555 0177',
    'tel:+14155550177',
    ' 415–555–0177 ',
  ])('%s is understood', text => {
    expect(looksLikeNumber(text)).toBe(true);
    expect(readDialled(text)).toEqual({
      status: 'complete',
      number: '+14155550177',
      text: '+1 415 555 0177',
    });
  });

  test('of another country is understood with its code', () => {
    expect(readDialled('+44 20 7946 0121')).toMatchObject({ number: '+442079460121' });
  });

  test('is written as it will be dialled while it is typed, and what is missing is counted', () => {
    expect(readDialled('415 555 01')).toEqual({
      status: 'short',
      text: '+1 415 555 01',
      missing: 2,
      words: '+1 415 555 01 is too short for a phone number; 2 digits are missing.',
    });
    expect(readDialled('415 555 017')).toMatchObject({ missing: 1 });
    expect(readDialled('4')).toMatchObject({ status: 'short', missing: 9 });
  });

  test('that cannot be one says why', () => {
    expect(readDialled('415 555 0177 99999').status).toBe('wrong');
    expect(readDialled('+999 1234567')).toMatchObject({
      status: 'wrong',
      words: expect.stringContaining('country code that does not exist'),
    });
  });

  test('for emergencies is never refused', () => {
    expect(readDialled('911')).toEqual({ status: 'emergency', text: '911' });
    expect(readDialled('tel:112')).toEqual({ status: 'emergency', text: '112' });
  });
});

test.each(['dana', 'dana 415', '> mute', '', '7 dwarfs'])('%j is no number', text => {
  expect(looksLikeNumber(text)).toBe(false);
});
