import type { Clock } from '../core/clock.ts';
import type { Log } from '../log.ts';
import type { Speech } from '../speech/speech.ts';
import type { Alerts } from './alerts.ts';
import { type CallOptions, PracticeCall } from './call.ts';
import type { CallTable } from './call-table.ts';
import type { LineNumber } from './line-number.ts';
import type { Person } from './person.ts';
import type { Webhooks } from './webhooks.ts';

/** What all parts of one practice line share. */
export type Line = {
  readonly clock: Clock;
  readonly log: Log;
  readonly accountSid: string;
  readonly authToken: string;
  /** When the account was made, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly number: LineNumber;
  readonly calls: CallTable;
  readonly alerts: Alerts;
  readonly webhooks: Webhooks;
  readonly speech: Speech;
  /** The person who answers a number; somebody who fails for a number nobody has. */
  readonly personAt: (number: string) => Person;
  /** How much of each side of a call is kept, in milliseconds. */
  readonly tapeMs: number;
  /** TwiML that runs now; each entry removes itself when it is over. */
  readonly running: Set<Promise<void>>;
  /** Aborts when the line is closed. */
  readonly closing: AbortSignal;
};

/** Begins a call and enters it into the table. */
export function openCall(
  line: Line,
  call: Pick<CallOptions, 'direction' | 'from' | 'to' | 'parentSid' | 'person'>,
): PracticeCall {
  const opened = new PracticeCall({
    ...call,
    clock: line.clock,
    speech: line.speech,
    tapeMs: line.tapeMs,
    onError: error => line.log.error({ error: String(error) }, 'A practice call had an error'),
  });
  line.calls.add(opened);
  return opened;
}

/** Remembers what went wrong on a call under Twilio's error code. */
export function alert(line: Line, call: PracticeCall, code: number, text: string): void {
  line.alerts.add({ code, callSid: call.sid, text, at: line.clock.now() });
  line.log.debug({ code, callSid: call.sid }, 'The practice line noticed a mistake of the app');
}
