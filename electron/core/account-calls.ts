import type { CallId } from './call.ts';
import {
  type AccountReading,
  type Conference,
  type ListedCall,
  type Participant,
  type QueueMember,
  roomName,
  SEAT_LABEL,
} from './conference.ts';
import { addressOf, ourNumber, partyAt } from './leg-party.ts';
import { customerOf, type KnownLeg } from './leg-roles.ts';
import type { AccountCall, Leg, Mode, OtherSeat, RoomView } from './room.ts';

/** What of the account this desk has itself, and how it names others. */
export type DeskView = {
  /** CallSids of the calls this desk is a party of: whatever is joined with one is its own. */
  readonly calls: ReadonlySet<string>;
  /** Numbers that were called from here, or call here, and whose CallSid is not known yet. */
  readonly unnamed: ReadonlySet<string>;
  /** CallSids of this desk's seats. */
  readonly seats: ReadonlySet<string>;
  /** The label of this desk's seats while one of them is not named by Twilio yet; otherwise null. */
  readonly joining: string | null;
  /** The calls this desk follows, by the CallSid of the customer's leg. */
  readonly followed: ReadonlyMap<string, CallId>;
  /** Numbers of the account and of its people: who has one serves. */
  readonly own: ReadonlySet<string>;
  readonly nameOf: (number: string) => string | null;
};

/**
 * The calls of the account that are none of this desk's, the oldest first.
 *
 * Legs are one call when they are in one conference, or when one made the others by a `<Dial>`. A leg
 * that is in a conference or a queue is where that says, whoever made it. Left out: this desk's own
 * calls with all they are joined with, seats, and legs to an app that are in no conference (yet).
 */
export function accountCalls(reading: AccountReading, desk: DeskView): readonly AccountCall[] {
  const calls = new Map(reading.calls.map(call => [call.sid, call]));
  const placed = new Set(
    reading.conferences.flatMap(each => present(each).map(({ callSid }) => callSid)),
  );
  const grouping: Grouping = { calls, desk, placed, twins: twinsOf(reading) };
  const found: (AccountCall | null)[] = [
    ...reading.conferences.map(each => conferenceCall(each, grouping)),
    ...reading.members.map(member => queuedCall(member, grouping)),
    ...rootsOf(reading.calls, grouping).map(root => dialledCall(root, reading.calls, grouping)),
  ];
  return found
    .filter(call => call !== null)
    .sort((a, b) => a.startedAt - b.startedAt || (a.sid < b.sid ? -1 : 1));
}

/** A call of this desk's own that is in the conference named after it. */
export type OwnRoom = RoomView & { readonly sid: string };

/** The calls of this desk's own that are in conferences this desk made of them. */
export function ownRooms(reading: AccountReading, desk: DeskView): readonly OwnRoom[] {
  const own = new Map([...desk.calls].map(sid => [roomName(sid), sid]));
  const among = { ...desk, calls: new Set<string>(), unnamed: new Set<string>() };
  return reading.conferences.flatMap((conference): OwnRoom[] => {
    const sid = own.get(conference.name);
    if (sid === undefined) return [];
    const calls = new Map(reading.calls.map(call => [call.sid, call]));
    const grouping = { calls, desk: among, placed: new Set<string>(), twins: new Set<string>() };
    const found = conferenceCall(conference, grouping);
    return found === null || found.sid !== sid ? [] : [found];
  });
}

/** @field placed legs that belong to a call already @field twins see `twinsOf` */
type Grouping = {
  readonly calls: ReadonlyMap<string, ListedCall>;
  readonly desk: DeskView;
  readonly placed: Set<string>;
  readonly twins: ReadonlySet<string>;
};

/** A leg, and what decides who it is. */
type FoundLeg = KnownLeg & Pick<Leg, 'sid' | 'party' | 'isProgram' | 'status' | 'held' | 'muted'>;

