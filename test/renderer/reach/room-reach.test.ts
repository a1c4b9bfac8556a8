import { describe, expect, test } from 'vitest';
import type { ConsoleState } from '../../../electron/core/state.ts';
import { reachSentence } from '../../../renderer/reach/reach-sentence.ts';
import type { ReachContext } from '../../../renderer/reach/reach-words.ts';
import { consoleState, liveCall, NOW, SAM } from '../console-states.ts';
import {
  coachingSeat,
  DANA_LEG,
  desk,
  leg,
  MARIA_LEG,
  requested,
  seat,
  servedCall,
  supervisedCall,
} from '../supervision/room-calls.ts';

const CONTEXT: ReachContext = { shownCallId: 'dana', place: 'calls', talkingUnheard: false };
const HELD_MARIA = { ...MARIA_LEG, held: true };
const OPEN = { muted: false } as const;
const HEARD = { reach: 'dana' } as const;

function says(state: ConsoleState, context: Partial<ReachContext> = {}) {
  return reachSentence(state, { ...CONTEXT, ...context });
}

describe('the bar of a call of others', () => {
  test.each([
    [
      'listening',
      desk(supervisedCall(), { microphone: null }),
      '○',
      'NOBODY HEARS YOU',
      'you hear Dana and Maria',
      ['leave'],
    ],
    [
      'a mode that is asked for',
      desk(supervisedCall({ requested: requested('barge'), seat: seat() }, OPEN)),
      '◌',
      'NOBODY HEARS YOU YET',
      'barge asked, waiting for Twilio',
      ['stop'],
    ],
    [
      'a whisper, closed',
      desk(supervisedCall({ seat: coachingSeat() })),
      '◐',
      'ONLY MARIA WOULD HEAR YOU',
      'hold Space to talk',
      ['leave'],
    ],
    [
      'a whisper, open',
      desk(supervisedCall({ seat: coachingSeat() }, OPEN), HEARD),
      '◐',
      'ONLY MARIA HEARS YOU',
      '',
      ['close', 'leave'],
    ],
    [
      'a barge, closed',
      desk(supervisedCall({ seat: seat() })),
      '○',
      'MUTED, DANA AND MARIA WOULD HEAR YOU',
      'hold Space or press M',
      ['leave'],
    ],
    [
      'a barge, open',
      desk(supervisedCall({ seat: seat() }, OPEN), HEARD),
      '◉',
      'DANA AND MARIA HEAR YOU',
      '',
      ['close', 'leave'],
    ],
    [
      'a take over, open',
      desk(supervisedCall({ legs: [DANA_LEG, HELD_MARIA], seat: seat() }, OPEN), HEARD),
      '◉',
      'DANA HEARS YOU',
      'Maria is on hold and hears music',
      ['close', 'hand-back'],
    ],
    [
      'a telephone as the seat',
      desk(supervisedCall({ seat: coachingSeat({ way: 'phone' }) }), { microphone: null }),
      '◐',
      'ONLY MARIA HEARS YOUR PHONE',
      'L makes you silent; M and Space do not',
      ['leave'],
    ],
    [
      'a telephone that rings',
      desk(
        supervisedCall({
          seat: seat({ way: 'phone', status: 'joining', confirmed: null }),
          requested: requested('barge'),
        }),
      ),
      '◌',
      'NOBODY HEARS YOU YET',
      'your phone rings: pick it up',
      ['stop'],
    ],
    [
      'a telephone that is to be silent',
      desk(
        supervisedCall({
          seat: seat({ way: 'phone', confirmed: null }),
          requested: requested('listen'),
        }),
      ),
      '◌',
      'YOUR PHONE MAY BE HEARD',
      'listen asked, waiting for Twilio',
      [],
    ],
  ] as const)('says %s', (_, state, glyph, words, detail, acts) => {
    expect(says(state)).toMatchObject({ glyph, words, detail, acts, callId: 'dana' });
  });

  test('names who does not hear a whisper', () => {
    const tom = leg({ sid: 'CA-tom', party: { number: '+14155550134', name: 'Tom Hill' } });
    const state = desk(
      supervisedCall({ legs: [DANA_LEG, MARIA_LEG, tom], seat: coachingSeat() }, OPEN),
      HEARD,
    );
    expect(says(state).aside).toBe('Dana and Tom do not');
  });

  test('frames the window only while a customer hears', () => {
    const barge = supervisedCall({ seat: seat() }, OPEN);
    expect(says(desk(barge, HEARD)).framed).toBe(true);
    expect(says(desk(barge)).framed).toBeUndefined();
    const whisper = supervisedCall({ seat: coachingSeat() }, OPEN);
    expect(says(desk(whisper, HEARD)).framed).toBeUndefined();
  });

  test('of a telephone goes by what Twilio confirmed alone', () => {
    const phone = supervisedCall({ seat: seat({ way: 'phone' }) });
    for (const change of [{}, { microphone: null }, { talkKeyHeld: true }]) {
      expect(says(desk(phone, change))).toMatchObject({
        reach: 'customer',
        words: 'DANA AND MARIA HEAR YOUR PHONE',
        framed: true,
        acts: ['leave'],
      });
    }
    const doubt = supervisedCall({ seat: seat({ way: 'phone', confirmed: null }) });
    expect(says(desk(doubt, { microphone: null })).words).toBe('YOUR PHONE MAY BE HEARD');
    const quiet = seat({ way: 'phone', confirmed: { muted: true, coaching: null } });
    expect(says(desk(supervisedCall({ seat: quiet })))).toMatchObject({
      words: 'NOBODY HEARS YOU',
      detail: 'you hear Dana and Maria',
    });
  });

  test('counts from four people on, and tells equal first names apart', () => {
    const people = ['Ann Lee', 'Dana Okafor', 'Tom Hill'].map((name, at) =>
      leg({ sid: `CA-${at}`, party: { number: `+1415555020${at}`, name } }),
    );
    const state = desk(supervisedCall({ legs: [DANA_LEG, ...people], seat: seat() }, OPEN), HEARD);
    expect(says(state).words).toBe('DANA R, ANN AND 2 MORE HEAR YOU');
  });

  test('says that only who serves hears while the customer is on hold', () => {
    const legs = [{ ...DANA_LEG, held: true }, MARIA_LEG];
    const state = desk(supervisedCall({ legs, seat: seat() }, OPEN), HEARD);
    expect(says(state)).toMatchObject({ reach: 'agent', words: 'ONLY MARIA HEARS YOU' });
  });

  test('leads back from elsewhere, and from there closes the microphone', () => {
    const state = consoleState({
      calls: [
        supervisedCall({ seat: seat() }, OPEN),
        liveCall({ id: 'sam', them: SAM, heldAt: 1 }),
      ],
      microphone: 'dana',
      reach: 'dana',
    });
    expect(says(state, { shownCallId: 'sam' })).toMatchObject({
      words: 'DANA AND MARIA HEAR YOU',
      detail: 'in another call',
      elsewhere: 'dana',
    });
  });

  test('tells somebody who talks into a closed microphone how to be heard', () => {
    const talking = { talkingUnheard: true };
    expect(says(desk(supervisedCall({ seat: coachingSeat() })), talking).detail).toBe(
      'you are talking; hold Space',
    );
    expect(says(desk(supervisedCall({ seat: seat() })), talking).detail).toBe(
      'you are talking; press M',
    );
  });

  test('tells who joined an open whisper and closed the microphone', () => {
    const joined = { callId: 'dana', names: 'Sam' };
    expect(says(desk(supervisedCall({ seat: seat() })), { joined })).toMatchObject({
      reach: 'would',
      detail: 'Sam joined and would hear you; your microphone is closed',
      acts: ['open', 'leave'],
    });
  });

  test('names the ear in which several calls are heard', () => {
    const kim = supervisedCall({}, { id: 'kim', pan: 1 });
    const state = consoleState({ calls: [supervisedCall({}, { pan: -1 }), kim] });
    expect(says(state).detail).toBe('you hear Dana ↔ Maria (left ear), Dana ↔ Maria (right ear)');
  });
});

