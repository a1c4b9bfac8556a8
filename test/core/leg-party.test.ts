import { describe, expect, it } from 'vitest';
import type { ListedCall } from '../../electron/core/conference.ts';
import { addressOf, ourNumber, partyAt } from '../../electron/core/leg-party.ts';

const LEG: ListedCall = {
  sid: 'CA1',
  status: 'in-progress',
  direction: 'inbound',
  from: '+14155550111',
  to: '+14155550109',
  startedAt: 1000,
  parentSid: null,
};

describe('the ends of a leg', () => {
  it('are who called and the number that was called, or the other way round', () => {
    expect([addressOf(LEG), ourNumber(LEG)]).toEqual(['+14155550111', '+14155550109']);
    const dialled = { ...LEG, direction: 'outbound-dial' } as const;
    expect([addressOf(dialled), ourNumber(dialled)]).toEqual(['+14155550109', '+14155550111']);
  });

  it('are no number of the account when a browser or a desk phone is there', () => {
    expect(ourNumber({ ...LEG, to: 'sip:desk@example.com' })).toBeNull();
  });
});

describe('somebody by address', () => {
  const nameOf = (number: string) => (number === '+14155550111' ? 'Dana Reyes' : null);

  it('is called by the name that is known, or the one in the address, or by none', () => {
    const name = (address: string) => partyAt(address, { nameOf }).name;
    expect(name('+14155550111')).toBe('Dana Reyes');
    expect(name('client:maria')).toBe('maria');
    expect(name('sip:lee@example.com;transport=tls')).toBe('lee');
    expect(name('+14155550199')).toBeNull();
  });
});
