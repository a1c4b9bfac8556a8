import { describe, expect, it } from 'vitest';
import { auditOf } from '../../electron/core/audit.ts';
import type { Fact } from '../../electron/core/events.ts';
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

const PROBLEM = { kind: 'not-confirmed', message: 'No answer.', remedy: 'Try again.' } as const;

/** What the audit keeps of a fact after others. */
function audited(fact: Fact, ...earlier: readonly Fact[]) {
  const before = stateAfter(earlier);
  return auditOf({ ...fact, at: 9000 }, before, stateAfter([fact], before), 'Lee');
}

const followed = followedFacts('a');
const seated = (as: typeof BARGING | null): Fact => ({
  event: 'seat-changed',
  callId: 'a',
  seat: as,
});
const reached: Fact = { event: 'reach-changed', callId: 'a' };
const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };
const about = { callId: 'a' } as const;

describe('a line of the audit', () => {
  it('says who did what, when, to which call, and who could hear it', () => {
    const began: Fact = { event: 'voice-began', ...about, mode: 'whisper', whom: [MARIA] };
    expect(audited(began, ...followed, seated(WHISPERING))).toEqual([
      {
        at: 9000,
        callId: 'a',
        callSid: 'CAa',
        by: 'Lee',
        action: 'spoke',
        mode: 'whisper',
        whom: [MARIA],
        them: DANA,
      },
    ]);
  });

  it.each<[Fact, readonly Fact[], object]>([
    [
      { event: 'listening-changed', ...about, on: true },
      followed.slice(0, 1),
      { action: 'listened', mode: 'listen', whom: [] },
    ],
    [
      { event: 'listening-changed', ...about, on: false },
      followed,
      { action: 'stopped-listening', mode: 'listen', whom: [] },
    ],
    [
      { event: 'mode-requested', ...about, mode: 'barge', speaking: false },
      followed,
      { action: 'mode-asked', mode: 'barge', whom: [] },
    ],
    [
      { event: 'mode-confirmed', ...about, mode: 'barge', whom: [DANA, MARIA] },
      followed,
      { action: 'mode-changed', mode: 'barge', whom: [DANA, MARIA] },
    ],
    [
      { event: 'mode-refused', ...about, mode: 'barge', problem: PROBLEM },
      followed,
      { action: 'mode-refused', mode: 'barge', whom: [] },
    ],
    [
      { event: 'voice-ended', ...about },
      [...followed, seated(BARGING)],
      { action: 'fell-silent', mode: 'barge', whom: [] },
    ],
    [seated(seat()), followed, { action: 'took-seat', mode: null, whom: [] }],
    [seated(null), [...followed, seated(seat())], { action: 'left-seat', mode: null, whom: [] }],
    [
      { event: 'room-acted', ...about, act: 'removed', whom: [MARIA] },
      followed,
      { action: 'removed', mode: null, whom: [MARIA] },
    ],
  ])('is kept of %j', (fact, earlier, line) => {
    expect(audited(fact, ...earlier)).toMatchObject([line]);
  });

  it('is kept of what a voice agent is told, which has no number', () => {
    const agent = { name: 'Booker', status: 'serving', whispered: false } as const;
    const served: Fact = { event: 'agent-changed', ...about, agent };
    const told: Fact = { event: 'agent-told', ...about, text: 'Offer Tuesday.' };
    expect(audited(told, ...liveCallFacts('a'), served)).toMatchObject([
      { action: 'told-agent', whom: [{ number: '', name: 'Booker' }] },
    ]);
  });
});

describe('no line of the audit', () => {
  it('is kept of what changes nothing', () => {
    expect(audited({ event: 'listening-changed', ...about, on: true }, ...followed)).toEqual([]);
    const joining = seat({ status: 'joining', confirmed: null });
    expect(audited(seated(joining), ...followed)).toEqual([]);
    expect(audited(seated(null), ...followed, seated(joining))).toEqual([]);
    expect(audited(seated(WHISPERING), ...followed, seated(seat()))).toEqual([]);
  });

  it('is kept of calls with nobody else on them, nor of other events', () => {
    expect(audited({ event: 'mute-changed', ...about, on: true }, ...followed)).toEqual([]);
    expect(audited(ended, ...liveCallFacts('a'))).toEqual([]);
    expect(audited(reached, ...followed)).toEqual([]);
    expect(audited({ event: 'sound-check-changed', on: true })).toEqual([]);
    const voice: Fact = { event: 'voice-ended', ...about };
    expect(audited(voice, ...followed, ended)).toEqual([]);
  });
});

describe('a call that is handed to somebody', () => {
  it('is kept as such, also when nobody else was on it', () => {
    const handed: Fact = { event: 'room-acted', ...about, act: 'transferred', whom: [MARIA] };
    expect(audited(handed, ...liveCallFacts('a'))).toMatchObject([
      { action: 'transferred', whom: [MARIA] },
    ]);
  });
});

describe('whoever speaks on while more come to hear it', () => {
  const legs = [leg('CAa', DANA), leg('CAmaria', MARIA), leg('CAsam', SAM)];
  const joined: Fact = { event: 'room-changed', ...about, room: roomView({ legs }) };
  const speaking = [...followed, seated(BARGING), reached];

  it('is told to speak to all of them', () => {
    expect(audited(joined, ...speaking)).toMatchObject([
      { action: 'spoke', mode: 'barge', whom: [DANA, MARIA, SAM] },
    ]);
  });

  it('is not told again when somebody leaves, nor when nothing reaches them', () => {
    const left: Fact = {
      event: 'room-changed',
      ...about,
      room: roomView({ legs: legs.slice(0, 2) }),
    };
    expect(audited(left, ...speaking, joined)).toEqual([]);
    expect(audited(joined, ...followed, seated(BARGING))).toEqual([]);
  });
});

describe('the end of a call', () => {
  it('closes all that was open on it, in order', () => {
    const actions = (...facts: Fact[]) => audited(ended, ...facts).map(({ action }) => action);
    expect(actions(...followed, seated(BARGING), reached)).toEqual([
      'fell-silent',
      'left-seat',
      'stopped-listening',
    ]);
    expect(actions(...followed)).toEqual(['stopped-listening']);
    expect(actions(...followed.slice(0, 1))).toEqual([]);
    expect(actions(...followed, ended)).toEqual([]);
  });
});
