import pino from 'pino';
import type { Log } from '../../electron/log.ts';

/** A log that is read instead of printed. */
export type RecordingLog = { readonly log: Log; readonly messages: readonly string[] };

/** Makes a log that keeps its messages. */
export function recordingLog(): RecordingLog {
  const messages: string[] = [];
  const write = (line: string): void => {
    messages.push((JSON.parse(line) as { msg: string }).msg);
  };
  return { log: pino({ level: 'debug' }, { write }), messages };
}
