import { type Clock, within } from '../core/clock.ts';
import { type RoomNews, SEAT_LABEL } from '../core/conference.ts';
import type { LineRooms } from '../core/line-rooms.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { ProblemError } from '../core/problem.ts';
import type { Log } from '../log.ts';
import type { BookedCall, CallBook } from './call-book.ts';
import { createConferenceNews } from './conference-news.ts';
import type { Ending } from './ending.ts';
import { createLegNews } from './leg-news.ts';
import { readLiveAccount } from './live-account.ts';
import type { MediaStream, StreamListener } from './media-stream.ts';
import type { Rest } from './rest.ts';
import { createRoomMoves } from './room-moves.ts';
import { NO_ROOM_REST, type RoomRest } from './room-rest.ts';
import { createSeatApplication } from './seat-application.ts';
import { createSeats, type Seats } from './seats.ts';
import type { WebhookHandler } from './server.ts';
import { createSideStreams } from './side-streams.ts';
import type { StreamPass } from './stream-tokens.ts';
import { hangUpCall } from './twiml.ts';
import { text } from './webhook-fields.ts';
import { ROOM_PATHS } from './webhook-urls.ts';

/** What calls of others need of the world outside the line. */
export type RoomPorts = {
  /** Null when only a relay is known. */
  readonly roomRest: RoomRest | null;
  /** The line's number, which calls seats and people; null when it has none. */
  readonly lineNumber: () => PhoneNumber | null;
  /** Lets calls to another number of the account come here, until the line closes. Rejects with a `ProblemError`. */
  readonly pointSeatNumber: (number: PhoneNumber) => Promise<void>;
  /** Whether an address is that of a desk which is gone. */
  readonly isLeftBehind: (url: string) => Promise<boolean>;
  /** Connects a stream beside a call, which takes no sound. */
  readonly connectMonitor: SidePorts['connectMonitor'];
  /** Connects the sound of a seat. */
  readonly connectSeat: SeatPorts['connectSeat'];
  /** Told at once of what happens to conferences, seats and streams. */
  readonly onRoomNews: (news: RoomNews) => void;
};

type MovePorts = Parameters<typeof createRoomMoves>[0];
type SeatPorts = Parameters<typeof createSeats>[0];
type SidePorts = Parameters<typeof createSideStreams>[0];

/** Calls of others: what is asked of them, and what Twilio asks and tells of them. */
export type Rooms = Pick<Seats, 'incoming' | 'has'> & {
  readonly actions: LineRooms;
  readonly webhooks: ReadonlyMap<string, WebhookHandler>;
  /** What a token lets in for, once; null when it is none of these. */
  readonly passOf: (token: string, callSid: string) => StreamPass | null;
  readonly accept: (stream: MediaStream) => StreamListener;
  /** Whether a call of this desk goes on with others when this desk closes. */
  readonly goesOnWithout: (call: Pick<BookedCall, 'sid' | 'away'>) => Promise<boolean>;
  /** Leaves every conference and listens to nothing any more. */
  readonly close: () => Promise<void>;
};

/** What building them needs of the line. */
type Parts = Omit<MovePorts, 'queues' | 'onNews' | 'number' | 'rest'> &
  Pick<SeatPorts, 'tokens' | 'isTrial'> &
  RoomPorts & {
    readonly clock: Clock;
    readonly log: Log;
    readonly book: CallBook;
    readonly ending: Ending;
    readonly rest: Pick<Rest, 'dial' | 'end' | 'fetch' | 'redirect' | 'liveCalls'>;
  };

/** How long leaving may take when the line closes. */
const GOODBYE_LIMIT_MS = 3000;

/** Builds what takes part in calls of others. */
export function createRooms(ports: Parts): Rooms {
  const { clock, log, rest, book, urls, places, onRoomNews, lineNumber } = ports;
  const roomRest = ports.roomRest ?? NO_ROOM_REST;
  const { conferences } = roomRest;
  const more = { ...ports, roomRest, number: lineNumber, onNews: onRoomNews };

  const application = createSeatApplication({
    rest: roomRest.applications,
    url: urls.seat,
    isLeftBehind: ports.isLeftBehind,
  });
  const endLeg = (callSid: string) => rest.end(callSid, 'completed');
  const seats = createSeats({ ...more, application, endLeg });
  const sides = createSideStreams({ ...more, rest: roomRest.streams });
  const moves = createRoomMoves({ ...more, queues: roomRest.queues });
  const conferenceNews = createConferenceNews({ clock, log, onNews: onRoomNews });
  const legNews = createLegNews(onRoomNews, (callSid, isOver) => {
    if (isOver) seats.over(callSid);
  });

  const room: WebhookHandler = async ({ params, query }) => {
    const { seat } = query;
    if (seat !== undefined && !seats.isWanted(seat)) return hangUpCall();
    const call = book.bySid(text(params['CallSid']));
    if (call?.endedHere === true) return hangUpCall();
    if (call !== undefined) ports.watch.seen(call);
    return places.room(query);
  };

  return {
    incoming: seats.incoming,
    has: seats.has,
    actions: {
      read: () => readLiveAccount({ clock, rest, roomRest, isSeat: seats.has }),
      participants: conferences.participants,
      conferenceNamed: conferences.named,
      change: conferences.change,
      remove: conferences.remove,
      add: (conference, to, { label, from }) =>
        conferences.create(conference, {
          to,
          from,
          label,
          muted: false,
          starts: true,
          legCallback: urls.leg(),
          conferenceCallback: urls.conference(),
          isSeat: false,
        }),
      takeSeat: seats.take,
      closeSeat: seats.close,
      startStream: sides.start,
      stopStream: sides.stop,
      moveIntoRoom: moves.moveIntoRoom,
      dialInstead: moves.dialInstead,
      pickUp: moves.pickUp,
      end: async callSid => {
        const call = book.bySid(callSid);
        if (call === undefined) await endLeg(callSid);
        else await ports.ending.hangUp(call);
      },
    },
    webhooks: new Map<string, WebhookHandler>([
      [ROOM_PATHS.seat, seats.serve],
      [ROOM_PATHS.room, room],
      [ROOM_PATHS.conference, conferenceNews.hear],
      [ROOM_PATHS.leg, legNews.hear],
      [ROOM_PATHS.monitor, sides.hear],
      [ROOM_PATHS.transfer, moves.transfer],
      [ROOM_PATHS.transferAnswered, moves.transferAnswered],
      [ROOM_PATHS.transferOver, moves.transferOver],
    ]),
    passOf: (token, callSid) => seats.passOf(token, callSid) ?? sides.passOf(token, callSid),
    accept: stream => (stream.purpose === 'seat' ? seats.accept(stream) : sides.accept(stream)),
    goesOnWithout: async ({ sid, away }) => {
      if (away === null || sid === null) return false;
      if (away.in === 'transfer') return true;
      const found = await conferences.named(away.name);
      const there = found === null ? [] : await conferences.participants(found);
      return there.some(
        ({ callSid, label, status }) =>
          callSid !== sid && !label.startsWith(SEAT_LABEL) && status === 'joined',
      );
    },
    close: async () => {
      conferenceNews.close();
      const deleted = application.close().catch((error: unknown) => {
        const code = error instanceof ProblemError ? error.problem.code : undefined;
        log.warn({ code }, 'the application of this desk’s seats was not deleted');
      });
      const left = Promise.allSettled([seats.closeAll(), sides.closeAll(), deleted]);
      await within(clock, GOODBYE_LIMIT_MS, left);
    },
  };
}
