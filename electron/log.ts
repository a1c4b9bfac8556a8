import pino, { type Logger } from 'pino';
import { loggedFields, masked } from './logged-fields.ts';

/** How much the log tells; `warning` is pino's `warn`. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/**
 * The log. Messages are fixed sentences and values go into the object beside them; nothing a
 * person said, dialled or keeps secret may be given to it.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * Writes JSON lines to standard error, so that standard output stays free for the headless contract.
 * Of errors it tells what kind they are and where they came from; at `debug`, for those who look for a
 * fault of their own, also what they say, masked.
 */
export function createLog(level: LogLevel): Log {
  const inWords = level === 'debug';
  return pino(
    {
      level: level === 'warning' ? 'warn' : level,
      base: null,
      // Fields are made fit to be told before pino looks at them; its own view of errors tells too much.
      serializers: { err: (told: unknown) => told },
      hooks: {
        logMethod(words: readonly unknown[], write) {
          const [first, second] = words;
          const sentence = typeof first === 'string' ? first : second;
          const told = typeof sentence === 'string' ? masked(sentence) : undefined;
          const fields =
            typeof first === 'object' && first !== null ? loggedFields(first, inWords) : {};
          write.call(this, fields, told);
        },
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
