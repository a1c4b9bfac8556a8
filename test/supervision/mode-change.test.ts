import { describe, expect, it } from 'vitest';
import type { Participant } from '../../electron/core/conference.ts';
import type { Leg } from '../../electron/core/room.ts';
import {
  changeOf,
  isConfirmed,
  type ModeStep,
  stepsTo,
} from '../../electron/supervision/mode-change.ts';
import { legOf } from './supervision-rig.ts';

const DANA = legOf('CAdana', 'Dana', 'customer');
const MARIA = legOf('CAmaria', 'Maria', 'agent');
const SAM = legOf('CAsam', 'Sam', 'agent');
const LEGS = [DANA, MARIA, SAM];

/** Every state a change may begin in, with every wish. */
function everyChange() {
  const held = [[], ['CAmaria'], ['CAmaria', 'CAsam']];
  const guarded = [null, 'CAmaria', 'CAsam'];
  const wishes = [
    { mode: 'listen', coached: null },
    { mode: 'whisper', coached: 'CAmaria' },
    { mode: 'whisper', coached: 'CAsam' },
    { mode: 'barge', coached: null },
    { mode: 'takeover', coached: null },
  ] as const;
  return held.flatMap(ours => {
    const legs = LEGS.map((leg): Leg => ({ ...leg, held: ours.includes(leg.sid) }));
    return guarded.flatMap(guard =>
      wishes.map(wish => ({
        wish,
        facts: { legs, held: ours, guarded: guard },
        steps: stepsTo({ legs, held: ours, guarded: guard }, wish),
      })),
    );
  });
}

function placeOf(steps: readonly ModeStep[], name: ModeStep['do']): number {
  return steps.findIndex(step => step.do === name);
}

describe('the way to a mode', () => {
  it('begins with silence, then says who hears, whatever was before', () => {
    for (const { steps, wish } of everyChange()) {
      expect(steps[0]).toEqual({ do: 'mute' });
      expect(steps).toContainEqual({ do: 'coach', sid: wish.coached });
      const between = steps.slice(1, placeOf(steps, 'coach')).map(step => step.do);
      expect(new Set(between)).toEqual(new Set(between.length === 0 ? [] : ['unhold']));
    }
  });

  it('takes from hold whom it whispers to before it does, and nobody before it is silent', () => {
    const facts = { legs: LEGS, held: ['CAmaria'], guarded: null };
    expect(stepsTo(facts, { mode: 'whisper', coached: 'CAmaria' }).map(step => step.do)).toEqual([
      'mute',
      'unhold',
      'coach',
      'guard',
      'settle',
      'unmute',
    ]);
  });

  it('ends with being heard, after what was said before has passed, and in no mode that listens', () => {
    for (const { steps, wish } of everyChange()) {
      const isHeard = wish.mode !== 'listen';
      expect(steps.slice(-2).some(step => step.do === 'unmute')).toBe(isHeard);
      if (isHeard) expect(steps.slice(-2)).toEqual([{ do: 'settle' }, { do: 'unmute' }]);
      expect(steps.filter(step => step.do === 'unmute')).toHaveLength(isHeard ? 1 : 0);
    }
  });

  it('lets everybody go whom this desk held, but for a take-over', () => {
    for (const { steps, wish, facts } of everyChange()) {
      const released = steps.flatMap(step => (step.do === 'unhold' ? [step.sid] : []));
      expect(released).toEqual(wish.mode === 'takeover' ? [] : facts.held);
    }
  });

  it('holds every agent who is there and not on hold for a take-over, and never the customer', () => {
    for (const { steps, wish, facts } of everyChange()) {
      const held = steps.flatMap(step => (step.do === 'hold' ? [step.sid] : []));
      const free = facts.legs.filter(leg => leg.role === 'agent' && !leg.held);
      expect(held).toEqual(wish.mode === 'takeover' ? free.map(({ sid }) => sid) : []);
    }
    const ringing: Leg = { ...SAM, status: 'ringing' };
    const facts = { legs: [DANA, MARIA, ringing], held: [], guarded: null };
    expect(stepsTo(facts, { mode: 'takeover', coached: null })).not.toContainEqual({
      do: 'hold',
      sid: 'CAsam',
    });
  });

  it('watches the leg that is whispered to before it hears a word, and no leg otherwise', () => {
    for (const { steps, wish, facts } of everyChange()) {
      const guards = steps.flatMap(step => (step.do === 'guard' ? [step.sid] : []));
      const isNew = wish.coached !== null && facts.guarded !== wish.coached;
      expect(guards).toEqual(isNew ? [wish.coached] : []);
      if (isNew) expect(placeOf(steps, 'guard')).toBeLessThan(placeOf(steps, 'unmute'));
      const isOver = facts.guarded !== null && facts.guarded !== wish.coached;
      expect(placeOf(steps, 'unguard') >= 0).toBe(isOver);
    }
  });

  it('leads nowhere but to silence for a whisper to nobody', () => {
    const steps = stepsTo(
      { legs: LEGS, held: [], guarded: null },
      { mode: 'whisper', coached: null },
    );
    expect(steps.map(step => step.do)).toEqual(['mute', 'coach']);
  });
});

