import type { Clock } from '../../electron/core/clock.ts';
import {
  type Conference,
  type ListedCall,
  type Participant,
  type RoomNews,
  SEAT_LABEL,
  type StreamPurpose,
} from '../../electron/core/conference.ts';
import type { LineRooms } from '../../electron/core/line-rooms.ts';
import { ProblemError, type ProblemKind } from '../../electron/core/problem.ts';

/** What goes wrong with one request: nothing, before it takes effect, or only its reply is lost. */
export type Fault = 'refused' | 'not-sent' | 'reply-lost' | null;

/** How the model behaves from now on. */
export type Weather = {
  /** How long a request takes to arrive, and its reply to come back, in ms. */
  delayMs: (request: string) => number;
  fault: (request: string) => Fault;
  /** How long news takes, in ms; null: it never comes. */
  newsMs: (news: RoomNews) => number | null;
  /** How long sound stands in the connection before Twilio has it, in ms. */
  standMs: number;
};

type Person = {
  sid: string;
  label: string;
  muted: boolean;
  held: boolean;
  coaching: string | null;
  status: 'ringing' | 'joined';
  /** The call whose seat this is. */
  seatOf: string | null;
  stream: boolean;
};

type Room = { sid: string; name: string; people: Map<string, Person> };

type Stream = { sid: string; callSid: string; callId: string; purpose: StreamPurpose };

/** How long after the end of the leg it coached a seat is heard by all, in ms: the worst that may be. */
const FALL_THROUGH_MS = 150;

/** How long after what others did its trace may still be on its way to those who hear, in ms. */
export const SOUND_MS = 100;

/**
 * The conferences, legs and streams of an account, as far as supervision can see them: in memory,
 * with delays and failures to order, and with the one thing Twilio does not tell: who would hear.
 */
