import type { Clock } from '../../electron/core/clock.ts';
import { Emitter } from '../../electron/core/emitter.ts';
import { createLog } from '../../electron/log.ts';
import { Alerts } from '../../electron/practice/alerts.ts';
import { Applications } from '../../electron/practice/applications.ts';
import type { PracticeCall } from '../../electron/practice/call.ts';
import { CallTable } from '../../electron/practice/call-table.ts';
import { Conferences } from '../../electron/practice/conferences.ts';
import { createCredentials } from '../../electron/practice/credentials.ts';
import { type Line, openCall } from '../../electron/practice/line.ts';
import { MessageBook } from '../../electron/practice/message-book.ts';
import { createOwnNumbers } from '../../electron/practice/own-numbers.ts';
import { nobody } from '../../electron/practice/person.ts';
import { CurrentPretences } from '../../electron/practice/pretences.ts';
import { Queues } from '../../electron/practice/queue.ts';
import { RecordingBook } from '../../electron/practice/recording-book.ts';
import type { Script } from '../../electron/practice/script.ts';
import type { Traffic } from '../../electron/practice/traffic.ts';
import { createWebhooks } from '../../electron/practice/webhooks.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { testPerson } from './people.ts';

/** What a line consists of, without its REST server: for what happens on one clock. */
export function bareLine(clock: Clock): Line {
  const log = createLog('error');
  const complain = (error: unknown): void => log.error({ error: String(error) }, 'It broke');
  const credentials = createCredentials();
  const numbers = createOwnNumbers(clock.now());
  const number = numbers[0];
  if (number === undefined) throw new Error('There is no number');
  return {
    clock,
    log,
    credentials,
    accountSid: credentials.accountSid,
    authToken: credentials.authToken,
    createdAt: clock.now(),
    number,
    numbers,
    callerIds: [],
    pretences: new CurrentPretences(),
    applications: new Applications(),
    calls: new CallTable(),
    alerts: new Alerts(),
    webhooks: createWebhooks({
      clock,
      authToken: () => credentials.authToken,
      reachable: () => true,
    }),
    queues: new Queues(clock.now, complain),
    conferences: new Conferences(),
    messages: new MessageBook(),
    recordings: new RecordingBook(),
    traffic: new Emitter<Traffic>(complain),
    apiUrl: () => '',
    speech: createSpeech(createLocalSpeaker(import.meta.filename)),
    personAt: nobody,
    tapeMs: 60_000,
    running: new Set(),
    openStreams: new Set(),
    closing: new AbortController().signal,
  };
}

/** A person whose call rings, and who does this once it is answered. */
export function ringingCall(line: Line, script: Script): PracticeCall {
  const person = testPerson({ script });
  const { number: from } = person;
  return openCall(line, { direction: 'inbound', from, to: line.number.phoneNumber, person });
}

/** A person whose call is answered, and who does this from now on. */
export function answeredCall(line: Line, script: Script): PracticeCall {
  const call = ringingCall(line, script);
  call.answer();
  return call;
}
