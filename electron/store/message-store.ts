import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Direction } from '../core/call.ts';
import type { MessageEvent } from '../core/events.ts';
import type { Message, MessageMedia, MessageNames, MessageStatus } from '../core/message.ts';
import type { PhoneNumber } from '../core/phone-number.ts';
import { createWriteQueue } from './write-queue.ts';

/** What is kept of messages: each as it was last known. */
export type MessageStore = {
  /** Keeps an event. One that cannot be written now (a full disk) is kept in memory and tried again. */
  readonly append: (event: MessageEvent) => void;
  /** The last messages with a number, or with anybody for null: the newest is the last. */
  readonly conversation: (number: PhoneNumber | null, limit: number) => Message[];
  /** The message of either name; null when there is none. */
  readonly find: (names: MessageNames) => Message | null;
  /** Writes what waits. The database is closed by who opened it. */
  readonly close: () => void;
};

type Row = {
  readonly id: string;
  readonly sid: string | null;
  readonly direction: Direction;
  readonly them: string;
  readonly ours: string;
  readonly body: string;
  readonly media: string;
  readonly status: MessageStatus;
  readonly at: number;
  readonly code: string | null;
};

/**
 * Builds the store over an open database.
 * @param onWritable told when writing fails (false) and when everything is written again (true)
 */
export function createMessageStore(
  database: DatabaseSyncInstance,
  onWritable: (writable: boolean) => void,
): MessageStore {
  const statements = {
    // A message that came in twice has one name at Twilio, and is kept once.
    begin: database.prepare(
      `INSERT OR IGNORE INTO messages (id, sid, direction, them, ours, body, media, status, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    name: database.prepare('UPDATE OR IGNORE messages SET sid = ?, status = ? WHERE id = ?'),
    status: database.prepare('UPDATE messages SET status = ?, code = ? WHERE id = ?'),
    find: database.prepare('SELECT * FROM messages WHERE id = ? OR sid = ?'),
    last: database.prepare('SELECT * FROM messages ORDER BY at DESC, rowid DESC LIMIT ?'),
    lastWith: database.prepare(
      'SELECT * FROM messages WHERE them = ? ORDER BY at DESC, rowid DESC LIMIT ?',
    ),
  };

  const begin = (event: MessageEvent, status: MessageStatus): void => {
    const { messageId, messageSid, direction, from, to, body, media, at } = event;
    const [them, ours] = direction === 'inbound' ? [from, to] : [to, from];
    const files = JSON.stringify(media);
    statements.begin.run(messageId, messageSid, direction, them, ours, body, files, status, at);
  };

  const write = (event: MessageEvent): void => {
    if (event.event === 'message-requested') begin(event, 'requested');
    else if (event.event === 'message-received') begin(event, 'received');
    else if (event.event === 'message-sent') {
      begin(event, event.status);
      statements.name.run(event.messageSid, event.status, event.messageId);
    } else {
      const { status, problem, messageId } = event;
      statements.status.run(status, problem?.code ?? null, messageId);
    }
  };
  const queue = createWriteQueue(database, write, onWritable);

  return {
    append: queue.push,
    conversation: (number, limit) => {
      const rows =
        number === null ? statements.last.all(limit) : statements.lastWith.all(number, limit);
      return (rows as Row[]).map(messageOf).reverse();
    },
    find: ({ id, sid }) => {
      try {
        const row = statements.find.get(id, sid) as Row | undefined;
        return row === undefined ? null : messageOf(row);
      } catch {
        // A message that comes in must not be lost for want of its past.
        return null;
      }
    },
    close: queue.flush,
  };
}

function messageOf({ media, ...row }: Row): Message {
  return { ...row, media: JSON.parse(media) as MessageMedia[] };
}
