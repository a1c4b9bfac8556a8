import { describe, expect, it } from 'vitest';
import { consequences, holdOthers, isHeardByMore } from '../../electron/core/desk-rules.ts';
import type { Fact } from '../../electron/core/events.ts';
import type { Seat } from '../../electron/core/room.ts';
import { liveCallFacts, stateAfter } from '../support/builders.ts';
import {
  BARGING,
  DANA,
  followedFacts,
  leg,
  MARIA,
  roomView,
  SAM,
  seat,
  WHISPERING,
} from './room-facts.ts';

function following(fact: Fact, ...earlier: Fact[]) {
  const before = stateAfter(earlier);
  return consequences(stateAfter([fact], before), { ...fact, at: 9000 }, before);
}

const seated = (as: Seat | null): Fact => ({ event: 'seat-changed', callId: 'a', seat: as });
const opened: Fact = { event: 'mute-changed', callId: 'a', on: false };
const shut: Fact = { event: 'mute-changed', callId: 'a', on: true };
const toA: Fact = { event: 'microphone-moved', callId: 'a' };
const reach = (callId: string | null): Fact => ({ event: 'reach-changed', callId });
const withSam = [leg('CAa', DANA), leg('CAmaria', MARIA), leg('CAsam', SAM)];

describe('an open whisper', () => {
  const whispering = [...followedFacts('a'), seated(WHISPERING), opened, toA];

  it('is shut when more would hear it, as when the coached leg is gone and Twilio coaches no more', () => {
    expect(following(seated(BARGING), ...whispering)).toEqual([shut]);
  });

  it('is not shut by who joins without hearing it, nor by who leaves', () => {
    const joined: Fact = {
      event: 'room-changed',
      callId: 'a',
      room: roomView({ legs: withSam }),
    };
    const left: Fact = {
      event: 'room-changed',
      callId: 'a',
      room: roomView({ legs: withSam.slice(0, 1) }),
    };
    expect(following(joined, ...whispering)).toEqual([]);
    expect(following(left, ...whispering)).toEqual([]);
  });

  it('is shut when somebody else is coached', () => {
    const joined: Fact = { event: 'room-changed', callId: 'a', room: roomView({ legs: withSam }) };
    const other = seat({ confirmed: { muted: false, coaching: 'CAsam' } });
    expect(following(seated(other), ...whispering, joined)).toEqual([shut]);
  });

  it('that is shut already stays as it is', () => {
    expect(following(seated(BARGING), ...whispering, shut)).toEqual([]);
  });
});

describe('a whisper', () => {
  const whispering = [...followedFacts('a'), seated(WHISPERING)];

  it('is heard by more when it comes to others than it was opened to, whether the microphone is shut or not', () => {
    const before = stateAfter(whispering);
    const since = (fact: Fact) => isHeardByMore(before, stateAfter([fact], before), 'a');
    expect(since(seated(BARGING))).toBe(true);
    expect(since(seated(null))).toBe(false);
    expect(since(shut)).toBe(false);
    expect(isHeardByMore(stateAfter([seated(BARGING)], before), before, 'a')).toBe(false);
  });
});

describe('whoever speaks to all', () => {
  it('goes on when somebody joins', () => {
    const joined: Fact = { event: 'room-changed', callId: 'a', room: roomView({ legs: withSam }) };
    expect(following(joined, ...followedFacts('a'), seated(BARGING), opened, toA)).toEqual([]);
  });
});

describe('the microphone', () => {
  const confirmed = (mode: 'listen' | 'barge'): Fact => ({
    event: 'mode-confirmed',
    callId: 'a',
    mode,
    whom: [],
  });

  it('goes to a call of others with the mode that lets somebody hear it, and not to listen', () => {
    const before = [...followedFacts('a'), ...liveCallFacts('b')];
    expect(following(confirmed('barge'), ...before)).toEqual([toA]);
    expect(following(confirmed('barge'), ...before, toA)).toEqual([]);
    expect(following(confirmed('listen'), ...before)).toEqual([]);
  });

  it('is not taken from another call by a call of this desk that becomes a conference', () => {
    const toB: Fact = { event: 'microphone-moved', callId: 'b' };
    const nowhere: Fact = { event: 'microphone-moved', callId: null };
    const own = [...liveCallFacts('a'), ...liveCallFacts('b')];
    expect(following(confirmed('barge'), ...own, toB)).toEqual([]);
    expect(following(confirmed('barge'), ...own, nowhere)).toEqual([toA]);
  });

  it('is not opened to others than were meant by a talk key that is held already', () => {
    const key: Fact = { event: 'talk-key-changed', held: true };
    const letGo: Fact = { event: 'talk-key-changed', held: false };
    const asked = (speaking: boolean): Fact => ({
      event: 'mode-requested',
      callId: 'a',
      mode: 'barge',
      speaking,
    });
    const whispering = [...followedFacts('a'), seated(WHISPERING), toA, key];
    expect(following(asked(false), ...whispering)).toEqual([letGo]);
    expect(following(asked(true), ...whispering)).toEqual([]);
    expect(following(asked(false), ...whispering, { ...letGo })).toEqual([]);
    expect(following(seated(BARGING), ...whispering)).toEqual([shut, letGo]);
    const elsewhere = [...followedFacts('a'), ...liveCallFacts('b'), key];
    expect(following(asked(false), ...elsewhere)).toEqual([]);
    expect(following(confirmed('barge'), ...elsewhere)).toEqual([letGo, toA]);
  });

  it('is taken from a call of others, and shut, before another call begins', () => {
    const speaking = [...followedFacts('a'), seated(BARGING), opened];
    const nobody: Fact = { event: 'microphone-moved', callId: null };
    expect(holdOthers(stateAfter([...speaking, toA]), null)).toEqual([shut, nobody]);
    expect(holdOthers(stateAfter([...speaking, toA]), 'a')).toEqual([]);
    expect(holdOthers(stateAfter(speaking), null)).toEqual([]);
  });
});

describe('the voice on a call with legs', () => {
  const speaking = [...followedFacts('a'), seated(BARGING), opened, toA];
  const began = { event: 'voice-began', callId: 'a', mode: 'barge', whom: [DANA, MARIA] };

  it('begins and ends with what the gate let out, and names who hears it', () => {
    expect(following(reach('a'), ...speaking)).toEqual([began]);
    expect(following(reach(null), ...speaking, reach('a'))).toEqual([
      { event: 'voice-ended', callId: 'a' },
    ]);
  });

  it('ends on one call before it begins on another', () => {
    const other: Fact[] = [
      ...followedFacts('b'),
      { event: 'seat-changed', callId: 'b', seat: BARGING },
    ];
    expect(following(reach('b'), ...speaking, ...other, reach('a'))).toMatchObject([
      { event: 'voice-ended', callId: 'a' },
      { event: 'voice-began', callId: 'b' },
    ]);
  });

  it('is nothing special on a call without legs', () => {
    expect(following(reach('c'), ...liveCallFacts('c'))).toEqual([]);
    expect(following(reach(null), ...liveCallFacts('c'), reach('c'))).toEqual([]);
  });
});
