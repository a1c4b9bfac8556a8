import { randomBytes } from 'node:crypto';
import type { CallId } from '../core/call.ts';
import { type Participant, type RoomNews, SEAT_LABEL } from '../core/conference.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import type { SeatWay } from '../core/room.ts';
import { LatestSids } from './latest-sids.ts';
import type { LegPlaces } from './leg-places.ts';
import { unreachableHere } from './line-problems.ts';
import type { MediaStream, StreamListener } from './media-stream.ts';
import type { Rest } from './rest.ts';
import { noSoundOnTrial, seatRefused } from './room-problems.ts';
import type { RoomRest } from './room-rest.ts';
import { connectSeat } from './room-twiml.ts';
import type { SeatApplication } from './seat-application.ts';
import type { Webhook } from './server.ts';
import { UNHEARD } from './side-streams.ts';
import type { StreamPass, StreamTokens } from './stream-tokens.ts';
import { hangUpCall } from './twiml.ts';
import { text } from './webhook-fields.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How a seat is asked for. */
type SeatRequest = {
  readonly way: SeatWay;
  /** Names the desk to others. */
  readonly desk: string;
  /** The number called for the ways `number` and `phone`. */
  readonly to: string | null;
};

/** The other end of a seat, told of its sound. */
type SeatSound = {
  readonly onSound: (timestampMs: number, mulaw: Uint8Array) => void;
  readonly onMark: (name: string) => void;
  readonly onEnd: () => void;
};

/** What seats need of the rest. */
type SeatPorts = {
  readonly rest: Pick<Rest, 'dial'>;
  readonly roomRest: Pick<RoomRest, 'conferences'>;
  readonly application: SeatApplication;
  readonly places: LegPlaces;
  readonly tokens: StreamTokens;
  readonly urls: WebhookUrls;
  readonly origin: () => string | null;
  readonly isTrial: () => boolean;
  /** The number that calls; null when the line has none. */
  readonly number: () => PhoneNumber | null;
  /** Lets calls to another number of the account come here. Rejects with a `ProblemError`. */
  readonly pointSeatNumber: (number: PhoneNumber) => Promise<void>;
  readonly endLeg: (callSid: string) => Promise<unknown>;
  readonly connectSeat: (stream: MediaStream) => SeatSound;
  readonly onNews: (news: RoomNews) => void;
};

/** This desk's own legs in conferences. */
export type Seats = {
  readonly take: (callId: CallId, conference: string, seat: SeatRequest) => Promise<Participant>;
  readonly close: (callId: CallId) => void;
  /** What a leg does that was called as a seat: `/voice/seat`. */
  readonly serve: (webhook: Webhook) => Promise<string>;
  /** What a call does that comes in for a seat; null for any other call. */
  readonly incoming: (webhook: Webhook) => string | null;
  /** Whether a supervisor's telephone still has a seat. */
  readonly isWanted: (id: string) => boolean;
  /** What a token lets in for, once. */
  readonly passOf: (token: string, callSid: string) => StreamPass | null;
  readonly accept: (stream: MediaStream) => StreamListener;
  /** Whether a call is one of a seat's legs. */
  readonly has: (callSid: string) => boolean;
  /** A leg that was asked for is over. */
  readonly over: (callSid: string) => void;
  /** Takes every seat out. */
  readonly closeAll: () => Promise<unknown>;
};

/** One seat. `sid` is its leg's in the conference, `soundSid` that of the leg which brings its sound. */
type Seat = {
  readonly id: string;
  readonly callId: CallId;
  readonly way: SeatWay;
  readonly to: string | null;
  sid: string | null;
  conferenceSid: string | null;
  soundSid: string | null;
  token: string | null;
  /** Ends its sound, once; null while there is none. */
  endSound: (() => void) | null;
  isClosed: boolean;
};

/** A conference by its sid; anything else is the name of one. */
const CONFERENCE_SID = /^CF[0-9a-f]{32}$/;

