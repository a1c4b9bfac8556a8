import { expect, test } from 'vitest';
import type { LiveCall } from '../../../electron/core/call.ts';
import type { Room, Seat } from '../../../electron/core/room.ts';
import { handedBackWords, modeWords } from '../../../renderer/supervision/notice-words.ts';
import { liveCall } from '../console-states.ts';
import {
  coachingSeat,
  DANA_LEG,
  desk,
  MARIA_LEG,
  requested,
  seat,
  servedCall,
  supervisedCall,
} from './room-calls.ts';

const HELD = [DANA_LEG, { ...MARIA_LEG, held: true }];

function byPhone(own: Seat, change: Partial<Room> = {}): LiveCall {
  return supervisedCall({ seat: { ...own, way: 'phone' }, ...change });
}

test.each([
  [supervisedCall(), 'You hear Dana and Maria. Nobody hears you.'],
  [supervisedCall({ listening: false }), 'You hear nobody yet. Nobody hears you.'],
  [
    supervisedCall({ requested: requested('barge') }),
    'Barge asked. Nobody hears you until Twilio confirms.',
  ],
  [
    supervisedCall({ seat: coachingSeat() }),
    'Hold Space to whisper to Maria; M keeps the microphone open.',
  ],
  [supervisedCall({ seat: seat() }), 'Hold Space or press M to speak to Dana and Maria.'],
  [
    supervisedCall({ seat: seat() }, { muted: false }),
    'Your microphone is open to Dana and Maria; M closes it.',
  ],
  [
    supervisedCall({ seat: seat(), legs: HELD }),
    'Hold Space or press M to speak to Dana. Maria is on hold and can be brought back.',
  ],
  [byPhone(coachingSeat()), 'Your phone is open to Maria; press Listen (L) to be silent.'],
  [
    byPhone(seat(), { legs: HELD }),
    'Your phone is open to Dana; press Listen (L) to be silent. Maria is on hold and can be brought back.',
  ],
  [
    byPhone(seat({ confirmed: { muted: true, coaching: null } })),
    'You hear Dana and Maria. Nobody hears you.',
  ],
  [
    byPhone(seat({ status: 'joining', confirmed: null }), { requested: requested('barge') }),
    'Barge asked. Your phone rings: pick it up. Nobody hears you until Twilio confirms.',
  ],
  [
    byPhone(seat({ confirmed: null }), { requested: requested('listen') }),
    'Listening asked. Your phone may be heard until Twilio confirms.',
  ],
  [byPhone(seat({ confirmed: null })), 'Your phone may be heard until Twilio tells how it is.'],
  [servedCall(), 'Booker serves Dana. Nobody hears you.'],
  [servedCall({ status: 'silent' }), 'You speak with Dana. Booker is silent and listens.'],
  [liveCall(), ''],
])('what holds is said above the modes (%#)', (call, words) => {
  expect(modeWords(call, desk(call))).toBe(words);
});

test('handing back says who hears whom again', () => {
  const call = supervisedCall({ seat: seat(), legs: HELD });
  expect(handedBackWords(call, desk(call))).toBe(
    'Maria and Dana hear each other again. Nobody hears you.',
  );
  const served = servedCall({ status: 'silent' });
  expect(handedBackWords(served, desk(served))).toBe('Booker serves Dana again. Nobody hears you.');
});

test('handing back says nothing where nobody is there to serve again', () => {
  const ringing = { ...MARIA_LEG, status: 'ringing' as const };
  for (const legs of [[DANA_LEG], [DANA_LEG, ringing]]) {
    const call = supervisedCall({ seat: seat(), legs });
    expect(handedBackWords(call, desk(call))).toBe('');
  }
});