describe('a step at Twilio', () => {
  const reply: Participant = {
    callSid: 'CAseat',
    conferenceSid: 'CF1',
    label: 'seat-Robin',
    muted: true,
    held: false,
    coaching: null,
    status: 'joined',
  };

  it('changes the seat, or the leg that is held', () => {
    const asked = (step: ModeStep) => changeOf(step, 'CAseat');
    expect(asked({ do: 'mute' })).toEqual({ sid: 'CAseat', change: { muted: true } });
    expect(asked({ do: 'unmute' })).toEqual({ sid: 'CAseat', change: { muted: false } });
    expect(asked({ do: 'coach', sid: null })).toEqual({
      sid: 'CAseat',
      change: { coaching: null },
    });
    expect(asked({ do: 'hold', sid: 'CAmaria' })).toEqual({
      sid: 'CAmaria',
      change: { hold: true },
    });
    expect(asked({ do: 'unhold', sid: 'CAmaria' })).toEqual({
      sid: 'CAmaria',
      change: { hold: false },
    });
    for (const name of ['settle', 'unguard'] as const) expect(asked({ do: name })).toBeNull();
  });

  it('is confirmed only by a reply that says so, coaching with every word', () => {
    const isConfirmedBy = (step: ModeStep, change: Partial<Participant>, to: string | null) =>
      isConfirmed(step, { ...reply, ...change }, to);
    expect(isConfirmedBy({ do: 'mute' }, {}, null)).toBe(true);
    expect(isConfirmedBy({ do: 'mute' }, { muted: false }, null)).toBe(false);
    const coach: ModeStep = { do: 'coach', sid: 'CAmaria' };
    expect(isConfirmedBy(coach, { coaching: 'CAmaria' }, 'CAmaria')).toBe(true);
    expect(isConfirmedBy(coach, { coaching: null }, 'CAmaria')).toBe(false);
    expect(isConfirmedBy(coach, { coaching: 'CAmaria', muted: false }, 'CAmaria')).toBe(false);
    for (const coaching of [null, 'CAmaria', 'CAsam']) {
      const open = { muted: false, coaching };
      expect(isConfirmedBy({ do: 'unmute' }, open, null)).toBe(coaching === null);
      expect(isConfirmedBy({ do: 'unmute' }, open, 'CAmaria')).toBe(coaching === 'CAmaria');
      expect(isConfirmedBy({ do: 'unmute' }, { coaching }, coaching)).toBe(false);
    }
    expect(isConfirmedBy({ do: 'hold', sid: 'x' }, { held: true }, null)).toBe(true);
    expect(isConfirmedBy({ do: 'hold', sid: 'x' }, {}, null)).toBe(false);
    expect(isConfirmedBy({ do: 'unhold', sid: 'x' }, { held: true }, null)).toBe(false);
    expect(isConfirmedBy({ do: 'settle' }, {}, null)).toBe(true);
  });
});
