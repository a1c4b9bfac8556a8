import { describe, expect, it } from 'vitest';
import { accountCalls, type DeskView } from '../../electron/core/account-calls.ts';
import type {
  AccountReading,
  Conference,
  ListedCall,
  Participant,
} from '../../electron/core/conference.ts';

const DANA = '+14155550111';
const LEE = '+442079460123';
const OURS = '+14155550100';

const NO_DESK: DeskView = {
  calls: new Set(),
  unnamed: new Set(),
  seats: new Set(),
  joining: null,
  followed: new Map(),
  own: new Set([OURS, '+14155550109']),
  nameOf: number => (number === DANA ? 'Dana Reyes' : null),
};

/** A call that somebody made to our number. */
function inbound(sid: string, change: Partial<ListedCall> = {}): ListedCall {
  return {
    sid,
    status: 'in-progress',
    direction: 'inbound',
    from: DANA,
    to: OURS,
    startedAt: 1000,
    parentSid: null,
    ...change,
  };
}

/** A call to somebody. */
function outbound(sid: string, to: string, change: Partial<ListedCall> = {}): ListedCall {
  return inbound(sid, { direction: 'outbound-api', from: OURS, to, startedAt: 2000, ...change });
}

/** A call that another dialled. */
function child(sid: string, parentSid: string, to: string, change: Partial<ListedCall> = {}) {
  return outbound(sid, to, { direction: 'outbound-dial', parentSid, ...change });
}

function participant(callSid: string, change: Partial<Participant> = {}): Participant {
  return {
    callSid,
    conferenceSid: 'CF1',
    label: '',
    muted: false,
    held: false,
    coaching: null,
    status: 'joined',
    ...change,
  };
}

function conference(participants: readonly Participant[], name = 'support'): Conference {
  return { sid: 'CF1', name, participants };
}

function found(reading: Partial<AccountReading>, desk: Partial<DeskView> = {}) {
  const whole = { calls: [], conferences: [], members: [], isCut: false, ...reading };
  return accountCalls(whole, { ...NO_DESK, ...desk });
}

/** Who is on the only call of a reading, the customer first. */
function people(reading: Partial<AccountReading>, desk: Partial<DeskView> = {}): string[] {
  const [call, ...more] = found(reading, desk);
  if (call === undefined || more.length > 0) throw new Error('not one call');
  return call.legs.map(({ sid, role }) => `${sid}: ${role}`);
}

describe('two who are joined by a dial', () => {
  it('are one call of the customer, with the name of whoever is known', () => {
    expect(found({ calls: [child('CA2', 'CA1', 'client:maria'), inbound('CA1')] })).toEqual([
      {
        sid: 'CA1',
        shape: 'dialled',
        conferenceSid: null,
        direction: 'inbound',
        ours: OURS,
        status: 'live',
        startedAt: 1000,
        waiting: null,
        callId: null,
        others: [],
        legs: [
          {
            sid: 'CA1',
            party: { number: DANA, name: 'Dana Reyes' },
            role: 'customer',
            isProgram: false,
            status: 'joined',
            held: false,
            muted: false,
          },
          {
            sid: 'CA2',
            party: { number: 'client:maria', name: 'maria' },
            role: 'agent',
            isProgram: false,
            status: 'joined',
            held: false,
            muted: false,
          },
        ],
      },
    ]);
  });

  it('are told apart when a person is called first and then dials the customer', () => {
    for (const place of ['client:maria', 'sip:maria@desk.example.com', '+14155550109']) {
      const calls = [outbound('CA1', place, { startedAt: 1000 }), child('CA2', 'CA1', LEE)];
      expect(people({ calls })).toEqual(['CA2: customer', 'CA1: agent']);
      expect(found({ calls })).toMatchObject([{ direction: 'outbound', startedAt: 2000 }]);
    }
    const reminder = [outbound('CA1', LEE), child('CA2', 'CA1', '+14155550177')];
    expect(people({ calls: reminder })).toEqual(['CA1: customer', 'CA2: agent']);
  });

  it('are told apart when a browser dials out', () => {
    const calls = [inbound('CA1', { from: 'client:maria' }), child('CA2', 'CA1', LEE)];
    expect(people({ calls })).toEqual(['CA2: customer', 'CA1: agent']);
  });

  it('are three or more when several were dialled, or one of them dialled on', () => {
    const calls = [
      inbound('CA1'),
      child('CA2', 'CA1', 'client:maria', { status: 'ringing' }),
      child('CA3', 'CA1', 'client:sam'),
      child('CA4', 'CA3', 'client:lee'),
    ];
    expect(people({ calls })).toEqual(['CA1: customer', 'CA2: agent', 'CA3: agent', 'CA4: agent']);
    expect(found({ calls })[0]?.legs[1]?.status).toBe('ringing');
  });

  it('ring while the customer does', () => {
    const calls = [
      outbound('CA1', 'client:maria'),
      child('CA2', 'CA1', LEE, { status: 'ringing' }),
    ];
    expect(found({ calls })).toMatchObject([{ sid: 'CA2', status: 'ringing' }]);
  });

  it('are a program when an app was dialled', () => {
    const calls = [inbound('CA1'), child('CA2', 'CA1', 'app:AP1')];
    expect(found({ calls })[0]?.legs[1]).toMatchObject({ role: 'agent', isProgram: true });
  });
});

