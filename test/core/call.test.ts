import { describe, expect, it } from 'vitest';
import { asLive, type Call, isTalk, talkTimeMs } from '../../electron/core/call.ts';
import type { Fact } from '../../electron/core/events.ts';
import { introduction, liveCallFacts, stateAfter } from '../support/builders.ts';

/** The call `a` after facts, one a second. */
function callAfter(...facts: Fact[]): Call | undefined {
  return stateAfter(facts).calls.find(({ id }) => id === 'a');
}

const ringing: Fact = { event: 'call-ringing', ...introduction('a') };
const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };

describe('a call this desk talks on', () => {
  it('is a live one with sound', () => {
    expect(isTalk(callAfter(...liveCallFacts('a')))).toBe(true);
  });

  it('is none that rings, waits, is over or is not known', () => {
    expect(isTalk(callAfter(ringing))).toBe(false);
    expect(isTalk(callAfter(ringing, { event: 'call-waiting', callId: 'a' }))).toBe(false);
    expect(isTalk(callAfter(...liveCallFacts('a'), ended))).toBe(false);
    expect(isTalk(undefined)).toBe(false);
  });

  it('is none that is carried as words, or only spoken a message', () => {
    const words: Fact = { event: 'call-answered', callId: 'a', carrier: 'gather' };
    expect(isTalk(callAfter(ringing, words))).toBe(false);
    const requested: Fact = { event: 'call-requested', ...introduction('a'), kind: 'notify' };
    const message = callAfter(requested, { event: 'call-answered', callId: 'a' });
    expect(isTalk(message)).toBe(false);
    expect(asLive(message)?.kind).toBe('notify');
  });
});

describe('how long the parties talked', () => {
  it('counts from the answer to now, or to the end', () => {
    const live = liveCallFacts('a');
    const [call] = stateAfter(live).calls;
    const [over] = stateAfter([...live, ended]).calls;
    expect(call && talkTimeMs(call, 10_000)).toBe(8000);
    expect(over && talkTimeMs(over, 10_000)).toBe(2000);
  });

  it('is nothing while nobody has answered, also in the queue', () => {
    const waiting = callAfter(ringing, { event: 'call-waiting', callId: 'a' });
    const missed = callAfter(ringing, ended);
    for (const call of [waiting, missed]) {
      expect(call && talkTimeMs(call, 10_000)).toBe(0);
    }
  });
});
