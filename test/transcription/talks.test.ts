import { describe, expect, it } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import { createTalks } from '../../electron/transcription/talks.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';

describe('who talked when', () => {
  it('is told as talk ends, and how it was shared with the end of the call', () => {
    const facts: Fact[] = [];
    const talks = createTalks(fact => facts.push(fact));
    talks.turn('c1', 'them', true, 1000);
    talks.turn('c1', 'them', false, 3000);
    talks.turn('c1', 'us', true, 3500);
    const before = stateAfter([...liveCallFacts('c1'), ...facts]);
    // Whoever still talks stops with the call.
    talks.end('c1', before, () => talks.turn('c1', 'us', false, 4000));
    expect(facts).toMatchObject([
      { event: 'talk-ended', speaker: 'them', atMs: 1000, lengthMs: 2000 },
      { event: 'talk-ended', speaker: 'us', atMs: 3500, lengthMs: 500 },
      { event: 'talk-measured', callId: 'c1', talk: { themMs: 2000, usMs: 500 } },
    ]);
  });

  it('is not measured where nobody was heard', () => {
    const facts: Fact[] = [];
    const talks = createTalks(fact => facts.push(fact));
    talks.end('c1', stateAfter(liveCallFacts('c1')), () => {});
    expect(facts).toEqual([]);
  });
});