describe('whoever is alone', () => {
  it('is a customer, also when who dialled is gone', () => {
    const calls = [inbound('CA1'), child('CA2', 'CAgone', LEE)];
    expect(found({ calls })).toMatchObject([
      { sid: 'CA1', shape: 'alone', status: 'live', legs: [{ role: 'customer' }] },
      { sid: 'CA2', shape: 'alone', direction: 'outbound' },
    ]);
  });

  it('rings until Twilio says otherwise', () => {
    const calls = [outbound('CA1', LEE, { status: 'queued' })];
    expect(found({ calls })).toMatchObject([{ status: 'ringing', legs: [{ status: 'ringing' }] }]);
  });

  it('is no app: that is somebody’s seat or program on its way', () => {
    expect(found({ calls: [outbound('CA1', 'app:AP1?mode=listen')] })).toEqual([]);
  });

  it('waits when in a queue, since when it says', () => {
    const members = [{ callSid: 'CA1', queueSid: 'QU1', queue: 'support', since: 1500 }];
    expect(found({ calls: [inbound('CA1')], members })).toMatchObject([
      { shape: 'queued', status: 'waiting', waiting: { queue: 'support', since: 1500 } },
    ]);
    expect(found({ members })).toEqual([]);
  });
});

describe('the participants of a conference', () => {
  const calls = [inbound('CA1'), outbound('CA2', 'client:maria')];

  it('are one call, held and muted as Twilio says', () => {
    const participants = [participant('CA2', { held: true, muted: true }), participant('CA1')];
    const conferences = [conference(participants)];
    expect(found({ calls, conferences })).toMatchObject([
      {
        sid: 'CA1',
        shape: 'conference',
        conferenceSid: 'CF1',
        legs: [
          { sid: 'CA1', role: 'customer', held: false },
          { sid: 'CA2', role: 'agent', held: true, muted: true },
        ],
      },
    ]);
  });

  it('are who their labels say, in any case, several customers too', () => {
    const labelled = (one: string, other: string) => [
      conference([participant('CA1', { label: one }), participant('CA2', { label: other })]),
    ];
    const ofLabels = (one: string, other: string) =>
      people({ calls, conferences: labelled(one, other) });
    expect(ofLabels('Agent', 'CUSTOMER')).toEqual(['CA2: customer', 'CA1: agent']);
    expect(ofLabels('customer-1', 'Customer 2')).toEqual(['CA1: customer', 'CA2: customer']);
    expect(ofLabels('person-+1', 'x')).toEqual(['CA1: customer', 'CA2: agent']);
  });

  it('are led by whom the conference is named after, joined or still on the way', () => {
    const reversed = [outbound('CA1', LEE), inbound('CA2')];
    const both = [conference([participant('CA1'), participant('CA2')], 'room-CA1')];
    expect(people({ calls: reversed, conferences: both })).toEqual(['CA1: customer', 'CA2: agent']);
    const agentOnly = [conference([participant('CA2')], 'room-CA1')];
    expect(found({ calls, conferences: agentOnly })).toMatchObject([
      { sid: 'CA1', status: 'ringing', legs: [{ sid: 'CA1', status: 'ringing' }, { sid: 'CA2' }] },
    ]);
    const elsewhere = [...calls, child('CA3', 'CA1', 'client:sam')];
    expect(found({ calls: elsewhere, conferences: agentOnly })).toMatchObject([
      { sid: 'CA1', shape: 'dialled' },
      { sid: 'CA2', shape: 'conference' },
    ]);
  });

  it('are no call of the dial that made them', () => {
    const dialled = [inbound('CA1'), child('CA2', 'CA1', 'client:maria')];
    const conferences = [conference([participant('CA1'), participant('CA2')])];
    expect(people({ calls: dialled, conferences })).toEqual(['CA1: customer', 'CA2: agent']);
  });

  it('are a program when an app is no seat', () => {
    const withApp = [inbound('CA1'), outbound('CA2', 'app:AP1')];
    const conferences = [conference([participant('CA1'), participant('CA2')])];
    expect(found({ calls: withApp, conferences })[0]?.legs).toMatchObject([
      { isProgram: false },
      { isProgram: true },
    ]);
  });

  it('are told of as far as they are known when not all calls were read', () => {
    const conferences = [conference([participant('CA1'), participant('CAnew')])];
    expect(found({ calls: [inbound('CA1')], conferences })[0]?.legs).toMatchObject([
      { sid: 'CA1', role: 'customer' },
      { sid: 'CAnew', party: { number: 'anonymous', name: null } },
    ]);
    expect(found({ conferences })).toEqual([]);
  });

  it('are none when all are gone', () => {
    const conferences = [conference([participant('CA1', { status: 'gone' })])];
    expect(found({ conferences })).toEqual([]);
  });
});

