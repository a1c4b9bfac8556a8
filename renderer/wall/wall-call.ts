import type { Attention } from '../../electron/core/attention.ts';
import type { Call, CallId, EndedCall, LiveCall, Party } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { AccountCall } from '../../electron/core/room.ts';
import type { Segment } from '../../electron/core/segment.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import { fullName, shortName } from '../words/names.ts';
import { programName } from '../words/room-words.ts';
import { type Ear, earOf } from './ears.ts';
import { betweenWords } from './people.ts';

/** A call of now as the wall shows it: flat but for what was noticed, so that two can be compared field by field. */
export type WallCall = {
  /** This desk's name of it; null for a call of the account that it does not follow. */
  readonly callId: CallId | null;
  /** Twilio's name of it. */
  readonly callSid: string | null;
  readonly title: string;
  /** The same where there is little room: who is on it beside this desk. */
  readonly shortTitle: string;
  /** What a filter finds it by: names and numbers, in small letters. */
  readonly findable: string;
  readonly status: 'dialing' | 'ringing' | 'waiting' | 'held' | 'live';
  /** How it is taken: it rings or waits here, or waits in a queue of the account. */
  readonly take: 'answer' | 'pick-up' | null;
  /** This desk is a party of it. */
  readonly own: boolean;
  /** In ms since the epoch: what the order goes by. */
  readonly startedAt: number;
  /** What its clock counts from, in ms since the epoch. */
  readonly since: number;
  readonly heldAt: number | null;
  /** Where it rings or waits; null when that is not known or does not matter. */
  readonly where: string | null;
  /** Whether its sound comes here, so that there is something to draw. */
  readonly followed: boolean;
  readonly ear: Ear | null;
  readonly recording: boolean;
  readonly problem: string | null;
  readonly problemSince: number | null;
  /** What was said last; null when nothing is known of it. */
  readonly words: string | null;
  /** Whether those words stay as they are. */
  readonly wordsFinal: boolean;
  /** Why it wants to be looked at, the oldest first. */
  readonly attention: readonly Attention[];
};

/** Every call of now, the oldest first: this desk's and the account's, each once. */
export function wallCalls(state: ConsoleState): readonly WallCall[] {
  const words = lastWords(state);
  const own = state.calls
    .filter(isStanding)
    .map(call => deskCall(call, state, words.get(call.id) ?? null));
  const others = unfollowed(state).map(accountCall);
  return [...own, ...others].sort((a, b) => a.startedAt - b.startedAt);
}

/** The calls of the account that no standing call of this desk shows. */
export function unfollowed({
  calls,
  accountCalls,
}: Pick<ConsoleState, 'calls' | 'accountCalls'>): readonly AccountCall[] {
  const standing = calls.filter(call => call.status !== 'ended');
  const shown = new Set(standing.flatMap(({ id, sid }) => (sid === null ? [id] : [id, sid])));
  return accountCalls.filter(
    ({ sid, callId }) => !shown.has(sid) && (callId === null || !shown.has(callId)),
  );
}

/** Whether two of the wall's calls are the same one, seen at different moments. */
export function isSameCall(a: WallCall, b: WallCall): boolean {
  return (
    (a.callId !== null && a.callId === b.callId) || (a.callSid !== null && a.callSid === b.callSid)
  );
}

/** Whether a call has what is looked for in a name or a number. */
export function isFound({ findable }: WallCall, filter: string): boolean {
  const text = filter.trim().toLowerCase();
  if (findable.includes(text)) return true;
  // Numbers are found however they are written.
  const digits = text.replace(/[\s()+.-]/g, '');
  return /^\d{3,}$/.test(digits) && findable.includes(digits);
}

/** Whether the same was noticed on two: every state of the main process is a new object. */
export function isSameAttention(a: readonly Attention[], b: readonly Attention[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return one.kind === other?.kind && one.since === other.since && one.label === other.label;
    })
  );
}

type StandingCall = Exclude<Call, EndedCall>;

function isStanding(call: Call): call is StandingCall {
  return call.status !== 'ended';
}

/** What is wrong with a call, in a few words, and since when. */
export function problemOf(
  call: Call,
  { problems }: Pick<ConsoleState, 'problems'>,
): { readonly words: string; readonly since: number } | null {
  // Problems of a call are named after it.
  const standing = problems.find(({ id }) => id.includes(call.id));
  if (standing !== undefined) return { words: standing.problem.message, since: standing.at };
  if (call.status !== 'live' || call.agent?.status !== 'lost') return null;
  return { words: `${call.agent.name} is gone`, since: call.answeredAt };
}

