import type { Clock } from '../core/clock.ts';
import type { Emitter } from '../core/emitter.ts';
import type { Log } from '../log.ts';
import type { Speech } from '../speech/speech.ts';
import type { Alerts, Exchange } from './alerts.ts';
import type { Applications } from './applications.ts';
import { type CallOptions, PracticeCall } from './call.ts';
import type { CallTable } from './call-table.ts';
import type { CallerId } from './caller-ids.ts';
import type { Conferences } from './conferences.ts';
import type { Credentials } from './credentials.ts';
import type { LineNumber } from './line-number.ts';
import type { MessageBook } from './message-book.ts';
import type { Person } from './person.ts';
import type { CurrentPretences } from './pretences.ts';
import type { Queues } from './queue.ts';
import type { RecordingBook } from './recording-book.ts';
import type { Traffic } from './traffic.ts';
import type { Webhooks } from './webhooks.ts';

/** What all parts of one practice line share. */
export type Line = {
  readonly clock: Clock;
  readonly log: Log;
  readonly accountSid: string;
  readonly authToken: string;
  readonly credentials: Credentials;
  /** When the account was made, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** The number people call unless told otherwise: the first of ours. */
  readonly number: LineNumber;
  /** All numbers of ours. */
  readonly numbers: readonly LineNumber[];
  readonly callerIds: readonly CallerId[];
  readonly pretences: CurrentPretences;
  readonly calls: CallTable;
  readonly applications: Applications;
  readonly alerts: Alerts;
  readonly webhooks: Webhooks;
  readonly queues: Queues;
  readonly conferences: Conferences;
  readonly messages: MessageBook;
  readonly recordings: RecordingBook;
  /** Everything that happens on the line. */
  readonly traffic: Emitter<Traffic>;
  /** The origin of the REST server. */
  readonly apiUrl: () => string;
  readonly speech: Speech;
  /** Who answers a number, an address or an application; somebody who fails where nobody is. */
  readonly personAt: (to: string) => Person;
  /** How much of each side of a call is kept, in milliseconds. */
  readonly tapeMs: number;
  /** TwiML that runs now; each entry removes itself when it is over. */
  readonly running: Set<Promise<void>>;
  /** Cuts each stream that is open now, without a goodbye. */
  readonly openStreams: Set<() => void>;
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
  const tell = (event: 'call-ringing' | 'call-answered' | 'call-ended'): void =>
    line.traffic.emit({ event, call: opened });
  if (opened.status === 'ringing') tell('call-ringing');
  opened.progress.on(progress => {
    if (progress === 'ringing') tell('call-ringing');
    if (progress === 'answered') tell('call-answered');
    if (progress === 'completed') tell('call-ended');
  });
  return opened;
}

/** What requests to the app are signed with now. */
export function signingToken({ credentials, pretences }: Line): string {
  return pretences.now.wrongToken ? credentials.rotatedToken : credentials.authToken;
}

/** Cuts every open stream without a closing handshake; the calls go on with their next verb. */
export function cutStreams({ openStreams }: Line): void {
  for (const cut of [...openStreams]) cut();
}

/** Remembers what went wrong on a call under Twilio's error code. */
export function alert(
  line: Line,
  call: Pick<PracticeCall, 'sid'>,
  code: number,
  text: string,
  exchange?: Exchange,
): void {
  const noticed = line.alerts.add({
    code,
    callSid: call.sid,
    text,
    at: line.clock.now(),
    exchange,
  });
  line.traffic.emit({ event: 'alert', alert: noticed });
  line.log.debug({ code, callSid: call.sid }, 'The practice line noticed a mistake of the app');
}
