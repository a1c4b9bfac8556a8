import { describe, expect, it } from 'vitest';
import {
  formatPhoneNumber,
  formatWhileTyping,
  isEmergencyNumber,
  parsePhoneNumber,
} from '../../electron/core/phone-number.ts';

describe('a phone number', () => {
  it('is understood in every format people paste', () => {
    const pasted = [
      '+14155550177',
      '+1 415 555 0177',
      '(415) 555-0177',
      '415.555.0177',
      '1-415-555-0177',
      ' tel:+1-415-555-0177 ',
      '+1 (415) 555‑0177',
    ];
    for (const text of pasted) {
      expect(parsePhoneNumber(text), text).toEqual({ ok: true, number: '+14155550177' });
    }
  });

  it('of another country needs its plus sign and keeps it', () => {
    expect(parsePhoneNumber('+44 20 7946 0121')).toEqual({ ok: true, number: '+442079460121' });
  });

  it('that cannot be one is a problem that says why', () => {
    const wrong = ['', 'Dana', '+1 415 555 01', '12', '+999 123 456', '1'.repeat(40), '+'];
    for (const text of wrong) {
      expect(parsePhoneNumber(text), text).toMatchObject({
        ok: false,
        problem: { kind: 'invalid-number' },
      });
    }
  });

  it('is shown as it is dialled internationally, and other text as it is', () => {
    expect(formatPhoneNumber('+14155550177')).toBe('+1 415 555 0177');
    expect(formatPhoneNumber('anonymous')).toBe('anonymous');
  });

  it('is grouped while it is typed', () => {
    expect(formatWhileTyping('4155550177')).toBe('(415) 555-0177');
  });
});

it.each(['911', '112', ' 999 ', 'tel:911', '9-1-1', '9 1 1'])('%j is for emergencies', text => {
  expect(isEmergencyNumber(text)).toBe(true);
});

it.each(['91', '9112', '411', '+1911', '+14155550911', '', 'help 911'])(
  '%j is not for emergencies',
  text => {
    expect(isEmergencyNumber(text)).toBe(false);
  },
);