test('on any doubt nobody hears, whatever the gate let out', () => {
  const doubts = [
    supervisedCall({ seat: seat({ confirmed: null }) }, OPEN),
    supervisedCall({ seat: seat({ stream: false }) }, OPEN),
    supervisedCall({ seat: seat({ status: 'joining' }) }, OPEN),
    supervisedCall({ seat: seat({ confirmed: { muted: true, coaching: null } }) }, OPEN),
    supervisedCall({ seat: seat(), requested: requested('whisper') }, OPEN),
    supervisedCall(
      { seat: coachingSeat({ confirmed: { muted: false, coaching: 'CA-gone' } }) },
      OPEN,
    ),
    supervisedCall({ seat: seat(), legs: [{ ...DANA_LEG, held: true }, HELD_MARIA] }, OPEN),
    supervisedCall({ seat: null }, OPEN),
  ];
  for (const call of doubts) {
    for (const reach of ['dana', null]) {
      const sentence = says(desk(call, { reach }));
      expect(sentence.reach).toBe('nobody');
      expect(sentence.words).toMatch(/^NOBODY HEARS YOU/);
    }
  }
});

test('somebody is said to hear only while the gate let sound out', () => {
  for (const way of [seat(), coachingSeat()]) {
    for (const muted of [true, false]) {
      const { reach } = says(desk(supervisedCall({ seat: way }, { muted })));
      expect(['customer', 'agent']).not.toContain(reach);
    }
  }
});