function conferenceCall(conference: Conference, grouping: Grouping): AccountCall | null {
  const { desk, calls, placed } = grouping;
  const there = present(conference);
  const named = namedCustomer(conference, there, grouping);
  if (named !== null) placed.add(named.sid);
  const seats = there.filter(isSeat);
  const legs = there.filter(each => !isSeat(each)).map(each => participantLeg(each, grouping));
  if (named !== null) legs.push({ ...callLeg(named, desk), status: 'ringing' });
  if (legs.some(({ sid }) => isOwn(sid, calls, desk))) return null;
  const call = callOf(legs, { shape: 'conference', conferenceSid: conference.sid }, grouping, {
    room: conference.name,
  });
  if (call === null) return null;
  const others = seats.filter(each => !isOwnSeat(each, desk)).map(each => otherSeat(each, call));
  return { ...call, others };
}

function present({ participants }: Conference): readonly Participant[] {
  return participants.filter(({ status }) => status !== 'gone');
}

/** Whom a conference is named after, while on the way into it: moved there and not joined yet. */
function namedCustomer(
  { name }: Conference,
  there: readonly Participant[],
  { calls, placed }: Grouping,
): ListedCall | null {
  if (there.every(isSeat)) return null;
  const call = [...calls.values()].find(({ sid }) => roomName(sid) === name);
  if (call === undefined || placed.has(call.sid)) return null;
  const isElsewhere = [...calls.values()].some(
    ({ sid, parentSid }) => parentSid === call.sid && !there.some(({ callSid }) => callSid === sid),
  );
  return isElsewhere ? null : call;
}

function queuedCall(
  { callSid, queue, since }: QueueMember,
  grouping: Grouping,
): AccountCall | null {
  const { calls, desk, placed } = grouping;
  const listed = calls.get(callSid);
  if (listed === undefined || placed.has(callSid)) return null;
  placed.add(callSid);
  if (isOwn(callSid, calls, desk)) return null;
  const joint = { shape: 'queued', conferenceSid: null } as const;
  const call = callOf([callLeg(listed, desk)], joint, grouping);
  return call === null ? null : { ...call, status: 'waiting', waiting: { queue, since } };
}

/** The calls that nobody dialled, or whose dialler is gone or elsewhere: each is one call with those it dialled. */
function rootsOf(listed: readonly ListedCall[], { calls, placed }: Grouping): ListedCall[] {
  return listed.filter(({ sid, parentSid }) => {
    if (placed.has(sid)) return false;
    return parentSid === null || !calls.has(parentSid) || placed.has(parentSid);
  });
}

function dialledCall(
  root: ListedCall,
  listed: readonly ListedCall[],
  grouping: Grouping,
): AccountCall | null {
  const { calls, desk, placed, twins } = grouping;
  const isAlone = !listed.some(({ parentSid }) => parentSid === root.sid);
  if (twins.has(root.sid) || (isAlone && isApp(root))) return null;
  const joined: ListedCall[] = [root];
  // Those that were dialled may have dialled others.
  for (const parent of joined) {
    joined.push(...listed.filter(each => each.parentSid === parent.sid && !placed.has(each.sid)));
  }
  if (joined.some(({ sid }) => isOwn(sid, calls, desk))) return null;
  const legs = joined.map(each => callLeg(each, desk));
  const shape = legs.length > 1 ? 'dialled' : 'alone';
  return callOf(legs, { shape, conferenceSid: null }, grouping);
}

/** The call of its legs; null when nothing is known of any. @param room the name of their conference */
function callOf(
  legs: readonly FoundLeg[],
  joint: Pick<AccountCall, 'shape' | 'conferenceSid'>,
  { calls, desk }: Grouping,
  { room = null }: { readonly room?: string | null } = {},
): AccountCall | null {
  const customer = customerOf(legs, { room, followed: desk.followed });
  const starts = legs.flatMap(({ startedAt }) => startedAt ?? []);
  if (customer === null || starts.length === 0) return null;
  const isCustomer = (leg: FoundLeg): boolean => leg === customer || leg.label === 'customer';
  const ordered = [customer, ...legs.filter(leg => leg !== customer)];
  const listed = calls.get(customer.sid);
  const followedBy = legs.find(({ sid }) => desk.followed.has(sid));
  return {
    ...joint,
    sid: customer.sid,
    legs: ordered.map(leg => legOf(leg, isCustomer(leg) ? 'customer' : 'agent')),
    others: [],
    direction: listed?.direction === 'inbound' ? 'inbound' : 'outbound',
    ours: listed === undefined ? null : ourNumber(listed),
    status: customer.status === 'joined' ? 'live' : 'ringing',
    startedAt: customer.startedAt ?? Math.min(...starts),
    waiting: null,
    callId: desk.followed.get(followedBy?.sid ?? '') ?? null,
  };
}

