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
  const lane = createFactLane(clock, pino({}, { write: line => logged.push(line) }));
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
    expect(first?.event).toEqual({ ...ringing, at: 1000 });
    expect(first?.before).toBe(INITIAL_STATE);
    expect(first?.after.calls).toMatchObject([{ id: 'a', status: 'ringing', startedAt: 1000 }]);
    expect(second?.event.at).toBe(1500);
    expect(second?.before).toBe(first?.after);
    expect(lane.state()).toBe(second?.after);
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
