import { describe, expect, test } from 'vitest';
import type { Mode } from '../../../electron/core/room.ts';
import {
  canLeave,
  leavesAlone,
  peopleOf,
  takesPeople,
  whisperKeptWords,
  youHearWords,
} from '../../../renderer/supervision/call-people.ts';
import { othersWords } from '../../../renderer/supervision/others-words.ts';
import { liveCall, messageCall, wordsCall } from '../console-states.ts';
import {
  coachingSeat,
  DANA_LEG,
  desk,
  MARIA_LEG,
  seat,
  servedCall,
  supervisedCall,
} from './room-calls.ts';

const OPEN = { muted: false } as const;

function ears(...[call, change]: Parameters<typeof desk>) {
  return peopleOf(call, desk(call, change)).map(({ name, ear }) => `${name} ${ear}`);
}

describe('who hears you', () => {
  test('in a whisper is one who serves, and only while the gate lets sound out', () => {
    const whisper = supervisedCall({ seat: coachingSeat() }, OPEN);
    expect(ears(whisper, { reach: 'dana' })).toEqual(['Dana none', 'Maria agent']);
    expect(ears(whisper)).toEqual(['Dana none', 'Maria none']);
  });

  test('in a barge is everybody not on hold', () => {
    const legs = [DANA_LEG, { ...MARIA_LEG, held: true }];
    expect(ears(supervisedCall({ seat: seat() }, OPEN), { reach: 'dana' })).toEqual([
      'Dana customer',
      'Maria agent',
    ]);
    expect(ears(supervisedCall({ seat: seat(), legs }, OPEN), { reach: 'dana' })).toEqual([
      'Dana customer',
      'Maria none',
    ]);
  });

  test('of a telephone as the seat does not wait for the gate', () => {
    const phone = supervisedCall({ seat: coachingSeat({ way: 'phone' }) });
    expect(ears(phone)).toEqual(['Dana none', 'Maria agent']);
    const doubt = supervisedCall({ seat: seat({ way: 'phone', confirmed: null }) });
    expect(ears(doubt)).toEqual(['Dana maybe', 'Maria maybe']);
  });

  test('on a served call is the agent or the customer', () => {
    expect(ears(servedCall({ whispered: true }), { reach: 'dana' })).toEqual([
      'Dana none',
      'Booker AI agent',
    ]);
    expect(ears(servedCall({ status: 'silent' }), { reach: 'dana' })).toEqual([
      'Dana customer',
      'Booker AI none',
    ]);
    expect(ears(liveCall(), { reach: 'dana' })).toEqual(['Dana customer']);
  });

  test('goes with what sets people apart', () => {
    const legs = [
      { ...DANA_LEG, held: true, muted: true },
      { ...MARIA_LEG, status: 'ringing' as const },
    ];
    const call = supervisedCall({ legs });
    expect(peopleOf(call, desk(call)).map(({ marks }) => marks)).toEqual([
      ['on hold', 'muted'],
      ['ringing'],
    ]);
  });
});

describe('whom you hear', () => {
  const says = (...legs: Parameters<typeof supervisedCall>) => {
    const call = supervisedCall(...legs);
    return youHearWords(call, desk(call));
  };

  test('by the stream beside the customer is the customer and whom the customer hears', () => {
    expect(says()).toBe('You hear: Dana, Maria');
    expect(says({ legs: [DANA_LEG, { ...MARIA_LEG, held: true }] })).toBe(
      'You hear: Dana; Maria is on hold',
    );
    expect(says({ legs: [{ ...DANA_LEG, held: true }, MARIA_LEG] })).toBe(
      'You hear: Dana; Maria is not heard',
    );
  });

  test('by a seat is who is in the conference and not on hold', () => {
    expect(says({ seat: seat(), legs: [{ ...DANA_LEG, held: true }, MARIA_LEG] })).toBe(
      'You hear: Maria; Dana is on hold',
    );
  });

  test('is nobody before there is sound', () => {
    expect(says({ listening: false })).toBe(
      'You hear: nobody; Dana is not heard; Maria is not heard',
    );
  });
});

test('other desks are told with what they do', () => {
  const others = [{ sid: 'CA-1', name: 'Sam', mode: 'listen' as const }];
  expect(othersWords(supervisedCall({ others }))).toBe('Sam (listen)');
  expect(othersWords(supervisedCall())).toBe('');
});

test('a whisper is kept where the one who hears it is recorded', () => {
  const call = supervisedCall({ seat: coachingSeat() });
  expect(whisperKeptWords(call, desk(call))).toBe("Whisper is kept on Maria's recording only.");
  const alone = supervisedCall({ legs: [DANA_LEG] });
  expect(whisperKeptWords(alone, desk(alone))).toBeNull();
});

test('one leaves calls that go on without this desk', () => {
  expect(canLeave(supervisedCall())).toBe(true);
  expect(canLeave(supervisedCall({}, { kind: 'direct' }))).toBe(true);
  expect(canLeave(supervisedCall({ legs: [DANA_LEG] }, { kind: 'direct' }))).toBe(false);
  expect(canLeave(liveCall())).toBe(false);
});

test('a customer is left alone where nobody who serves is there or on the way', () => {
  const taken = { seat: seat(), legs: [DANA_LEG] };
  expect(leavesAlone(supervisedCall(taken))).toBe(true);
  expect(leavesAlone(supervisedCall({ seat: seat() }))).toBe(false);
  const ringing = { ...MARIA_LEG, status: 'ringing' as const };
  expect(leavesAlone(supervisedCall({ ...taken, legs: [DANA_LEG, ringing] }))).toBe(false);
  expect(leavesAlone(supervisedCall({ shape: 'alone', legs: [DANA_LEG] }))).toBe(false);
  expect(leavesAlone(supervisedCall(taken, { kind: 'direct' }))).toBe(false);
});

test('a customer is not left alone with another desk that speaks', () => {
  const beside = (mode: Mode) =>
    supervisedCall({
      seat: seat(),
      legs: [DANA_LEG],
      others: [{ sid: 'CA-1', name: 'Sam', mode }],
    });
  expect(leavesAlone(beside('barge'))).toBe(false);
  expect(leavesAlone(beside('listen'))).toBe(true);
});

test('people are brought into calls with sound that no program serves', () => {
  expect(takesPeople(liveCall())).toBe(true);
  expect(takesPeople(supervisedCall())).toBe(true);
  for (const call of [
    wordsCall(),
    messageCall(),
    servedCall(),
    supervisedCall({ shape: 'alone' }),
  ]) {
    expect(takesPeople(call)).toBe(false);
  }
});
