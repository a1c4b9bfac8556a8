import { describe, expect, it } from 'vitest';
import type { Fact } from '../electron/core/events.ts';
import type { AccountCall } from '../electron/core/room.ts';
import { NO_TALK } from '../electron/core/talk.ts';
import { NOT_TRANSCRIBED } from '../electron/core/transcription.ts';
import { accountCallJson, callJson, eventLine, messageJson } from '../electron/event-line.ts';
import { followedFacts, MARIA, roomView, WHISPERING } from './core/room-facts.ts';
import { introduction, liveCallFacts, stateAfter } from './support/builders.ts';

const AT = Date.UTC(2025, 2, 4, 5, 6, 7, 890);
const TIME = '2025-03-04T05:06:07.890Z';
const THEM = '+14155550111';
const OURS = '+14155550100';
const NAMES = { eventId: 'event-1', dedupeKey: 'key-1' };

const SEGMENT = {
  segmentId: 'segment-1',
  speaker: 'them',
  who: null,
  text: 'Hello.',
  isFinal: true,
  confidence: 0.9,
  by: 'twilio',
  language: 'en-US',
  place: { atMs: 1200, lengthMs: 400, wordsMs: null },
  whispered: false,
  turn: 't1',
} as const;

const ACCOUNT_CALL: AccountCall = {
  ...roomView(),
  sid: 'CAa',
  direction: 'inbound',
  status: 'live',
  startedAt: 1000,
  ours: OURS,
  waiting: null,
  callId: null,
};

/** The line of a fact, told after others. */
function lineOf(fact: Fact, earlier: readonly Fact[] = []): Record<string, unknown> {
  const told = { ...fact, at: AT, eventId: 'event-1', dedupeKey: 'key-1' };
  const line = eventLine(told, stateAfter([...earlier, fact]));
  expect(line).not.toContain('\n');
  expect(line.startsWith(`{"event":"${fact.event}","at":"${TIME}"`)).toBe(true);
  return JSON.parse(line) as Record<string, unknown>;
}

describe('the line of an event', () => {
  it('tells an inbound call from them to us', () => {
    expect(lineOf({ event: 'call-ringing', ...introduction('a') })).toEqual({
      event: 'call-ringing',
      at: TIME,
      ...NAMES,
      callId: 'a',
      callSid: 'CAa',
      direction: 'inbound',
      from: THEM,
      to: OURS,
    });
  });

  it('tells an outbound call from us to them, without a CallSid before Twilio named it', () => {
    const requested: Fact = {
      event: 'call-requested',
      ...introduction('b', 'outbound'),
      callSid: null,
    };
    const about = { callId: 'b', direction: 'outbound', from: OURS, to: THEM };
    expect(lineOf(requested)).toEqual({
      event: 'call-requested',
      at: TIME,
      ...NAMES,
      callSid: null,
      ...about,
    });
    const named: Fact = { event: 'call-named', callId: 'b', callSid: 'CA1' };
    expect(lineOf(named, [requested])).toEqual({
      event: 'call-named',
      at: TIME,
      ...NAMES,
      callSid: 'CA1',
      ...about,
    });
  });

  it.each<[Fact, Record<string, unknown>]>([
    [{ event: 'call-ended', callId: 'a', reason: 'hung-up-there' }, { reason: 'hung-up-there' }],
    [{ event: 'stream-stopped', callId: 'a', streamSid: 'MZ1' }, { streamSid: 'MZ1' }],
    [{ event: 'hold-changed', callId: 'a', on: true }, { on: true }],
    [{ event: 'digits-received', callId: 'a', digits: '1#' }, { digits: '1#' }],
    [{ event: 'reach-changed', callId: 'a' }, {}],
    [{ event: 'listening-changed', callId: 'a', on: true }, { on: true }],
    [
      { event: 'mode-confirmed', callId: 'a', mode: 'whisper', whom: [MARIA] },
      { mode: 'whisper', whom: [MARIA] },
    ],
    [
      { event: 'room-acted', callId: 'a', act: 'held', whom: [MARIA] },
      { act: 'held', whom: [MARIA] },
    ],
    [{ event: 'room-changed', callId: 'a', room: roomView() }, { room: roomView() }],
    [
      { event: 'gather-ended', callId: 'a', turn: 't1', got: 'nothing' },
      { turn: 't1', got: 'nothing' },
    ],
    [
      { event: 'text-said', callId: 'a', text: 'Hello.', by: 'twiml' },
      { text: 'Hello.', by: 'twiml' },
    ],
    [
      {
        event: 'segment',
        callId: 'a',
        ...SEGMENT,
      },
      SEGMENT,
    ],
  ])('keeps the fields of its own beside those of its call: %j', (fact, own) => {
    expect(lineOf(fact, liveCallFacts('a'))).toEqual({
      event: fact.event,
      at: TIME,
      ...NAMES,
      callId: 'a',
      callSid: 'CAa',
      direction: 'inbound',
      from: THEM,
      to: OURS,
      ...own,
    });
  });

  it('tells a message with who wrote to whom, and what', () => {
    const message = {
      messageId: 'message-1',
      messageSid: 'SM1',
      direction: 'inbound',
      from: THEM,
      to: OURS,
      body: 'Hello.\nLook.',
      media: [{ url: 'https://files.example.com/a.jpg', contentType: 'image/jpeg' }],
    } as const;
    expect(lineOf({ event: 'message-received', ...message, key: 'request-1' })).toEqual({
      event: 'message-received',
      at: TIME,
      ...NAMES,
      ...message,
    });
  });

  it('tells a call of others with its own beginning and its legs', () => {
    const [followed] = followedFacts('a');
    expect(followed && lineOf(followed)).toEqual({
      event: 'call-followed',
      at: TIME,
      ...NAMES,
      callId: 'a',
      callSid: 'CAa',
      direction: 'inbound',
      from: THEM,
      to: OURS,
      kind: 'supervised',
      startedAt: 500,
      room: roomView(),
    });
  });

  it('tells the calls of the account by their CallSid', () => {
    expect(lineOf({ event: 'account-calls-changed', calls: [ACCOUNT_CALL] })).toEqual({
      event: 'account-calls-changed',
      at: TIME,
      ...NAMES,
      calls: [accountCallJson(ACCOUNT_CALL)],
    });
    expect(accountCallJson(ACCOUNT_CALL)).toEqual({
      callSid: 'CAa',
      callId: null,
      direction: 'inbound',
      status: 'live',
      startedAt: 1000,
      ours: OURS,
      waiting: null,
      ...roomView(),
    });
  });

  it('tells an event without a call as it is', () => {
    expect(lineOf({ event: 'reach-changed', callId: null })).toEqual({
      event: 'reach-changed',
      at: TIME,
      ...NAMES,
      callId: null,
    });
    const problem = { kind: 'line-down', message: 'Down.', remedy: 'Wait.' } as const;
    expect(lineOf({ event: 'problem-raised', id: 'line', problem })).toEqual({
      event: 'problem-raised',
      at: TIME,
      ...NAMES,
      id: 'line',
      problem,
    });
  });
});

