import type { Attention } from './attention.ts';
import type { Call, CallId, Party } from './call.ts';
import type { Cancel, Clock } from './clock.ts';
import type { ConsoleEvent } from './events.ts';
import { formatPhoneNumber } from './phone-number.ts';
import { type ConsoleState, findCall } from './state.ts';

/** What the desktop shows about calls while nobody looks at the window. */
export type Notice = {
  /** A later one with the same id takes its place. */
  readonly id: string;
  readonly kind: 'ring' | Attention['kind'];
  readonly title: string;
  readonly body: string;
  /** The call a click shows. */
  readonly callId: CallId;
};

type NoticePorts = {
  readonly clock: Clock;
  /** Whether somebody looks at the window, which says all this itself. */
  readonly isLookedAt: () => boolean;
  /** Whether the screen is locked: then names stay hidden. */
  readonly isLocked: () => boolean;
  readonly show: (notice: Notice) => void;
  /** Takes one away that is over. */
  readonly withdraw: (id: string) => void;
};

/** Decides what the desktop shows, and when. */
type Notices = {
  readonly follow: (step: { readonly event: ConsoleEvent; readonly after: ConsoleState }) => void;
  readonly close: () => void;
};

/** The same is not shown again of a call within so long. */
const SAME_AGAIN_MS = 60_000;

/** What is noticed on other calls within so long is shown with it. */
const COLLECT_MS = 250;

/** Of one kind there is no next notice within so long: what comes is collected. */
const NEXT_MS = 5000;

/** Names in the title of a notice of several calls; the others are counted. */
const NAMES_SHOWN = 2;

/** Something that is about to be shown. @field words what it is, for one call @field on the same for `on 4 calls` */
type Piece = {
  readonly callId: CallId;
  readonly name: string;
  readonly words: string;
  readonly on: string;
};

type Collected = { pieces: Piece[]; shownAt: number; cancel: Cancel | null };

/** Nothing was shown yet. */
export function createNotices(ports: NoticePorts): Notices {
  const { clock, isLookedAt, isLocked, show, withdraw } = ports;
  const ringing = new Set<CallId>();
  const collected = new Map<Attention['kind'], Collected>();
  /** When something was last shown of a call. */
  const shown = new Map<CallId, Map<Attention['kind'], number>>();

  const flush = (kind: Attention['kind'], own: Collected): void => {
    own.cancel = null;
    const pieces = own.pieces.splice(0);
    const [first] = pieces;
    if (first === undefined || isLookedAt() || isLocked()) return;
    own.shownAt = clock.monotonic();
    const { callId } = first;
    const id = `${kind} ${callId} ${own.shownAt}`;
    show({ id, kind, callId, title: titleOf(pieces), body: bodyOf(pieces) });
  };

  const collect = (kind: Attention['kind'], piece: Piece): void => {
    const of = shown.get(piece.callId) ?? new Map();
    const now = clock.monotonic();
    if (now - (of.get(kind) ?? Number.NEGATIVE_INFINITY) < SAME_AGAIN_MS) return;
    shown.set(piece.callId, of.set(kind, now));
    const own = collected.get(kind) ?? {
      pieces: [],
      shownAt: Number.NEGATIVE_INFINITY,
      cancel: null,
    };
    collected.set(kind, own);
    own.pieces.push(piece);
    const wait = Math.max(COLLECT_MS, own.shownAt + NEXT_MS - now);
    own.cancel ??= clock.after(wait, () => flush(kind, own));
  };

  const notice = (event: ConsoleEvent, after: ConsoleState): void => {
    const found = noticed(event, after);
    if (found === null || isLookedAt() || isLocked()) return;
    const call = findCall(after, found.callId);
    if (call === undefined) return;
    const { callId, words, on } = found;
    collect(found.kind, { callId, name: nameOfCall(call), words, on });
  };

  const ring = (call: Call): void => {
    if (isLookedAt() || ringing.has(call.id)) return;
    ringing.add(call.id);
    const id = ringId(call.id);
    const title = isLocked() ? 'Incoming call' : nameOf(call.them);
    const body = isLocked() ? '' : 'Incoming call';
    show({ id, kind: 'ring', title, body, callId: call.id });
  };

  return {
    follow: ({ event, after }) => {
      if (!('callId' in event) || event.callId === null) return;
      const call = findCall(after, event.callId);
      if (event.event === 'call-ringing' && call?.status === 'ringing') {
        if (call.direction === 'inbound') ring(call);
      } else if (call?.status !== 'ringing' && ringing.delete(event.callId)) {
        withdraw(ringId(event.callId));
      }
      if (event.event === 'call-ended') shown.delete(event.callId);
      notice(event, after);
    },
    close: () => {
      for (const { cancel } of collected.values()) cancel?.();
      for (const callId of ringing) withdraw(ringId(callId));
      collected.clear();
      ringing.clear();
    },
  };
}

