import { describe, expect, it } from 'vitest';
import { mayRing } from '../../electron/twilio/inbound-policy.ts';

const DANA = '+14155550111';

describe('who may ring here', () => {
  it('is everybody or nobody', () => {
    for (const caller of [DANA, 'anonymous', '']) {
      expect(mayRing(caller, { inboundPolicy: 'open', allowList: [] })).toBe(true);
      expect(mayRing(caller, { inboundPolicy: 'closed', allowList: [DANA] })).toBe(false);
    }
  });

  it('is exactly who is on the list', () => {
    const listed = { inboundPolicy: 'allow-list' as const, allowList: [DANA] };
    expect(mayRing(DANA, listed)).toBe(true);
    expect(mayRing(` ${DANA} `, listed)).toBe(true);
    const others = ['+4155550111', '+114155550111', '14155550111', '+141555501', '+1415555011x'];
    for (const caller of [...others, 'anonymous', 'Restricted', '', '+', 'client:dana']) {
      expect(mayRing(caller, listed)).toBe(false);
    }
  });
});
