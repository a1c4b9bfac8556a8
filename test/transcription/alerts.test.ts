import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import { type Leg, roomOf } from '../../electron/core/room.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createAlerts } from '../../electron/transcription/alerts.ts';
import { liveCallFacts } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

/** A desk with calls, and its alerts. */
function setUp(settings: Partial<Settings> = {}, calls: readonly string[] = ['a']) {
  const clock = fakeClock(0);
  let ids = 0;
  const lane = createFactLane(clock, quietLog, () => `event-${ids++}`);
  const told: string[] = [];
  const knows = { who: true };
  const alerts = createAlerts({
    clock,
    state: lane.state,
    emit: lane.emit,
    available: () => knows.who,
  });
  lane.steps.on(step => {
    const { event } = step;
    const at = `${event.at / 1000} s:`;
    if (event.event === 'attention-raised') {
      told.push(
        `${at} ${event.callId} ${event.attention.kind} since ${event.attention.since / 1000}`,
      );
    }
    if (event.event === 'attention-ended') told.push(`${at} ${event.callId} ${event.kind} over`);
    alerts.follow(step);
  });
  const emit = (...facts: readonly Fact[]): void => facts.forEach(lane.emit);
  const set = (change: Partial<Settings>): void =>
    emit({
      event: 'settings-changed',
      settings: { ...DEFAULT_SETTINGS, ...settings, ...change },
    });
  set({});
  for (const call of calls) emit(...liveCallFacts(call));
  const wait = (seconds: number): void => clock.advance(1000 * seconds);
  return { clock, lane, told, knows, alerts, emit, set, wait };
}

const hold = (on: boolean): Fact => ({ event: 'hold-changed', callId: 'a', on });

describe('dead air', () => {
  it('is noticed when nobody talks, and ends when somebody does', () => {
    const { alerts, told, wait, lane } = setUp();
    wait(10);
    alerts.talking('a', 'them', true);
    wait(40);
    alerts.talking('a', 'us', true);
    alerts.talking('a', 'them', false);
    alerts.talking('a', 'us', false);
    wait(19.9);
    expect(told).toEqual([]);
    wait(1);
    expect(lane.state().calls[0]).toMatchObject({
      attention: [{ kind: 'dead-air', since: 50_000 }],
    });
    alerts.talking('a', 'us', true);
    expect(told).toEqual(['70 s: a dead-air since 50', '70.9 s: a dead-air over']);
  });

  it('is none on hold, without sound, or where nobody knows who talks', () => {
    const { told, wait, emit, knows } = setUp();
    emit(hold(true));
    wait(60);
    emit(hold(false), { event: 'stream-stopped', callId: 'a', streamSid: 'MZa' });
    wait(60);
    knows.who = false;
    emit({ event: 'stream-started', callId: 'a', streamSid: 'MZa2' });
    wait(50);
    expect(told).toEqual([]);
    knows.who = true;
    wait(20);
    expect(told).toEqual(['180 s: a dead-air since 160']);
  });

  it('ends with hold and with the call', () => {
    const { told, wait, emit, clock } = setUp({}, ['a', 'b']);
    wait(20);
    emit(hold(true), { event: 'call-ended', callId: 'b', reason: 'hung-up-there' });
    expect(told.slice(2)).toEqual(['20 s: a dead-air over', '20 s: b dead-air over']);
    emit({ event: 'call-ended', callId: 'a', reason: 'hung-up-there' });
    expect(clock.timers()).toBe(0);
  });
});

describe('over-talk', () => {
  it('is noticed when both talk for long, and ends when one stops', () => {
    const { alerts, told, wait } = setUp();
    alerts.talking('a', 'them', true);
    wait(2);
    alerts.talking('a', 'us', true);
    wait(4);
    alerts.talking('a', 'them', false);
    alerts.talking('a', 'them', true);
    wait(4.9);
    expect(told).toEqual([]);
    wait(0.1);
    alerts.talking('a', 'us', false);
    expect(told).toEqual(['11 s: a over-talk since 6', '11 s: a over-talk over']);
  });
});

describe('a long hold', () => {
  it('is noticed, whoever knows who talks, and ends with the hold', () => {
    const { told, wait, emit, knows } = setUp();
    knows.who = false;
    wait(5);
    emit(hold(true));
    wait(180);
    emit(hold(false));
    expect(told).toEqual(['185 s: a long-hold since 5', '185 s: a long-hold over']);
  });

  it('is not told again while it stands', () => {
    const { told, wait, emit } = setUp();
    emit(hold(true));
    wait(100);
    const attention = { kind: 'long-hold', since: 0, label: '', toFront: false } as const;
    emit({ event: 'attention-raised', callId: 'a', attention });
    wait(80);
    emit({ event: 'stream-stopped', callId: 'a', streamSid: 'MZa' });
    expect(told).toEqual(['100 s: a long-hold since 0']);
  });

  it('is also that of a leg in a conference', () => {
    const { told, wait, emit } = setUp({ longHoldSeconds: 30 });
    const leg = (held: boolean): Leg => ({
      sid: 'CA1',
      party: { number: '+14155550111', name: null },
      role: 'customer',
      isProgram: false,
      status: 'joined',
      held,
      muted: false,
    });
    const room = (held: boolean): Fact => {
      const { shape, conferenceSid, legs, others } = roomOf({
        shape: 'conference',
        conferenceSid: 'CF1',
        legs: [leg(held)],
        others: [],
      });
      return { event: 'room-changed', callId: 'a', room: { shape, conferenceSid, legs, others } };
    };
    emit(room(true));
    wait(30);
    emit(room(false));
    expect(told).toEqual(['30 s: a long-hold since 0', '30 s: a long-hold over']);
  });
});

describe('the settings of alerts', () => {
  it('hold at once', () => {
    const { told, wait, set } = setUp();
    wait(10);
    set({ deadAirSeconds: 5 });
    set({ deadAirSeconds: 15 });
    wait(5);
    set({ deadAirSeconds: null });
    wait(60);
    set({ deadAirSeconds: 80 });
    wait(5);
    expect(told).toEqual([
      '10 s: a dead-air since 0',
      '10 s: a dead-air over',
      '15 s: a dead-air since 0',
      '15 s: a dead-air over',
      '80 s: a dead-air since 0',
    ]);
  });

  it('need one timer a call at most, and none after the end', () => {
    const { clock, alerts } = setUp({ overTalkSeconds: 2 }, ['a', 'b', 'c']);
    for (const call of ['a', 'b', 'c']) {
      alerts.talking(call, 'them', true);
      alerts.talking(call, 'us', true);
    }
    expect(clock.timers()).toBe(3);
    alerts.close();
    expect(clock.timers()).toBe(0);
  });
});
