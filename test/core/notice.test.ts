import { beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../electron/core/events.ts';
import { createNotices, type Notice } from '../../electron/core/notice.ts';
import { reduce } from '../../electron/core/reduce.ts';
import { type Settings, settingsSchema } from '../../electron/core/settings.ts';
import { type ConsoleState, INITIAL_STATE } from '../../electron/core/state.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const LINE = '+14155550100';

let clock: FakeClock;
let state: ConsoleState;
let notices: ReturnType<typeof createNotices>;
let shown: Notice[];
let withdrawn: string[];
let lookedAt: boolean;
let locked: boolean;

beforeEach(() => {
  clock = fakeClock();
  shown = [];
  withdrawn = [];
  lookedAt = false;
  locked = false;
  state = INITIAL_STATE;
  choose({ notifyOfAlerts: true });
  notices = createNotices({
    clock,
    isLookedAt: () => lookedAt,
    isLocked: () => locked,
    show: notice => shown.push(notice),
    withdraw: id => withdrawn.push(id),
  });
});

function choose(change: Partial<Settings>): void {
  const watchLists = [
    { id: 'money', title: 'Money', phrases: ['refund', 'chargeback'], notify: true },
    { id: 'quiet', title: 'Quiet', phrases: ['weather'], notify: false },
  ];
  state = { ...state, settings: { ...settingsSchema.parse({ watchLists }), ...change } };
}

function tell(fact: Fact): void {
  const event = { ...fact, at: clock.now() };
  state = reduce(state, event);
  notices.follow({ event, after: state });
}

function ring(callId: string, name: string | null, number = '+14155550177'): void {
  const them = { number, name };
  tell({
    event: 'call-ringing',
    callId,
    callSid: `CA-${callId}`,
    direction: 'inbound',
    them,
    ours: LINE,
  });
}

function live(callId: string, name: string | null): void {
  const wasLookedAt = lookedAt;
  lookedAt = true;
  ring(callId, name);
  tell({ event: 'call-answered', callId });
  lookedAt = wasLookedAt;
}

function say(callId: string, phrase: string, listId = 'money'): void {
  const about = { callId, listId, phrase, segmentId: 's', speaker: 'them', atMs: null } as const;
  tell({ event: 'watch-word-heard', ...about, words: `${phrase}ed my secret` });
}

function notice(callId: string, kind: 'dead-air' | 'over-talk' | 'long-hold', lastsMs: number) {
  const attention = { kind, since: clock.now() - lastsMs, label: '', toFront: false };
  tell({ event: 'attention-raised', callId, attention });
}

const told = () => shown.map(({ title, body }) => `${title}: ${body}`);

describe('a watch word', () => {
  test('is told with the name of the call and no other word of it', () => {
    live('one', 'Dana Reyes');
    say('one', 'refund');
    clock.advance(300);
    expect(shown).toMatchObject([
      { title: 'Dana Reyes', body: 'Said “refund”', callId: 'one', kind: 'watch-word' },
    ]);
  });

  test('is told with the number only where nobody knows the name', () => {
    live('one', null);
    say('one', 'refund');
    clock.advance(300);
    expect(told()).toEqual(['+1 415 555 0177: Said “refund”']);
  });

  test('of a list that does not notify is not told', () => {
    live('one', 'Dana Reyes');
    say('one', 'weather', 'quiet');
    say('one', 'gone', 'no-such-list');
    clock.advance(300);
    expect(shown).toEqual([]);
  });

  test('is told at most once a minute of a call', () => {
    live('one', 'Dana Reyes');
    say('one', 'refund');
    clock.advance(30_000);
    say('one', 'chargeback');
    clock.advance(29_000);
    expect(told()).toHaveLength(1);
    clock.advance(1500);
    say('one', 'chargeback');
    clock.advance(300);
    expect(told()).toEqual(['Dana Reyes: Said “refund”', 'Dana Reyes: Said “chargeback”']);
  });

  test('on many calls at once is told in one', () => {
    for (const [id, name] of [
      ['a', 'Dana Reyes'],
      ['b', 'Sam Ortiz'],
      ['c', 'Lee Wong'],
      ['d', 'Kim Lau'],
    ] as const) {
      live(id, name);
      say(id, 'refund');
    }
    clock.advance(300);
    expect(told()).toEqual(['Dana Reyes, Sam Ortiz and 2 more: Said “refund” on 4 calls']);
    expect(shown[0]?.callId).toBe('a');
  });

  test('that is another on each of them is not named', () => {
    live('a', 'Dana Reyes');
    live('b', 'Sam Ortiz');
    say('a', 'refund');
    say('b', 'chargeback');
    clock.advance(300);
    expect(told()).toEqual(['Dana Reyes and Sam Ortiz: Watch words on 2 calls']);
  });

  test('soon after another is collected, and comes no sooner than in 5 s', () => {
    for (const id of ['a', 'b', 'c']) live(id, id);
    say('a', 'refund');
    clock.advance(1000);
    say('b', 'refund');
    clock.advance(1000);
    say('c', 'refund');
    expect(told()).toEqual(['a: Said “refund”']);
    clock.advance(5000);
    expect(told().slice(1)).toEqual(['b and c: Said “refund” on 2 calls']);
  });
});

describe('what lasts too long', () => {
  test('is told with how long it has', () => {
    for (const id of ['a', 'b', 'c']) live(id, id);
    notice('a', 'dead-air', 20_000);
    notice('b', 'over-talk', 5000);
    notice('c', 'long-hold', 180_000);
    clock.advance(300);
    expect(told()).toEqual([
      'a: Nobody has talked for 20 s',
      'b: Both have talked at once for 5 s',
      'c: On hold for 3 min',
    ]);
  });

  test('is not told unless that was chosen', () => {
    choose({ notifyOfAlerts: false });
    live('a', 'a');
    notice('a', 'dead-air', 20_000);
    clock.advance(300);
    expect(shown).toEqual([]);
  });
});

describe('a call that rings', () => {
  test('is told at once, and no longer once it does not', () => {
    ring('one', 'Dana Reyes');
    expect(shown).toMatchObject([
      { title: 'Dana Reyes', body: 'Incoming call', kind: 'ring', callId: 'one' },
    ]);
    tell({ event: 'call-answered', callId: 'one' });
    expect(withdrawn).toEqual([shown[0]?.id]);
  });

  test('is told once, however often that is heard', () => {
    ring('one', 'Dana Reyes');
    ring('one', 'Dana Reyes');
    expect(shown).toHaveLength(1);
  });

  test('has no name on a locked screen', () => {
    locked = true;
    ring('one', 'Dana Reyes');
    expect(told()).toEqual(['Incoming call: ']);
  });

  test('out there is not told', () => {
    const them = { number: '+14155550177', name: null };
    const about = {
      callId: 'out',
      callSid: null,
      direction: 'outbound',
      them,
      ours: LINE,
    } as const;
    tell({ event: 'call-requested', ...about });
    tell({ event: 'call-ringing', ...about });
    expect(shown).toEqual([]);
  });
});

test('a call of others is named by who is on it', () => {
  const them = { number: '+14155550177', name: 'Dana Reyes' };
  const leg = (sid: string, role: 'customer' | 'agent', party: typeof them) =>
    ({ sid, role, party, isProgram: false, status: 'joined', held: false, muted: false }) as const;
  const maria = { number: 'client:maria', name: 'Maria' };
  const legs = [leg('CA-one', 'customer', them), leg('CA-two', 'agent', maria)];
  tell({
    event: 'call-followed',
    callId: 'one',
    callSid: 'CA-one',
    direction: 'inbound',
    kind: 'supervised',
    them,
    ours: LINE,
    startedAt: clock.now(),
    room: { shape: 'conference', conferenceSid: 'CF-one', legs, others: [] },
  });
  say('one', 'refund');
  clock.advance(300);
  expect(told()).toEqual(['Dana Reyes ↔ Maria: Said “refund”']);
});

test('who looks at the window is told nothing, nor who looks by the time it would be shown', () => {
  live('one', 'Dana Reyes');
  lookedAt = true;
  ring('two', 'Sam Ortiz');
  say('one', 'refund');
  clock.advance(300);
  lookedAt = false;
  say('one', 'refund');
  lookedAt = true;
  clock.advance(300);
  expect(shown).toEqual([]);
});

test('nothing is shown any more after the end', () => {
  live('one', 'Dana Reyes');
  say('one', 'refund');
  ring('two', 'Sam Ortiz');
  notices.close();
  clock.advance(10_000);
  expect(shown.map(({ kind }) => kind)).toEqual(['ring']);
  expect(withdrawn).toEqual([shown[0]?.id]);
});