type Noticed = Omit<Piece, 'name'> & { readonly kind: Attention['kind'] };

/** What an event tells that the person wants to be told of; null when it is nothing. */
function noticed(event: ConsoleEvent, { settings }: ConsoleState): Noticed | null {
  if (event.event === 'watch-word-heard') {
    const list = settings.watchLists.find(({ id }) => id === event.listId);
    if (list?.notify !== true) return null;
    const words = `Said “${event.phrase}”`;
    return { kind: 'watch-word', callId: event.callId, words, on: words };
  }
  if (event.event !== 'attention-raised' || !settings.notifyOfAlerts) return null;
  const { kind, since } = event.attention;
  if (kind === 'watch-word') return null;
  const length = spelled(event.at - since);
  const words = ALERT_WORDS[kind](length);
  return { kind, callId: event.callId, words, on: ALERTS_ON[kind] };
}

type AlertKind = Exclude<Attention['kind'], 'watch-word'>;

const ALERT_WORDS: Readonly<Record<AlertKind, (length: string) => string>> = {
  'dead-air': length => `Nobody has talked for ${length}`,
  'over-talk': length => `Both have talked at once for ${length}`,
  'long-hold': length => `On hold for ${length}`,
};

const ALERTS_ON: Readonly<Record<AlertKind, string>> = {
  'dead-air': 'Nobody talks',
  'over-talk': 'Both talk at once',
  'long-hold': 'Long hold',
};

function bodyOf(pieces: readonly Piece[]): string {
  const [first] = pieces;
  if (first === undefined || pieces.length === 1) return first?.words ?? '';
  const isSame = pieces.every(({ on }) => on === first.on);
  return `${isSame ? first.on : 'Watch words'} on ${pieces.length} calls`;
}

function titleOf(pieces: readonly Piece[]): string {
  const names = pieces.map(({ name }) => name);
  const more = names.length - NAMES_SHOWN;
  if (more > 0) return `${names.slice(0, NAMES_SHOWN).join(', ')} and ${more} more`;
  return names.join(' and ');
}

/** Who is on a call: its other side, or on a call of others both: `Dana Reyes ↔ Maria`. */
function nameOfCall(call: Call): string {
  const legs = call.status === 'live' && call.kind === 'supervised' ? call.room?.legs : undefined;
  if (legs === undefined || legs.length === 0) return nameOf(call.them);
  return legs.map(({ party }) => nameOf(party)).join(' ↔ ');
}

/** The name; the number only where there is none. */
function nameOf({ name, number }: Party): string {
  if (name !== null) return name;
  const user = /^(?:client|sips?):([^@;?]+)/i.exec(number)?.[1];
  return user ?? (/\d/.test(number) ? formatPhoneNumber(number) : 'Hidden number');
}

/** `20 s`, `3 min`. */
function spelled(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function ringId(callId: CallId): string {
  return `ring ${callId}`;
}