/** Builds what takes seats. */
export function createSeats(ports: SeatPorts): Seats {
  const { rest, roomRest, application, places, tokens, urls, onNews } = ports;
  const { conferences } = roomRest;
  const seats = new Map<string, Seat>();
  /** Legs that were a seat's: they never ring here. */
  const legs = new LatestSids();
  /** Numbers that only seats are called by. */
  const seatNumbers = new Set<string>();

  const find = (matches: (seat: Seat) => boolean): Seat | undefined =>
    [...seats.values()].find(matches);

  const name = (seat: Seat, sid: string): void => {
    seat.sid ??= sid;
    legs.add(sid);
  };

  /** Connects the leg that brings a seat's sound, once. */
  const connect = (seat: Seat, callSid: string): string => {
    seat.soundSid = callSid;
    legs.add(callSid);
    seat.token = tokens.mint(seat.callId, 'seat', callSid);
    return connectSeat(urls.stream(), seat.token);
  };

  const byCall = async (seat: Seat, conference: string, label: string, from: PhoneNumber) => {
    const isBegun = CONFERENCE_SID.test(conference);
    const to = numberOf(seat);
    const url = places.urlOfPhone(isBegun ? await conferences.nameOf(conference) : conference, {
      id: seat.id,
      label,
      starts: !isBegun,
    });
    const sid = await rest.dial({ to, from, url, statusCallback: urls.leg() });
    if (sid === null) throw seatRefused('Nobody can tell whether the telephone rings.', TRY_OTHER);
    const conferenceSid = isBegun ? conference : '';
    const state = { label, muted: true, held: false, coaching: null, status: 'ringing' } as const;
    return { callSid: sid, conferenceSid, ...state };
  };

  const byConference = async (
    seat: Seat,
    conference: string,
    label: string,
    desk: string,
    from: PhoneNumber,
  ): Promise<Participant> => {
    const to = seat.way === 'app' ? await addressOf(seat, desk) : numberOf(seat);
    if (seat.way === 'number') {
      await ports.pointSeatNumber(to);
      seatNumbers.add(to);
    }
    try {
      return await conferences.create(conference, {
        to,
        from,
        label,
        muted: true,
        starts: !CONFERENCE_SID.test(conference),
        legCallback: urls.leg(),
        conferenceCallback: urls.conference(),
        isSeat: true,
      });
    } catch (error) {
      application.doubt();
      throw error;
    }
  };

  const addressOf = async (seat: Seat, desk: string): Promise<string> => {
    const query = new URLSearchParams({ call_id: seat.callId, seat: seat.id });
    return `app:${await application.sid(desk)}?${query}`;
  };

  const take: Seats['take'] = async (callId, conference, { way, desk, to }) => {
    if (ports.isTrial()) throw noSoundOnTrial();
    if (ports.origin() === null) throw unreachableHere();
    const from = ports.number();
    if (from === null) throw seatRefused('This line has no number to call from.', TRY_OTHER);
    const id = randomBytes(16).toString('base64url');
    const unknown = { sid: null, conferenceSid: null, soundSid: null };
    const nothing = { token: null, endSound: null, isClosed: false };
    const seat: Seat = { id, callId, way, to, ...unknown, ...nothing };
    seats.set(id, seat);
    const label = `${SEAT_LABEL}${desk}`;
    try {
      const participant =
        way === 'phone'
          ? await byCall(seat, conference, label, from)
          : await byConference(seat, conference, label, desk, from);
      name(seat, participant.callSid);
      seat.conferenceSid = participant.conferenceSid || null;
      return participant;
    } catch (error) {
      // Should it come all the same, it finds no seat.
      end(seat);
      throw error;
    }
  };

  /** Ends its sound at once, and lets no other in. */
  const shut = (seat: Seat): void => {
    seat.isClosed = true;
    if (seat.token !== null) tokens.spend(seat.token);
    seat.endSound?.();
  };

  const end = (seat: Seat): void => {
    seats.delete(seat.id);
    shut(seat);
  };

  const tell = (seat: Seat, stream: MediaStream, on: boolean): void => {
    const { callId, streamSid } = stream;
    const callSid = seat.sid ?? stream.callSid;
    onNews({ kind: 'stream', purpose: 'seat', callId, callSid, streamSid, on, error: null });
  };

  return {
    take,
    close: callId => {
      for (const seat of [...seats.values()]) {
        if (seat.callId === callId) shut(seat);
      }
    },
    serve: async ({ params }) => {
      const callSid = text(params['CallSid']);
      const seat = seats.get(text(params['seat']));
      if (seat === undefined || callSid === '') return hangUpCall();
      const isFree = seat.way === 'app' && !seat.isClosed && seat.soundSid === null;
      if (!isFree || (seat.sid ?? callSid) !== callSid) return hangUpCall();
      name(seat, callSid);
      return connect(seat, callSid);
    },
    incoming: ({ params }) => {
      const [callSid, from, to] = ['CallSid', 'From', 'To'].map(field => text(params[field]));
      if (callSid === undefined || callSid === '') return null;
      if (legs.has(callSid)) return hangUpCall();
      if (from !== ports.number() || to === undefined || !seatNumbers.has(to)) return null;
      const seat = find(
        each => each.way === 'number' && each.to === to && !each.isClosed && !each.soundSid,
      );
      return seat === undefined ? hangUpCall() : connect(seat, callSid);
    },
    isWanted: id => seats.get(id)?.isClosed === false,
    passOf: (token, callSid) => {
      const pass = tokens.passOf(token);
      if (pass?.purpose !== 'seat' || pass.callSid !== callSid) return null;
      tokens.spend(token);
      return pass;
    },
    accept: stream => {
      const seat = find(({ soundSid }) => soundSid === stream.callSid);
      if (seat === undefined || seat.isClosed) {
        stream.close();
        return UNHEARD;
      }
      const sound = ports.connectSeat(stream);
      seat.endSound = () => {
        seat.endSound = null;
        seat.isClosed = true;
        sound.onEnd();
        tell(seat, stream, false);
        stream.close();
      };
      tell(seat, stream, true);
      return {
        onSound: (timestampMs, mulaw, track) => {
          if (track === 'inbound') sound.onSound(timestampMs, mulaw);
        },
        onDigit: () => {},
        onMark: sound.onMark,
        onEnd: () => seat.endSound?.(),
      };
    },
    has: callSid => legs.has(callSid),
    over: callSid => {
      const seat = find(({ sid }) => sid === callSid);
      if (seat !== undefined) end(seat);
    },
    closeAll: () => {
      const left = [...seats.values()];
      for (const seat of left) end(seat);
      return Promise.allSettled(
        left.map(async ({ sid, conferenceSid }) => {
          if (sid !== null && conferenceSid !== null) await conferences.remove(conferenceSid, sid);
          else if (sid !== null) await ports.endLeg(sid);
        }),
      );
    },
  };
}

function numberOf({ to }: Seat): string {
  if (to === null) throw seatRefused('There is no number to call for this seat.', NAME_NUMBER);
  return to;
}

const TRY_OTHER = 'Choose another way to the seat in the settings.';

const NAME_NUMBER = 'Enter the number in the settings, or choose another way to the seat.';