describe('the seats of desks', () => {
  const calls = [
    inbound('CA1'),
    outbound('CA2', 'client:maria'),
    outbound('CA8', 'app:AP1'),
    outbound('CA9', 'app:AP1'),
  ];
  const withSeats = (agentHeld: boolean, ...seats: Participant[]) => ({
    calls,
    conferences: [
      conference([participant('CA1'), participant('CA2', { held: agentHeld }), ...seats]),
    ],
  });
  const seatOf = (desk: string, callSid: string, change: Partial<Participant> = {}) =>
    participant(callSid, { label: `seat-${desk}`, ...change });

  it.each([
    ['listen', false, { muted: true }],
    ['listen', false, { muted: true, coaching: 'CA2' }],
    ['whisper', false, { coaching: 'CA2' }],
    ['barge', false, {}],
    ['takeover', true, {}],
  ] as const)('of others are no legs; they %s', (mode, agentHeld, change) => {
    const [call] = found(withSeats(agentHeld, seatOf('Lee', 'CA9', change)));
    expect(call?.legs.map(({ sid }) => sid)).toEqual(['CA1', 'CA2']);
    expect(call?.others).toEqual([{ sid: 'CA9', name: 'Lee', mode }]);
  });

  it('of this desk are left out, also before Twilio named them', () => {
    const reading = withSeats(false, seatOf('Sam', 'CA8'), seatOf('Lee', 'CA9'));
    const others = (desk: Partial<DeskView>) =>
      found(reading, desk)[0]?.others.map(({ name }) => name);
    expect(others({})).toEqual(['Sam', 'Lee']);
    expect(others({ seats: new Set(['CA9']) })).toEqual(['Sam']);
    expect(others({ joining: 'seat-Sam' })).toEqual(['Lee']);
  });

  it('that are alone in a conference are no call', () => {
    const conferences = [conference([seatOf('Lee', 'CA9')], 'room-CA1')];
    expect(found({ calls, conferences }).map(({ sid }) => sid)).toEqual(['CA1', 'CA2']);
  });

  it('through a second number are one call less than Twilio lists', () => {
    const second = '+14155550108';
    const throughNumber = [
      inbound('CA1'),
      outbound('CA8', second),
      inbound('CA7', { from: OURS, to: second }),
    ];
    const conferences = [conference([participant('CA1'), seatOf('Lee', 'CA8')])];
    expect(people({ calls: throughNumber, conferences })).toEqual(['CA1: customer']);
  });
});

describe('the calls of this desk', () => {
  const calls = [inbound('CA1'), child('CA2', 'CA1', 'client:maria')];

  it('are left out with all they are joined with', () => {
    const desk = { calls: new Set(['CA1']) };
    const conferences = [conference([participant('CA1'), participant('CA2')])];
    const members = [{ callSid: 'CA1', queueSid: 'QU1', queue: 'hold', since: 1 }];
    expect(found({ calls }, desk)).toEqual([]);
    expect(found({ calls, conferences }, desk)).toEqual([]);
    expect(found({ calls: calls.slice(0, 1), members }, desk)).toEqual([]);
    expect(found({ calls }, { calls: new Set(['CA2']) })).toEqual([]);
  });

  it('are left out by number before Twilio named them', () => {
    expect(found({ calls: [outbound('CA1', LEE)] }, { unnamed: new Set([LEE]) })).toEqual([]);
  });

  it('that only follow others are named', () => {
    const followed = new Map([['CA1', 'call-1']]);
    expect(found({ calls }, { followed })).toMatchObject([{ sid: 'CA1', callId: 'call-1' }]);
  });
});

describe('the order of the calls', () => {
  it('is that of their beginnings, and stays the same for those that began together', () => {
    const calls = ['CA3', 'CA1', 'CA2'].map(sid => inbound(sid));
    const older = inbound('CA9', { startedAt: 500 });
    const sids = (listed: readonly ListedCall[]) => found({ calls: listed }).map(call => call.sid);
    expect(sids([...calls, older])).toEqual(['CA9', 'CA1', 'CA2', 'CA3']);
    expect(sids([older, ...calls].reverse())).toEqual(['CA9', 'CA1', 'CA2', 'CA3']);
  });
});
