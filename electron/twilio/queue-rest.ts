import type { QueueMember } from '../core/conference.ts';
import { problemKind } from './call-watch.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';
import { answerAbout } from './room-problems.ts';

/** The Queues and Members resources, as far as Earshot uses them. Every failure is a `ProblemError`. */
export type QueueRest = {
  /** Everybody who waits in a queue of the account; queues that are empty are not asked about. */
  readonly members: () => Promise<readonly QueueMember[]>;
  /** Takes a call out of its queue: it asks an address what to do. `call-over` when it no longer waits there. */
  readonly take: (queueSid: string, callSid: string, url: string) => Promise<void>;
};

/** How many queues, and of each how many who wait, are read at most. */
const MOST_QUEUES = 100;
const MOST_MEMBERS = 100;

/** Twilio's queues through its own client. */
export function createQueueRest(client: Client): QueueRest {
  const membersOf = async (queueSid: string, queue: string): Promise<QueueMember[]> => {
    const list = client.queues(queueSid).members.list({ limit: MOST_MEMBERS });
    try {
      return (await answerAbout(list)).map(({ callSid, dateEnqueued }) => ({
        callSid,
        queueSid,
        queue,
        since: dateEnqueued.getTime(),
      }));
    } catch (error) {
      if (problemKind(error) === 'call-over') return [];
      throw error;
    }
  };

  return {
    members: async () => {
      const queues = await answerOf(client.queues.list({ limit: MOST_QUEUES }));
      const used = queues.filter(({ currentSize }) => currentSize > 0);
      const members = used.map(({ sid, friendlyName }) => membersOf(sid, friendlyName));
      return (await Promise.all(members)).flat();
    },
    take: async (queueSid, callSid, url) => {
      await answerAbout(client.queues(queueSid).members(callSid).update({ url, method: 'POST' }));
    },
  };
}
