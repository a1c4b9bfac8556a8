import { describe, expect, test } from 'vitest';
import {
  follow,
  goTo,
  INITIAL_PLACE,
  leaveTop,
  openAccountCall,
  openCall,
  type Place,
  putAwayEnded,
  selectAccountCall,
  selectCall,
} from '../../../renderer/state/place.ts';
import {
  consoleState,
  dialingCall,
  endedCall,
  liveCall,
  NOW,
  ringingCall,
} from '../console-states.ts';
import { accountCall, followedCall } from '../wall/calls-of-others.ts';

const place = (change: Partial<Place>): Place => ({ ...INITIAL_PLACE, ...change });

describe('the call on screen', () => {
  test('appears by itself when there is none', () => {
    const state = consoleState({ calls: [ringingCall()] });
    expect(follow(INITIAL_PLACE, state).callId).toBe('dana');
  });

  test('is the one with the microphone when there are several', () => {
    const calls = [ringingCall(), liveCall({ id: 'sam' })];
    const state = consoleState({ calls, microphone: 'sam' });
    expect(follow(INITIAL_PLACE, state).callId).toBe('sam');
  });

  test('is not pushed away by a ring', () => {
    const state = consoleState({ calls: [liveCall(), ringingCall({ id: 'ring' })] });
    expect(follow(place({ callId: 'dana' }), state).callId).toBe('dana');
  });

  test('stays after its end until another call begins', () => {
    const ended = endedCall({ endedAt: NOW });
    const before = liveCall({ id: 'before', startedAt: NOW - 1000 });
    const shown = place({ callId: 'dana' });
    expect(follow(shown, consoleState({ calls: [ended, before] })).callId).toBe('dana');
    const after = ringingCall({ id: 'after', startedAt: NOW + 1 });
    expect(follow(shown, consoleState({ calls: [ended, after] })).callId).toBe('after');
  });

  test('follows a new call dialled from here', () => {
    const calls = [endedCall({ endedAt: NOW }), dialingCall({ id: 'new', startedAt: NOW + 1 })];
    expect(follow(place({ callId: 'dana' }), consoleState({ calls })).callId).toBe('new');
  });

  test('changes nothing when nothing changed', () => {
    const shown = place({ callId: 'dana' });
    expect(follow(shown, consoleState({ calls: [liveCall()] }))).toBe(shown);
    expect(follow(INITIAL_PLACE, consoleState())).toBe(INITIAL_PLACE);
  });

  test('does not take the person out of another view', () => {
    const state = consoleState({ calls: [ringingCall()] });
    expect(follow(place({ view: 'settings' }), state).view).toBe('settings');
  });
});

describe('a call of the account', () => {
  const chosen = openAccountCall(place({ callId: 'dana', view: 'history' }), 'CA-one');
  const accountCalls = [accountCall()];

  test('takes the place of the call on screen', () => {
    expect(chosen).toMatchObject({ view: 'calls', callId: null, accountCallSid: 'CA-one' });
    expect(openCall(chosen, 'dana')).toMatchObject({ callId: 'dana', accountCallSid: null });
  });

  test('stays there while it goes on, whatever rings', () => {
    const state = consoleState({ calls: [liveCall(), ringingCall({ id: 'ring' })], accountCalls });
    expect(follow(chosen, state)).toBe(chosen);
  });

  test('is shown as this desk’s own once it is followed', () => {
    const state = consoleState({
      calls: [followedCall()],
      accountCalls: [accountCall({ callId: 'one' })],
    });
    expect(follow(chosen, state)).toMatchObject({ callId: 'one', accountCallSid: null });
  });

  test('makes room when it is over', () => {
    const state = consoleState({ calls: [liveCall()] });
    expect(follow(chosen, state)).toMatchObject({ callId: 'dana', accountCallSid: null });
    expect(follow(chosen, consoleState())).toMatchObject({ callId: null, accountCallSid: null });
  });

  test('is put away by Esc and by going to Calls again', () => {
    const state = consoleState({ accountCalls });
    expect(leaveTop(chosen, state).accountCallSid).toBeNull();
    expect(goTo(chosen, 'calls', state).accountCallSid).toBeNull();
  });
});

describe('the wall', () => {
  const wall = goTo(INITIAL_PLACE, 'wall', consoleState());

  test('stays on screen while calls are chosen on it', () => {
    expect(selectCall(wall, 'dana')).toMatchObject({ view: 'wall', callId: 'dana' });
    expect(selectAccountCall(wall, 'CA-one')).toMatchObject({
      view: 'wall',
      accountCallSid: 'CA-one',
    });
  });

  test('keeps what is chosen when Esc is pressed, and is where Esc leads from the settings', () => {
    const state = consoleState({ accountCalls: [accountCall()] });
    const chosen = selectAccountCall(wall, 'CA-one');
    expect(leaveTop(chosen, state)).toBe(chosen);
    expect(leaveTop(goTo(chosen, 'settings', state), state).view).toBe('wall');
  });
});

describe('the keypad', () => {
  const open = place({ callId: 'dana', layer: 'keypad' });

  test('closes when its call is over', () => {
    expect(follow(open, consoleState({ calls: [liveCall()] })).layer).toBe('keypad');
    expect(follow(open, consoleState({ calls: [endedCall()] })).layer).toBeNull();
  });

  test('closes when another call is opened', () => {
    expect(openCall(open, 'sam').layer).toBeNull();
    expect(openCall(open, 'dana').layer).toBe('keypad');
  });
});

describe('Esc', () => {
  const state = consoleState({ calls: [endedCall()] });

  test('closes the top layer only', () => {
    const over = place({ view: 'settings', layer: 'palette' });
    expect(leaveTop(over, state)).toMatchObject({ view: 'settings', layer: null });
  });

  test('leads from the settings back to the place before', () => {
    const settings = goTo(goTo(INITIAL_PLACE, 'history', state), 'settings', state);
    expect(leaveTop(settings, state).view).toBe('history');
  });

  test('puts an ended call away, never a live one', () => {
    expect(leaveTop(place({ callId: 'dana' }), state).callId).toBeNull();
    const live = consoleState({ calls: [liveCall()] });
    expect(leaveTop(place({ callId: 'dana' }), live).callId).toBe('dana');
  });
});

test('a call that ends is put away where something else waits, one opened later is not', () => {
  const live = consoleState({ calls: [liveCall()] });
  const over = consoleState({ calls: [endedCall()] });
  expect(putAwayEnded(place({ callId: 'dana' }), live, over).callId).toBeNull();
  expect(putAwayEnded(place({ callId: 'dana' }), over, over).callId).toBe('dana');
});