function legOf({ sid, party, isProgram, status, held, muted }: FoundLeg, role: Leg['role']): Leg {
  return { sid, party, role, isProgram, status, held, muted };
}

function callLeg(call: ListedCall, desk: DeskView): FoundLeg {
  const address = addressOf(call);
  return {
    sid: call.sid,
    party: partyAt(address, desk),
    isProgram: isApp(call),
    status: call.status === 'in-progress' ? 'joined' : 'ringing',
    held: false,
    muted: false,
    label: null,
    serves: isPlaceOfAgents(address) || desk.own.has(address),
    isInbound: call.direction === 'inbound',
    startedAt: call.startedAt,
  };
}

function participantLeg(participant: Participant, { calls, desk }: Grouping): FoundLeg {
  const { callSid, label, held, muted, status } = participant;
  const listed = calls.get(callSid);
  return {
    ...(listed === undefined ? unlisted(callSid) : callLeg(listed, desk)),
    status: status === 'joined' ? 'joined' : 'ringing',
    held,
    muted,
    label: roleLabel(label),
  };
}

/** A leg that is in a conference and not among the calls that were read. */
function unlisted(sid: string): FoundLeg {
  return {
    sid,
    party: { number: 'anonymous', name: null },
    isProgram: false,
    status: 'joined',
    held: false,
    muted: false,
    label: null,
    serves: false,
    isInbound: false,
    startedAt: null,
  };
}

/** What whoever made a leg calls it: `customer`, `Customer 2` or `agent-maria`. */
function roleLabel(label: string): KnownLeg['label'] {
  if (/\bcustomer\b/i.test(label)) return 'customer';
  return /\bagent\b/i.test(label) ? 'agent' : null;
}

/** Browsers, desk phones and programs serve; whoever is served has a number. */
function isPlaceOfAgents(address: string): boolean {
  return /^(?:client|sips?|app):/i.test(address);
}

function isApp({ direction, to }: ListedCall): boolean {
  return direction !== 'inbound' && /^app:/i.test(to);
}

function isSeat({ label }: Participant): boolean {
  return label.startsWith(SEAT_LABEL);
}

function isOwnSeat({ callSid, label }: Participant, { seats, joining }: DeskView): boolean {
  return seats.has(callSid) || label === joining;
}

/** Whether this desk is a party of a call. */
function isOwn(sid: string, calls: Grouping['calls'], desk: DeskView): boolean {
  const listed = calls.get(sid);
  return desk.calls.has(sid) || (listed !== undefined && desk.unnamed.has(addressOf(listed)));
}

/** What another desk does, as `modeOf` says it of this one. */
function otherSeat({ callSid, label, muted, coaching }: Participant, call: AccountCall): OtherSeat {
  const agents = call.legs.filter(({ role, status }) => role === 'agent' && status === 'joined');
  const isAlone = agents.length > 0 && agents.every(({ held }) => held);
  const aloud: Mode = isAlone ? 'takeover' : 'barge';
  const spoken: Mode = coaching === null ? aloud : 'whisper';
  return { sid: callSid, name: label.slice(SEAT_LABEL.length), mode: muted ? 'listen' : spoken };
}

/**
 * The far ends of seats that go through a second number: Twilio calls that number and takes the call
 * there, so that one seat is two calls.
 */
function twinsOf({ calls, conferences }: AccountReading): ReadonlySet<string> {
  const seats = new Set(
    conferences.flatMap(({ participants }) => participants.filter(isSeat).map(p => p.callSid)),
  );
  const ends = calls.filter(({ sid }) => seats.has(sid));
  const twins = calls.filter(
    call =>
      call.direction === 'inbound' &&
      ends.some(({ sid, from, to }) => sid !== call.sid && from === call.from && to === call.to),
  );
  return new Set(twins.map(({ sid }) => sid));
}