describe('a call in JSON', () => {
  it('names its fields as the events do', () => {
    const [call] = stateAfter(liveCallFacts('a')).calls;
    expect(call && callJson(call)).toEqual({
      attention: [],
      talk: NO_TALK.figures,
      transcription: NOT_TRANSCRIBED,
      callId: 'a',
      callSid: 'CAa',
      direction: 'inbound',
      from: THEM,
      to: OURS,
      name: 'Dana Reyes',
      status: 'live',
      kind: 'direct',
      answeredBy: null,
      carrier: 'stream',
      startedAt: 1000,
      answeredAt: 2000,
      stream: true,
      muted: false,
      pan: 0,
      silenced: false,
      solo: false,
      recording: null,
      recorded: null,
      heldAt: null,
      volume: 1,
      room: null,
      agent: null,
      mode: null,
    });
  });
});

describe('a call of others in JSON', () => {
  it('says what this desk does in it, by what Twilio confirmed', () => {
    const seated: Fact = { event: 'seat-changed', callId: 'a', seat: WHISPERING };
    const jsonOf = (...facts: Fact[]) => stateAfter(facts).calls.map(callJson);
    expect(jsonOf(...followedFacts('a'))).toMatchObject([
      { kind: 'supervised', mode: 'listen', room: { ...roomView(), listening: true } },
    ]);
    expect(jsonOf(...followedFacts('a'), seated)).toMatchObject([{ mode: 'whisper' }]);
    expect(jsonOf(followedFacts('a')[0] as Fact)).toMatchObject([{ mode: null }]);
    const ended: Fact = { event: 'call-ended', callId: 'a', reason: 'hung-up-there' };
    expect(jsonOf(...followedFacts('a'), ended)).toMatchObject([{ others: [MARIA] }]);
  });
});

describe('a message in JSON', () => {
  it('names its fields as the events do, from who wrote it to who it was for', () => {
    const content = { body: 'Hello.', media: [], at: 1000, code: null };
    const message = { id: 'message-1', sid: 'SM1', them: THEM, ours: OURS, ...content } as const;
    const told = { messageId: 'message-1', messageSid: 'SM1', ...content };
    expect(messageJson({ ...message, direction: 'inbound', status: 'received' })).toEqual({
      ...told,
      direction: 'inbound',
      from: THEM,
      to: OURS,
      status: 'received',
    });
    expect(messageJson({ ...message, direction: 'outbound', status: 'sent' })).toEqual({
      ...told,
      direction: 'outbound',
      from: OURS,
      to: THEM,
      status: 'sent',
    });
  });
});
