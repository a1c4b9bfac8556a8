import { describe, expect, it } from 'vitest';
import {
  hearersOf,
  type Mode,
  modeOf,
  needsConference,
  type Room,
  roomOf,
  whyNot,
  wouldHear,
} from '../../electron/core/room.ts';
import { BARGING, DANA, leg, MARIA, room, roomView, SAM, seat, WHISPERING } from './room-facts.ts';

const customer = leg('CAa', DANA);
const agent = leg('CAmaria', MARIA);
const second = leg('CAsam', SAM);
const heldAgent = { ...agent, held: true };
const program = { ...agent, isProgram: true };

const names = (legs: Room['legs']): (string | null)[] => legs.map(({ party }) => party.name);

describe('what this desk does in a call', () => {
  it.each<[string, Partial<Room>, Mode | null]>([
    ['nothing while it neither hears the call nor sits in it', { listening: false }, null],
    ['listens by a stream beside it', {}, 'listen'],
    ['listens from a muted seat', { seat: seat() }, 'listen'],
    ['listens from a seat that is muted while it coaches', coachingMuted(), 'listen'],
    ['whispers', { seat: WHISPERING }, 'whisper'],
    ['barges', { seat: BARGING }, 'barge'],
    ['barges with nobody who serves', { seat: BARGING, legs: [customer] }, 'barge'],
    ['barges while one of two who serve is held', held(heldAgent, second), 'barge'],
    ['has taken over when all who serve are held', held(heldAgent), 'takeover'],
    ['has not while who serves only rings', held({ ...heldAgent, status: 'ringing' }), 'barge'],
    ['is not known', { listening: false, seat: seat({ confirmed: null }) }, null],
    ['at least listens when the seat is not known', { seat: seat({ confirmed: null }) }, 'listen'],
  ])('%s', (_, change, mode) => {
    expect(modeOf(room(change))).toBe(mode);
  });
});

describe('who hears an open microphone', () => {
  it.each<[string, Partial<Room>, readonly string[]]>([
    ['nobody without a seat', {}, []],
    ['nobody from a muted seat', { seat: seat() }, []],
    [
      'nobody while another mode is asked for',
      { seat: BARGING, requested: { mode: 'listen', since: 1, speaking: false } },
      [],
    ],
    ['nobody while the seat joins', { seat: { ...BARGING, status: 'joining' } }, []],
    ['nobody while the seat leaves', { seat: { ...BARGING, status: 'leaving' } }, []],
    ['nobody without sound', { seat: { ...BARGING, stream: false } }, []],
    ['nobody while it is not known', { seat: { ...BARGING, confirmed: null } }, []],
    ['who serves alone in a whisper', { seat: WHISPERING }, ['maria']],
    ['nobody when the coached leg is gone', { seat: WHISPERING, legs: [customer, second] }, []],
    ['nobody when the coached leg is held', held(heldAgent, second, WHISPERING), []],
    ['all who are there in a barge', held(agent, second), ['Dana Reyes', 'maria', 'Sam Ortiz']],
    ['not those on hold', held(heldAgent), ['Dana Reyes']],
    ['not those who ring', held({ ...agent, status: 'ringing' }), ['Dana Reyes']],
    [
      'also those who are muted themselves',
      held({ ...agent, muted: true }),
      ['Dana Reyes', 'maria'],
    ],
  ])('is %s', (_, change, hearers) => {
    expect(names(hearersOf(room(change)))).toEqual(hearers);
  });
});

describe('who would hear this desk', () => {
  it('is nobody who listens, and one who serves in a whisper: the chosen one or the first', () => {
    const view = roomView({ legs: [customer, agent, second] });
    expect(wouldHear(view, 'listen')).toEqual([]);
    expect(wouldHear(view, 'whisper')).toEqual([agent]);
    expect(wouldHear(view, 'whisper', second.sid)).toEqual([second]);
    expect(wouldHear(view, 'whisper', customer.sid)).toEqual([agent]);
    expect(wouldHear(roomView({ legs: [customer] }), 'whisper')).toEqual([]);
  });

  it('is no program and nobody who still rings in a whisper', () => {
    expect(wouldHear(roomView({ legs: [customer, program, second] }), 'whisper')).toEqual([second]);
    const ringing = { ...agent, status: 'ringing' } as const;
    expect(wouldHear(roomView({ legs: [customer, ringing] }), 'whisper')).toEqual([]);
  });

  it('is everybody in a barge, and the customer alone after taking over', () => {
    const view = roomView({ legs: [customer, agent] });
    expect(wouldHear(view, 'barge')).toEqual([customer, agent]);
    expect(wouldHear(view, 'takeover')).toEqual([customer]);
  });
});

describe('why a mode cannot be asked for', () => {
  const inConference = roomView();
  const withProgram = roomView({ legs: [customer, program] });
  const dialled = roomView({ shape: 'dialled', conferenceSid: null });
  const queued = roomView({ shape: 'queued', conferenceSid: null, legs: [customer] });

  it('is told by nothing where somebody serves', () => {
    for (const mode of ['listen', 'whisper', 'barge', 'takeover'] as const) {
      expect(whyNot(inConference, mode)).toBeNull();
      expect(whyNot(dialled, mode)).toBeNull();
    }
  });

  it('is that a program would answer a whisper aloud, and nothing else of it', () => {
    expect(whyNot(withProgram, 'whisper')).toBe('It would answer your voice aloud');
    expect(whyNot(withProgram, 'barge')).toBeNull();
    expect(whyNot(withProgram, 'takeover')).toBeNull();
  });

  it('is that nobody serves', () => {
    const alone = roomView({ legs: [customer] });
    expect(whyNot(alone, 'whisper')).toBe('There is no agent to whisper to');
    expect(whyNot(queued, 'barge')).toBe('Nobody serves this call');
    expect(whyNot(queued, 'listen')).toBeNull();
  });

  it('is asked about first where the legs are in no conference', () => {
    expect(needsConference(dialled, 'whisper')).toBe(true);
    expect(needsConference(dialled, 'listen')).toBe(false);
    expect(needsConference(inConference, 'takeover')).toBe(false);
  });
});

describe('a room of which only the legs are known', () => {
  it('has nothing of this desk', () => {
    const call = { ...roomView(), sid: 'CAa', startedAt: 1 };
    const { legs } = roomView();
    const nothing = { listening: false, seat: null, requested: null };
    expect(roomOf(call)).toEqual({ ...roomView(), ...nothing, met: legs });
  });
});

function coachingMuted(): Partial<Room> {
  return { seat: seat({ confirmed: { muted: true, coaching: 'CAmaria' } }) };
}

/** Dana with those who serve, and a seat that speaks. */
function held(...parts: (Room['legs'][number] | typeof BARGING)[]): Partial<Room> {
  const legs = parts.flatMap(part => ('party' in part ? [part] : []));
  const speaking = parts.find(part => 'way' in part);
  return { legs: [customer, ...legs], seat: speaking ?? BARGING };
}
