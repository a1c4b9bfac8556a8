import { describe, expect, test } from 'vitest';
import { aloneBeside, earOf, planEar } from '../../../renderer/wall/ears.ts';
import { consoleState, liveCall, NOW } from '../console-states.ts';
import { followedCall } from './calls-of-others.ts';

const one = followedCall({ id: 'one', pan: -1 });
const two = followedCall({ id: 'two', pan: 1 });
const three = followedCall({ id: 'three', pan: 0 });
const earIn = (calls: Parameters<typeof consoleState>[0]) => earOf(one, consoleState(calls));

describe('a call of others is heard', () => {
  test('where it is placed', () => {
    const state = consoleState({ calls: [one, two, three] });
    expect([one, two, three].map(call => earOf(call, state))).toEqual(['left', 'right', 'middle']);
  });

  test('only while its sound comes here and is not shut', () => {
    const ears = [
      followedCall({}, { listening: false }),
      followedCall({ silenced: true }),
      followedCall({ heldAt: NOW }),
      liveCall({ carrier: 'gather', stream: false }),
      liveCall({ stream: false }),
    ].map(call => earOf(call, consoleState({ calls: [call] })));
    expect(ears).toEqual([null, null, null, null, null]);
  });

  test('through this desk’s seat as well', () => {
    const seat = {
      way: 'app',
      sid: 'CA-seat',
      status: 'joined',
      stream: true,
      confirmed: null,
    } as const;
    const call = followedCall({}, { listening: false, seat });
    expect(earOf(call, consoleState({ calls: [call] }))).toBe('middle');
  });

  test('not while another is heard alone, unless that one is shut', () => {
    const alone = { ...two, solo: true };
    expect(earIn({ calls: [one, alone] })).toBeNull();
    expect(earIn({ calls: [one, { ...alone, silenced: true }] })).toBe('left');
    expect(aloneBeside(consoleState({ calls: [one, alone] }), 'one')).toEqual(['two']);
    expect(aloneBeside(consoleState({ calls: [one, alone] }), 'two')).toEqual([]);
  });
});

describe('the next call listened to', () => {
  test('gets the left ear, then the right, then the middle', () => {
    const ears = [[], [one], [one, two]].map(
      calls => planEar(consoleState({ calls }), null, []).ear,
    );
    expect(ears).toEqual(['left', 'right', 'middle']);
  });

  test('as a fourth replaces the one listened to the longest', () => {
    const state = consoleState({ calls: [one, two, three] });
    expect(planEar(state, null, ['two', 'one', 'three'])).toEqual({
      ear: 'right',
      replaced: 'two',
    });
  });

  test('counts one heard before the wall was used as the oldest', () => {
    const state = consoleState({ calls: [one, two, three] });
    expect(planEar(state, null, ['one', 'two']).replaced).toBe('three');
  });

  test('does not count itself, those that are only read, or this desk’s own calls', () => {
    const state = consoleState({ calls: [one, { ...two, silenced: true }, three, liveCall()] });
    expect(planEar(state, 'three', [])).toEqual({ ear: 'right', replaced: null });
  });
});
