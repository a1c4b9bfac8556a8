import { describe, expect, it } from 'vitest';
import {
  callsGoOn,
  faultProblem,
  processGone,
  startProblem,
  windowCrashed,
  windowHung,
} from '../../electron/core/fault-problems.ts';
import { ProblemError } from '../../electron/core/problem.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

const none = stateAfter([]);
const one = stateAfter([
  ...liveCallFacts('dana'),
  ...liveCallFacts('sam'),
  { event: 'call-ended', callId: 'sam', reason: 'hung-up-here' },
  { event: 'call-ringing', ...introduction('kim') },
]);
const two = stateAfter([...liveCallFacts('dana'), ...liveCallFacts('sam')]);

describe('a fault that is told', () => {
  it('says of calls only what is there: those that are live', () => {
    expect(callsGoOn(none)).toBe('');
    expect(callsGoOn(one)).toBe('Your call goes on.');
    expect(callsGoOn(two)).toBe('Your 2 calls go on.');
  });

  it('says what happened, what goes on and what to do', () => {
    for (const tell of [faultProblem, windowCrashed, processGone, windowHung]) {
      expect(tell(none).message).toMatch(/^[A-Z].*\.$/);
      expect(tell(none).message).not.toContain('call');
      expect(tell(two).message).toBe(`${tell(none).message} Your 2 calls go on.`);
      expect(tell(one).remedy).toMatch(/^(Wait|If it happens again)/);
    }
  });
});

describe('why Earshot does not start', () => {
  it('is told as it is when it was foreseen', () => {
    const problem = { kind: 'port-taken', message: 'Taken.', remedy: 'Use another.' } as const;
    expect(startProblem(new ProblemError(problem))).toBe(problem);
  });

  it('is told in words of our own when not: nobody knows what stands in errors of others', () => {
    for (const error of [new Error('token secret-4711'), 'secret-4711', null]) {
      const told = JSON.stringify(startProblem(error));
      expect(told).not.toContain('4711');
      expect(told).toContain('could not start');
    }
  });
});
