import { describe, expect, it } from 'vitest';
import { customerOf, type KnownLeg } from '../../electron/core/leg-roles.ts';

function known(sid: string, change: Partial<KnownLeg> = {}): KnownLeg {
  return { sid, label: null, serves: false, isInbound: false, startedAt: null, ...change };
}

/** The sid of the customer among legs. */
function customer(
  legs: readonly KnownLeg[],
  room: string | null = null,
  followed: readonly string[] = [],
): string | undefined {
  return customerOf(legs, { room, followed: new Set(followed) })?.sid;
}

const first = known('first', { startedAt: 1 });
const second = known('second', { startedAt: 2 });

describe('the customer among legs', () => {
  it('is nobody when there are none', () => {
    expect(customer([])).toBeUndefined();
  });

  it('is the first one when nothing else is known', () => {
    expect(customer([second, first])).toBe('first');
    expect(customer([known('undated'), second])).toBe('second');
  });

  it('is who called in rather than who was called', () => {
    expect(customer([first, { ...second, isInbound: true }])).toBe('second');
  });

  it('is nobody at a place of agents, while somebody else is there', () => {
    const softphone = { ...first, serves: true, isInbound: true };
    expect(customer([softphone, second])).toBe('second');
    expect(customer([softphone])).toBe('first');
    expect(customer([softphone, { ...second, label: 'agent' }])).toBe('first');
  });

  it('is who the conference is named after, before who called in', () => {
    const caller = { ...first, isInbound: true };
    expect(customer([caller, second], 'room-second')).toBe('second');
    expect(customer([caller, { ...second, label: 'agent' }], 'room-second')).toBe('first');
    expect(customer([caller, second], 'room-elsewhere')).toBe('first');
  });

  it('is who is labelled so, before what the conference is named after', () => {
    expect(customer([first, { ...second, label: 'customer' }], 'room-first')).toBe('second');
    expect(customer([{ ...first, label: 'agent' }, second])).toBe('second');
  });

  it('stays who this desk follows the call by', () => {
    expect(customer([first, { ...second, label: 'customer' }], null, ['first'])).toBe('first');
  });

  it('is somebody also where all are labelled as agents', () => {
    expect(
      customer([
        { ...second, label: 'agent' },
        { ...first, label: 'agent' },
      ]),
    ).toBe('first');
  });
});
