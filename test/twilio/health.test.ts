import { describe, expect, it } from 'vitest';
import { healthOf } from '../../electron/twilio/health.ts';

describe('the health of the server', () => {
  it('names the app and the desk', () => {
    expect(healthOf('desk-1', undefined)).toEqual({ status: 'ok', app: 'earshot', desk: 'desk-1' });
    expect(healthOf(undefined, undefined)).toEqual({ status: 'ok', app: 'earshot' });
  });

  it('says a nonce again, unless it could be anything but one', () => {
    const longest = 'aZ09_-'.padEnd(64, 'x');
    expect(healthOf('d', longest)).toMatchObject({ nonce: longest });
    for (const nonce of ['', `${longest}x`, '<b>', 'a b', 'a\n', ['a'], null]) {
      expect(healthOf('d', nonce)).not.toHaveProperty('nonce');
    }
  });
});
