import { describe, expect, it } from 'vitest';
import { PickUp } from '../../electron/twilio/pick-up.ts';
import { fakeClock } from '../support/fake-clock.ts';

describe('waiting for a person to pick up', () => {
  it('ends at once with the decision, for everybody who waits on that call', async () => {
    const clock = fakeClock();
    const pickUp = new PickUp(clock);
    const waits = [pickUp.wait('a', 8000), pickUp.wait('a', 8000), pickUp.wait('b', 8000)];
    pickUp.decide('a', 'answer');
    expect(await Promise.all(waits.slice(0, 2))).toEqual(['answer', 'answer']);
    expect(clock.timers()).toBe(1);
    pickUp.close();
    expect(await waits[2]).toBeNull();
    expect(clock.timers()).toBe(0);
  });

  it('ends without a decision when it has taken too long', async () => {
    const clock = fakeClock();
    const wait = new PickUp(clock).wait('a', 8000);
    clock.advance(8000);
    expect(await wait).toBeNull();
  });
});
