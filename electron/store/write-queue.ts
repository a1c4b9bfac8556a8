import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** What is to be written, in order. What cannot be written now (a full disk) waits in memory. */
export type WriteQueue<Item> = {
  /** Writes an item, after all that wait. */
  readonly push: (item: Item) => void;
  /** Writes what waits. Throws when the disk refuses. */
  readonly flush: () => void;
  /** What waits, oldest first. */
  readonly waiting: readonly Item[];
};

/**
 * Makes a queue whose items are each written whole or not at all.
 * @param onWritable told when writing fails (false) and when everything is written again (true)
 */
export function createWriteQueue<Item>(
  database: DatabaseSyncInstance,
  write: (item: Item) => void,
  onWritable: (writable: boolean) => void,
): WriteQueue<Item> {
  const waiting: Item[] = [];
  let writable = true;

  const flush = (): void => {
    while (waiting.length > 0) {
      const [item] = waiting;
      if (item === undefined) return;
      database.exec('BEGIN');
      try {
        write(item);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
      waiting.shift();
    }
  };

  return {
    flush,
    waiting,
    push: item => {
      waiting.push(item);
      try {
        flush();
        if (!writable) onWritable(true);
        writable = true;
      } catch {
        if (writable) onWritable(false);
        writable = false;
      }
    },
  };
}
