import { type ApplicationRest, createApplicationRest } from './application-rest.ts';
import { type ConferenceRest, createConferenceRest } from './conference-rest.ts';
import { createQueueRest, type QueueRest } from './queue-rest.ts';
import type { Client } from './rest-client.ts';
import { onlyRelay } from './room-problems.ts';
import { createStreamRest, type StreamRest } from './stream-rest.ts';

/** What is asked of Twilio about calls of others. */
export type RoomRest = {
  readonly conferences: ConferenceRest;
  readonly streams: StreamRest;
  readonly queues: QueueRest;
  readonly applications: ApplicationRest;
};

/** All of it through Twilio's own client. */
export function createRoomRest(client: Client): RoomRest {
  return {
    conferences: createConferenceRest(client),
    streams: createStreamRest(client),
    queues: createQueueRest(client),
    applications: createApplicationRest(client),
  };
}

const refuse = async (): Promise<never> => {
  throw onlyRelay();
};

/** Where only a relay is known: everything is refused. */
export const NO_ROOM_REST: RoomRest = {
  conferences: {
    list: refuse,
    participants: refuse,
    named: refuse,
    nameOf: refuse,
    change: refuse,
    remove: refuse,
    create: refuse,
  },
  streams: { start: refuse, stop: refuse },
  queues: { members: refuse, take: refuse },
  applications: { named: refuse, create: refuse, point: refuse, remove: refuse },
};
