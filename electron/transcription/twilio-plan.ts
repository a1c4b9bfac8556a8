import type { LiveCall, Party } from '../core/call.ts';
import { type Leg, modeOf, type Room } from '../core/room.ts';
import type { Side } from '../core/segment.ts';
import type { LegTrack } from '../core/transcription.ts';

/** Who is heard on a track of a leg. */
export type TrackVoice = {
  readonly speaker: Side;
  readonly who: string | null;
  readonly whispered: boolean;
  /** Music plays there now: what is understood of it nobody said. */
  readonly isMusic: boolean;
};

/** A leg to transcribe and who is heard on its tracks. */
export type LegPlan = {
  readonly sid: string;
  readonly voices: Readonly<Partial<Record<LegTrack, TrackVoice>>>;
  /** How each track is called, as Twilio keeps it. */
  readonly labels: Readonly<Record<LegTrack, string>>;
};

/** `both`: both tracks of the customer's leg. `each`: what comes in on each leg, so that people are told apart. */
export type PlanShape = 'both' | 'each';

/** What Twilio transcribes of a call as it is now. */
type TwilioPlan = { readonly shape: PlanShape; readonly legs: readonly LegPlan[] };

/** The shape that tells most of a call; null while its legs are on their way. */
export function bestShape({ room }: LiveCall): PlanShape | null {
  if (room?.shape !== 'conference') return 'both';
  return room.legs.some(leg => leg.role === 'customer' && isThere(leg)) ? 'each' : null;
}

/** The legs to transcribe in a shape. @param deskName what this desk is called */
export function planOf(call: LiveCall, shape: PlanShape, deskName: string): TwilioPlan {
  const legs = shape === 'each' && call.room !== null ? each(call.room, deskName) : [];
  return legs.length > 0 ? { shape, legs } : { shape: 'both', legs: both(call, deskName) };
}

/** What the tracks of a call's only leg are called. */
export function labelsOf(call: { readonly them: Party }, us: string): LegPlan['labels'] {
  return { inbound: nameOf(call.them), outbound: us };
}

/** The one person of the side that serves, where this desk only listens; null when there is none or several. */
export function servedBy({ kind, room }: LiveCall): string | null {
  if (kind !== 'supervised' || room === null) return null;
  const [one, ...more] = room.legs.filter(leg => leg.role === 'agent' && isThere(leg));
  return one === undefined || more.length > 0 ? null : nameOf(one.party);
}

function both(call: LiveCall, deskName: string): readonly LegPlan[] {
  const customer = call.room?.legs.find(({ role }) => role === 'customer');
  const sid = customer?.sid ?? call.sid;
  if (sid === null) return [];
  const isMusic = customer?.held === true || (call.heldAt !== null && call.kind === 'direct');
  const who = servedBy(call);
  const inbound = { speaker: 'them', who: null, whispered: false, isMusic: false } as const;
  const outbound = { speaker: 'us', who, whispered: false, isMusic } as const;
  // What Twilio's own voice says on a call that it carries as words is known and told.
  const voices = call.carrier === 'gather' ? { inbound } : { inbound, outbound };
  return [{ sid, voices, labels: labelsOf(call, who ?? deskName) }];
}

function each(room: Room, deskName: string): readonly LegPlan[] {
  const there = room.legs.filter(isThere).map(({ sid, role, party }): LegPlan => {
    const isServed = role === 'customer';
    const who = isServed ? null : nameOf(party);
    return inbound(sid, isServed ? 'them' : 'us', who, false, nameOf(party));
  });
  // What another desk whispers this one cannot hear.
  const others = room.others
    .filter(({ mode }) => mode === 'barge' || mode === 'takeover')
    .map(({ sid, name }) => inbound(sid, 'us', name, false, name));
  const { seat } = room;
  const isSeated = seat !== null && seat.sid !== null && seat.status === 'joined';
  const whispered = modeOf(room) === 'whisper';
  const own = isSeated ? [inbound(seat.sid ?? '', 'us', null, whispered, deskName)] : [];
  return [...there, ...others, ...own];
}

function inbound(
  sid: string,
  speaker: Side,
  who: string | null,
  whispered: boolean,
  label: string,
): LegPlan {
  return {
    sid,
    voices: { inbound: { speaker, who, whispered, isMusic: false } },
    labels: { inbound: label, outbound: label },
  };
}

function isThere({ status }: Leg): boolean {
  return status === 'joined';
}

function nameOf({ name, number }: Party): string {
  return name ?? number;
}
