import { describe, expect, it } from 'vitest';
import { explainCode } from '../../electron/core/twilio-codes.ts';
import { SENTENCES } from '../../electron/core/twilio-sentences.ts';

describe('Twilio’s codes in words', () => {
  it('names the number as it is dialled', () => {
    expect(explainCode(21211, { number: '+14155550177' })).toEqual({
      kind: 'refused-by-twilio',
      message: 'Twilio does not take +1 415 555 0177 for a phone number.',
      remedy: 'Check the number and dial again.',
      code: '21211',
      link: 'https://www.twilio.com/docs/api/errors/21211',
    });
  });

  it('says "this number" when the number is not known, also at the beginning', () => {
    expect(explainCode(21214).message).toBe('No network reaches this number.');
    expect(explainCode(30005).message).toBe('This number is not in use.');
  });

  it('tells kinds of refusals apart', () => {
    const kinds = {
      20003: 'credentials-refused',
      20429: 'rate-limited',
      21219: 'trial-account',
      21608: 'trial-account',
      11200: 'webhook-failed',
      31920: 'webhook-failed',
    };
    for (const [code, kind] of Object.entries(kinds)) {
      expect(explainCode(Number(code)).kind, code).toBe(kind);
    }
  });

  it('passes Twilio’s own words on for a code that has none here', () => {
    expect(explainCode(99999, { said: 'The flux is out of range' })).toEqual({
      kind: 'refused-by-twilio',
      message: 'Twilio said: The flux is out of range',
      remedy: 'Read what Twilio writes about code 99999.',
      code: '99999',
      link: 'https://www.twilio.com/docs/api/errors/99999',
    });
    expect(explainCode(99999).message).toBe('Twilio reported code 99999.');
  });

  it('speaks plainly: whole sentences, no codes, no blame, no pleading', () => {
    for (const [code, { message, remedy }] of Object.entries(SENTENCES)) {
      for (const text of [message, remedy]) {
        expect(text, code).toMatch(/^([A-Z{]|status\.).*\.$/);
        expect(text, code).not.toMatch(/\b(please|error|oops|wrong|successfully|\d{5})\b|!/i);
      }
    }
  });
});
