import pino, { type Logger } from 'pino';

/** How much the log tells; `warning` is pino's `warn`. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/**
 * The log. Messages are fixed sentences and values go into the object beside them; nothing a
 * person said, dialled or keeps secret may be given to it.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Fields that are blanked wherever they stand, should one slip in. */
const PRIVATE_FIELDS = ['from', 'to', 'number', 'digits', 'text', 'token', 'authToken', 'body'];

/** Writes JSON lines to standard error, so that standard output stays free for the headless contract. */
export function createLog(level: LogLevel): Log {
  return pino(
    {
      level: level === 'warning' ? 'warn' : level,
      base: null,
      serializers: { err: withoutRequest },
      redact: {
        paths: PRIVATE_FIELDS.flatMap(field => [field, `*.${field}`]),
        censor: '[private]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** What an error says of itself. Those of HTTP clients also carry their request, with its password. */
function withoutRequest(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack };
}
