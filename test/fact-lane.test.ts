import pino from 'pino';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../electron/core/events.ts';
import { INITIAL_STATE } from '../electron/core/state.ts';
import { createFactLane, type Step } from '../electron/fact-lane.ts';
import { introduction } from './support/builders.ts';
import { fakeClock } from './support/fake-clock.ts';

/** A lane, what it told, and what it logged. */
function openLane() {
  const clock = fakeClock(1000);
  const logged: string[] = [];
  let ids = 0;
  const lane = createFactLane(
    clock,
    pino({}, { write: line => logged.push(line) }),
    () => `event-${ids++}`,
  );
  const steps: Step[] = [];
  const told = (): string[] => steps.map(({ event }) => event.event);
  return { clock, lane, logged, steps, told };
}

const ringing: Fact = { event: 'call-ringing', ...introduction('a') };
const answered: Fact = { event: 'call-answered', callId: 'a' };
const streaming: Fact = { event: 'stream-started', callId: 'a', streamSid: 'MZ1' };
const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };

describe('the fact lane', () => {
  it('dates each fact, reduces it and tells it with the states around it', () => {
    const { clock, lane, steps } = openLane();
    lane.steps.on(step => steps.push(step));
    lane.emit(ringing);
    clock.advance(500);
    lane.emit({ event: 'talk-key-changed', held: true });
    const [first, second] = steps;
    expect(first?.event).toEqual({
      ...ringing,
      at: 1000,
      eventId: 'event-0',
      dedupeKey: 'event-0',
    });
    expect(first?.before).toBe(INITIAL_STATE);
    expect(first?.after.calls).toMatchObject([{ id: 'a', status: 'ringing', startedAt: 1000 }]);
    expect(second?.event.at).toBe(1500);
    expect(second?.before).toBe(first?.after);
    expect(lane.state()).toBe(second?.after);
  });

  it('tells the end of a call once, whoever comes to know of it later', () => {
    const { lane, steps, told } = openLane();
    lane.steps.on(step => steps.push(step));
    for (const fact of [ringing, answered]) lane.emit(fact);
    lane.emit({ event: 'call-ended', callId: 'a', reason: 'transferred' });
    lane.emit({ event: 'call-ended', callId: 'a', reason: 'interrupted' });
    lane.emit({ event: 'call-ended', callId: 'b', reason: 'interrupted' });
    const ends = told().filter(name => name === 'call-ended');
    expect(ends).toHaveLength(2);
    expect(lane.state().calls).toMatchObject([{ status: 'ended', reason: 'transferred' }]);
  });

  it('tells what follows from a fact before the facts that come later', () => {
    const { lane, steps, told } = openLane();
    lane.steps.on(step => {
      if (step.event.event === 'call-ringing') {
        lane.emit(answered);
        lane.emit(streaming);
      }
    });
    lane.steps.on(step => steps.push(step));
    lane.emit(ringing);
    expect(told()).toEqual(['call-ringing', 'call-answered', 'microphone-moved', 'stream-started']);
    lane.emit(ended);
    expect(told().slice(4)).toEqual(['call-ended', 'microphone-moved']);
    expect(lane.state().microphone).toBeNull();
  });

  it('tells every listener of a fact before a fact that a listener emits', () => {
    const { lane, steps } = openLane();
    const order: string[] = [];
    lane.steps.on(({ event }) => {
      order.push(`first: ${event.event}`);
      if (event.event === 'call-ringing') {
        lane.emit(ended);
        expect(lane.state().calls).toMatchObject([{ status: 'ringing' }]);
      }
    });
    lane.steps.on(step => {
      steps.push(step);
      order.push(`second: ${step.event.event}`);
    });
    lane.emit(ringing);
    expect(order).toEqual([
      'first: call-ringing',
      'second: call-ringing',
      'first: call-ended',
      'second: call-ended',
    ]);
    expect(steps.map(({ after }) => after.calls[0]?.status)).toEqual(['ringing', 'ended']);
  });

  it('goes on when a listener throws, and logs it', () => {
    const { lane, logged, steps, told } = openLane();
    lane.steps.on(() => {
      throw new Error('broken listener');
    });
    lane.steps.on(step => steps.push(step));
    lane.emit(ringing);
    lane.emit(answered);
    expect(told()).toEqual(['call-ringing', 'call-answered', 'microphone-moved']);
    expect(logged).toHaveLength(3);
    expect(logged[0]).toContain('broken listener');
  });
});

describe('the names of events', () => {
  it('are never the same twice', () => {
    const { lane, steps } = openLane();
    lane.steps.on(step => steps.push(step));
    for (const fact of [ringing, answered, ringing, ended]) lane.emit(fact);
    const ids = steps.map(({ event }) => event.eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(6);
  });

  it('know facts of one request told twice by its key, and the different ones apart', () => {
    const { lane, steps } = openLane();
    lane.steps.on(step => steps.push(step));
    lane.emit({ ...ringing, key: 'request-1' });
    lane.emit({ ...ringing, key: 'request-1' });
    lane.emit({ ...answered, key: 'request-1' });
    lane.emit({ ...ended, key: 'request-2' });
    const keys = steps.map(({ event }) => event.dedupeKey);
    expect(keys[0]).toBe('request-1:call-ringing');
    expect(keys[1]).toBe(keys[0]);
    expect(keys).toContain('request-1:call-answered');
    expect(keys).toContain('request-2:call-ended');
  });

  it('give what follows from a keyed fact a key of its own', () => {
    const { lane, steps } = openLane();
    lane.steps.on(step => steps.push(step));
    lane.emit({ ...ringing, key: 'request-1' });
    lane.emit({ ...answered, key: 'request-2' });
    const moved = steps.find(({ event }) => event.event === 'microphone-moved')?.event;
    expect(moved?.dedupeKey).toBe(moved?.eventId);
  });
});

describe('a standing problem', () => {
  const problem = { kind: 'line-down', message: 'Down.', remedy: 'Wait.' } as const;

  it('is ended by the name it was raised with', () => {
    const { lane } = openLane();
    lane.emit({ event: 'problem-raised', id: 'line', problem });
    lane.emit({ event: 'problem-raised', id: 'line', problem });
    expect(lane.state().problems).toMatchObject([{ id: 'line', problem }]);
    lane.emit({ event: 'problem-cleared', id: 'line' });
    expect(lane.state().problems).toEqual([]);
  });
});
