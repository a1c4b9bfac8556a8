import { describe, expect, test } from 'vitest';
import { isTooSoon, takesField, withOffer } from '../../../renderer/dial/offer-line.ts';
import { paletteEntries } from '../../../renderer/dial/palette-entries.ts';

const SOURCE = { directory: [], history: [], commands: [], search: null };
const typed = paletteEntries('415 555 0121', SOURCE);

describe('a number that a link offers', () => {
  test('takes an empty field, never what somebody is typing', () => {
    expect(takesField('')).toBe(true);
    expect(takesField(' ')).toBe(true);
    for (const text of ['4', '+', '>', 'Dana', '+14155550107']) {
      expect(takesField(text), text).toBe(false);
    }
  });

  test('is a line to pick below what is typed, so that Enter still does what it did', () => {
    const lines = withOffer(typed, { number: '+14155550180', extension: null });
    expect(lines.slice(0, -1)).toEqual(typed);
    expect(lines.at(-1)).toMatchObject({
      kind: 'offered',
      title: 'Use +1 415 555 0180 from the link',
      detail: '',
    });
  });

  test('names the extension, and calls nobody also where no other line is left', () => {
    const offered = { number: '112', extension: '12' };
    expect(withOffer([], offered)).toMatchObject([
      { kind: 'offered', title: 'Use 112 from the link', detail: 'extension 12' },
    ]);
    expect(withOffer(typed, null)).toBe(typed);
  });

  test('is not dialled by an Enter that was on its way to something else', () => {
    expect(isTooSoon(Number.NEGATIVE_INFINITY, 0)).toBe(false);
    expect(isTooSoon(1000, 1000)).toBe(true);
    expect(isTooSoon(1000, 1699)).toBe(true);
    expect(isTooSoon(1000, 1700)).toBe(false);
  });
});