describe('a call of this desk that others joined', () => {
  const shared = supervisedCall({ seat: seat() }, { ...OPEN, kind: 'direct' });

  test('names all who hear, without a frame', () => {
    expect(says(desk(shared, HEARD))).toMatchObject({
      words: 'DANA AND MARIA HEAR YOU',
      framed: false,
      acts: ['leave'],
    });
  });

  test('says while it is muted how to open it', () => {
    expect(says(desk({ ...shared, muted: true })).detail).toBe('press M to open');
  });
});

describe('a call that a voice agent of ours serves', () => {
  test.each([
    ['nobody while it serves', servedCall(), null, '○', 'NOBODY HEARS YOU', 'Booker serves Dana'],
    [
      'nobody while it is connected',
      servedCall({ status: 'connecting' }),
      null,
      '○',
      'NOBODY HEARS YOU',
      'Booker is being connected',
    ],
    [
      'that it alone would hear',
      servedCall({ whispered: true }, { muted: true }),
      null,
      '◐',
      'ONLY BOOKER WOULD HEAR YOU',
      'hold Space to talk',
    ],
    [
      'that it alone hears',
      servedCall({ whispered: true }),
      'dana',
      '◐',
      'ONLY BOOKER HEARS YOU',
      '',
    ],
    [
      'the customer once it is silent',
      servedCall({ status: 'silent' }),
      'dana',
      '◉',
      'DANA HEARS YOU',
      'Booker is silent and listens',
    ],
    [
      'the customer once it is lost',
      servedCall({ status: 'lost' }),
      'dana',
      '◉',
      'DANA HEARS YOU',
      '',
    ],
  ] as const)('says %s', (_, call, reach, glyph, words, detail) => {
    expect(says(desk(call, { reach }))).toMatchObject({ glyph, words, detail });
  });

  test('can be handed back while the agent is silent', () => {
    const silent = servedCall({ status: 'silent' }, { muted: true });
    expect(says(desk(silent)).acts).toEqual(['hand-back']);
  });
});

test('a mode that waits is dated', () => {
  const state = desk(supervisedCall({ requested: requested('takeover') }), { microphone: null });
  expect(says(state)).toMatchObject({
    since: NOW - 800,
    detail: 'take over asked, waiting for Twilio',
  });
});