function deskCall(call: StandingCall, state: ConsoleState, words: LastWords | null): WallCall {
  const live = call.status === 'live' ? call : null;
  const problem = problemOf(call, state);
  return {
    callId: call.id,
    callSid: call.sid,
    title: live === null ? fullName(call.them) : titleOf(live),
    shortTitle: live === null ? shortName(call.them, [call.them]) : titleOf(live, true),
    findable: findableOf([call.them, ...legParties(live)], live?.agent?.name),
    status: statusOf(call),
    take: isTakenHere(call) ? 'answer' : null,
    own: call.kind !== 'supervised',
    startedAt: call.startedAt,
    since: sinceOf(call),
    heldAt: live?.heldAt ?? null,
    where: isTakenHere(call) ? lineName(call, state) : null,
    followed: live !== null && live.carrier === 'stream' && live.kind !== 'notify',
    ear: live === null ? null : earOf(live, state),
    recording: live !== null && live.recording !== null,
    problem: problem?.words ?? null,
    problemSince: problem?.since ?? null,
    words: words?.text ?? null,
    wordsFinal: words?.isFinal ?? true,
    attention: live?.attention ?? [],
  };
}

function accountCall(call: AccountCall): WallCall {
  return {
    callId: null,
    callSid: call.sid,
    title: betweenWords(call),
    shortTitle: betweenWords(call),
    findable: findableOf(call.legs.map(leg => leg.party)),
    status: call.status,
    take: call.waiting === null ? null : 'pick-up',
    own: false,
    startedAt: call.startedAt,
    since: call.waiting?.since ?? call.startedAt,
    heldAt: null,
    where: call.waiting?.queue ?? null,
    followed: false,
    ear: null,
    recording: false,
    problem: null,
    problemSince: null,
    words: null,
    wordsFinal: true,
    attention: [],
  };
}

/** `Dana ↔ Maria`; on a call of this desk's own `Dana ↔ you`, `brief` only `Dana`. */
function titleOf(call: LiveCall, brief = false): string {
  const { kind, room, agent, them } = call;
  if (room !== null && kind === 'supervised') return betweenWords(room);
  const serves = agent !== null && agent.status !== 'silent' && agent.status !== 'lost';
  const all = [them, ...legParties(call)];
  const others = all.slice(1).map(one => shortName(one, all));
  const here = serves ? [programName(agent.name)] : brief ? [] : ['you'];
  const side = [...here, ...others].join(', ');
  return side === '' ? shortName(them, all) : `${shortName(them, all)} ↔ ${side}`;
}

/** Those on a live call beside its other side. */
function legParties(call: LiveCall | null): readonly Party[] {
  const legs = call?.room?.legs.filter(leg => leg.sid !== call.sid) ?? [];
  return legs.map(leg => leg.party);
}

function statusOf(call: StandingCall): WallCall['status'] {
  return call.status === 'live' && call.heldAt !== null ? 'held' : call.status;
}

function sinceOf(call: StandingCall): number {
  if (call.status === 'ringing') return call.ringingAt;
  if (call.status === 'waiting') return call.waitingAt;
  return call.status === 'live' ? call.answeredAt : call.startedAt;
}

function isTakenHere(call: Call): boolean {
  return call.status === 'waiting' || (call.status === 'ringing' && call.direction === 'inbound');
}

/** The number that is called, by its name on the account if it has one. */
function lineName({ ours }: Call, { line }: ConsoleState): string {
  const name = line.callerIds.find(({ number }) => number === ours)?.name;
  return name === undefined || name === '' ? formatPhoneNumber(ours) : name;
}

function findableOf(parties: readonly Party[], agent = ''): string {
  const all = parties.flatMap(party => [fullName(party), party.number.replace(/\D/g, '')]);
  return [...all, agent].join(' ').toLowerCase();
}

type LastWords = Pick<Segment, 'text' | 'isFinal'>;

function lastWords({ segments }: ConsoleState): ReadonlyMap<CallId, LastWords> {
  const words = new Map<CallId, LastWords>();
  for (const segment of segments) if (segment.text !== '') words.set(segment.callId, segment);
  return words;
}