export function twilioModel(clock: Clock, weather: Weather, tell: (news: RoomNews) => void) {
  const rooms = new Map<string, Room>();
  const legs = new Map<string, { parentSid: string | null; to: string }>();
  const streams = new Map<string, Stream>();
  const fallsAt = new Map<string, number>();
  /** What others did that was not told yet, and when it was hidden. */
  const untold = new Map<string, number | null>();
  /** Legs that are on hold by order of this desk. */
  const heldHere = new Set<string>();
  const closedSeats = new Set<string>();
  const refusedWays = new Set<string>();
  const asked: string[] = [];
  let count = 0;
  let sequence = 0;
  let order = 0;
  const newSid = (kind: string): string => `${kind}${String(++count).padStart(32, '0')}`;

  const wait = (ms: number): Promise<void> =>
    ms === 0 ? Promise.resolve() : new Promise(resume => clock.after(ms, resume));

  /** One request: it travels, has its effect, and its reply travels back. */
  async function request<Reply>(
    name: string,
    effect: () => Reply,
    tells: (key: string) => boolean = () => false,
  ): Promise<Reply> {
    asked.push(name);
    const fault = weather.fault(name);
    await wait(weather.delayMs(name));
    if (fault === 'refused') throw problem('refused-by-twilio');
    if (fault === 'not-sent') throw problem('twilio-unreachable');
    const reply = effect();
    const at = ++order;
    await wait(weather.delayMs(name));
    if (fault === 'reply-lost') throw problem('twilio-unreachable');
    // What came with a reply is told: who asks knows what others did before.
    for (const [key, since] of hidden) if (since < at && tells(key)) markTold(key);
    return reply;
  }
  /** What is untold, and its place among all that happened. */
  const hidden = new Map<string, number>();
  const markTold = (key: string): void => {
    hidden.delete(key);
    untold.set(key, clock.now());
  };
  const hide = (key: string): void => {
    hidden.set(key, ++order);
    untold.set(key, null);
  };

  const news = (each: RoomNews, keys: readonly string[] = []): void => {
    const ms = weather.newsMs(each);
    if (ms === null) return;
    const deliver = (): void => {
      for (const key of keys) if (hidden.has(key)) markTold(key);
      tell(each);
    };
    if (ms === 0) deliver();
    else clock.after(ms, deliver);
  };
  const participantNews = (
    room: Room,
    { sid, label }: Person,
    change: Extract<RoomNews, { kind: 'participant' }>['change'],
    keys: readonly string[] = [],
  ): void =>
    news(
      {
        kind: 'participant',
        conferenceSid: room.sid,
        conferenceName: room.name,
        callSid: sid,
        label,
        change,
        sequence: ++sequence,
      },
      keys,
    );

  const roomBy = (name: string): Room | undefined =>
    rooms.get(name) ?? [...rooms.values()].find(each => each.name === name);
  const open = (name: string): Room => {
    const known = roomBy(name);
    if (known !== undefined) return known;
    const room: Room = { sid: newSid('CF'), name, people: new Map() };
    rooms.set(room.sid, room);
    return room;
  };
  const facts = (room: Room, person: Person): Participant => {
    const { sid, label, muted, held, coaching, status } = person;
    return { callSid: sid, conferenceSid: room.sid, label, muted, held, coaching, status };
  };
  const join = (room: Room, sid: string, label: string, by: 'desk' | 'others'): Person => {
    const person: Person = {
      sid,
      label,
      muted: false,
      held: false,
      coaching: null,
      status: 'joined',
      seatOf: null,
      stream: false,
    };
    room.people.set(sid, person);
    if (by === 'others') hide(sid);
    participantNews(room, person, 'joined', [sid]);
    return person;
  };
  const leaveRoom = (room: Room, person: Person): void => {
    room.people.delete(person.sid);
    heldHere.delete(person.sid);
    participantNews(room, person, 'left');
    if (room.people.size > 0) return;
    rooms.delete(room.sid);
    news({ kind: 'conference-ended', conferenceSid: room.sid, conferenceName: room.name });
  };
  const streamEnds = (stream: Stream): void => {
    streams.delete(stream.sid);
    const { sid: streamSid, callSid, callId, purpose } = stream;
    // A socket closes at once; nothing is faster.
    tell({ kind: 'stream', purpose, callId, callSid, streamSid, on: false, error: null });
  };
  const endLeg = (sid: string): void => {
    if (!legs.delete(sid)) return;
    for (const stream of [...streams.values()]) if (stream.callSid === sid) streamEnds(stream);
    for (const room of [...rooms.values()]) {
      for (const person of room.people.values()) {
        if (person.coaching === sid) fallsAt.set(person.sid, clock.now() + FALL_THROUGH_MS);
      }
      const person = room.people.get(sid);
      if (person !== undefined) leaveRoom(room, person);
    }
    news({ kind: 'leg', callSid: sid, status: 'completed' });
  };
  const seats = (): readonly Person[] =>
    [...rooms.values()].flatMap(room =>
      [...room.people.values()].filter(({ seatOf }) => seatOf !== null),
    );
  const startStream = (callId: string, callSid: string, purpose: StreamPurpose): string => {
    const stream: Stream = { sid: newSid('MZ'), callSid, callId, purpose };
    streams.set(stream.sid, stream);
    const { sid: streamSid } = stream;
    clock.after(10, () => {
      if (!streams.has(streamSid)) return;
      tell({ kind: 'stream', purpose, callId, callSid, streamSid, on: true, error: null });
    });
    return streamSid;
  };
  const present = (conferenceSid: string, sid: string): { room: Room; person: Person } => {
    const room = rooms.get(conferenceSid);
    const person = room?.people.get(sid);
    if (room === undefined || person === undefined) throw problem('call-over');
    return { room, person };
  };

  const line: LineRooms = {
    read: () =>
      request('read', () => ({
        calls: [...legs].map(
          ([sid, { parentSid, to }]): ListedCall => ({
            sid,
            status: 'in-progress',
            direction: parentSid === null ? 'inbound' : 'outbound-dial',
            from: '+14155550177',
            to,
            startedAt: 0,
            parentSid,
          }),
        ),
        conferences: [...rooms.values()].map(
          (room): Conference => ({
            sid: room.sid,
            name: room.name,
            participants: [...room.people.values()].map(each => facts(room, each)),
          }),
        ),
        members: [],
        isCut: false,
      })),
    participants: sid =>
      request(
        'participants',
        () => {
          const room = rooms.get(sid);
          return room === undefined ? [] : [...room.people.values()].map(each => facts(room, each));
        },
        () => true,
      ),
    conferenceNamed: name => request('conferenceNamed', () => roomBy(name)?.sid ?? null),
    change: (conferenceSid, sid, { muted, hold, coaching }) => {
      const about = hold === undefined ? (coaching === undefined ? 'mute' : 'coach') : 'hold';
      return request(
        muted === false ? 'unmute' : about,
        () => {
          const { room, person } = present(conferenceSid, sid);
          if (muted !== undefined) {
            person.muted = muted;
            participantNews(room, person, muted ? 'muted' : 'unmuted');
          }
          if (coaching !== undefined) {
            person.coaching = coaching;
            fallsAt.delete(sid);
            if (coaching !== null && !legs.has(coaching)) fallsAt.set(sid, clock.now());
            participantNews(room, person, 'modified');
          }
          if (hold !== undefined) {
            person.held = hold;
            if (hold) heldHere.add(sid);
            else heldHere.delete(sid);
            participantNews(room, person, hold ? 'held' : 'unheld');
          }
          return facts(room, person);
        },
        key => key === (legs.get(sid)?.to === 'app' ? 'seat' : sid),
      );
    },
    remove: (conferenceSid, sid) =>
      request('remove', () => {
        if (rooms.get(conferenceSid)?.people.has(sid) === true) endLeg(sid);
      }),
    add: (conference, to, { label }) =>
      request('add', () => {
        const room = open(conference);
        const sid = newSid('CA');
        legs.set(sid, { parentSid: null, to });
        if (model.answers) return facts(room, join(room, sid, label, 'others'));
        const participant = {
          callSid: sid,
          conferenceSid: room.sid,
          label,
          status: 'ringing',
        } as const;
        return { ...participant, muted: false, held: false, coaching: null };
      }),
    takeSeat: (callId, conference, { desk, way }) =>
      request('takeSeat', () => {
        if (refusedWays.has(way)) throw problem('seat-refused');
        const room = open(conference);
        const sid = newSid('CA');
        closedSeats.delete(callId);
        legs.set(sid, { parentSid: null, to: way });
        const person = join(room, sid, `${SEAT_LABEL}${desk}`, 'desk');
        Object.assign(person, { muted: true, seatOf: callId });
        if (!model.seatsJoinAtOnce) {
          person.status = 'ringing';
          clock.after(200, () => {
            person.status = 'joined';
          });
        }
        clock.after(model.seatsJoinAtOnce ? 30 : 210, () => {
          if (!legs.has(sid)) return;
          if (closedSeats.has(callId)) endLeg(sid);
          else {
            person.stream = true;
            startStream(callId, sid, 'seat');
          }
        });
        return facts(room, person);
      }),
    closeSeat: callId => {
      closedSeats.add(callId);
      for (const stream of [...streams.values()]) {
        if (stream.callId === callId && stream.purpose === 'seat') endLeg(stream.callSid);
      }
    },
    startStream: (callId, callSid, purpose) =>
      request(`${purpose}-stream`, () => {
        if (!legs.has(callSid)) throw problem('call-over');
        return startStream(callId, callSid, purpose);
      }),
    stopStream: (_callSid, streamSid) =>
      request('stopStream', () => {
        const stream = streams.get(streamSid);
        if (stream !== undefined) streamEnds(stream);
      }),
    moveIntoRoom: (name, sids) =>
      request('moveIntoRoom', () => {
        for (const sid of sids) if (legs.has(sid)) join(open(name), sid, '', 'desk');
      }),
    dialInstead: () => request('dialInstead', () => {}),
    pickUp: () => request('pickUp', () => 'picked'),
    end: sid => request('end', () => endLeg(sid)),
  };

  const model = {
    line,
    /** Whether those who are brought in answer at once; otherwise they ring, unlisted. */
    answers: true,
    /** Whether a seat is in the conference with the reply; otherwise 200 ms later, and nothing tells of it. */
    seatsJoinAtOnce: true,
    asked,
    heldHere,
    refusedWays,
    streams,
    rooms,
    legs,
    /** Seats of this desk that are in a conference. */
    seats,
    /** A leg of the account. */
    addLeg: (parentSid: string | null = null): string => {
      const sid = newSid('CA');
      legs.set(sid, { parentSid, to: '+14155550199' });
      return sid;
    },
    /** People in a conference. */
    conference: (name: string, sids: readonly string[]): string => {
      const room = open(name);
      for (const sid of sids) join(room, sid, '', 'desk');
      return room.sid;
    },
    endLeg,
    /** Somebody whom others bring in. */
    joinBy: (conferenceSid: string): void => {
      const room = rooms.get(conferenceSid);
      if (room === undefined) return;
      const sid = newSid('CA');
      legs.set(sid, { parentSid: null, to: '' });
      join(room, sid, '', 'others');
    },
    /** Another desk or program changes a participant. */
    changedByOthers: (sid: string, change: Partial<Person>): void => {
      for (const room of rooms.values()) {
        const person = room.people.get(sid);
        if (person === undefined) continue;
        Object.assign(person, change);
        if (change.coaching !== undefined) fallsAt.delete(sid);
        if (change.held !== undefined) heldHere.delete(sid);
        const key = person.seatOf === null ? sid : 'seat';
        hide(key);
        if (change.muted !== undefined) {
          participantNews(room, person, change.muted ? 'muted' : 'unmuted', [key]);
        }
        if (change.coaching !== undefined) participantNews(room, person, 'modified', [key]);
        if (change.held !== undefined) {
          participantNews(room, person, change.held ? 'held' : 'unheld', [key]);
        }
      }
    },
    /** The socket of a seat breaks; its leg ends with it. */
    breakSeat: (): void => {
      for (const stream of [...streams.values()]) {
        if (stream.purpose === 'seat') endLeg(stream.callSid);
      }
    },
    /**
     * CallSids of those who hear what the seat of a call sends now. Left out is who came by what others
     * did and nobody could know of yet: until it was told, and as long as sound from before is on its way.
     */
    hearing: (callId: string, sentMsAgo: number): readonly string[] => {
      const isExcused = (key: string): boolean => {
        if (!untold.has(key)) return false;
        const at = untold.get(key) ?? null;
        return at === null || (sentMsAgo > 0 && clock.now() - at <= sentMsAgo);
      };
      for (const room of rooms.values()) {
        for (const seat of room.people.values()) {
          if (seat.seatOf !== callId || seat.muted || seat.held || isExcused('seat')) continue;
          const others = [...room.people.values()].filter(
            ({ sid, seatOf, label, held, status }) =>
              sid !== seat.sid &&
              seatOf === null &&
              !label.startsWith(SEAT_LABEL) &&
              !held &&
              status === 'joined' &&
              !isExcused(sid),
          );
          const falls = fallsAt.get(seat.sid);
          const fallen = falls !== undefined && clock.now() >= falls;
          const hearers =
            seat.coaching === null || fallen
              ? others
              : others.filter(({ sid }) => sid === seat.coaching);
          return hearers.map(({ sid }) => sid);
        }
      }
      return [];
    },
  };
  return model;
}

function problem(kind: ProblemKind): ProblemError {
  return new ProblemError({ kind, message: `The model says ${kind}.`, remedy: 'None.' });
}
