import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../core/clock.ts';
import { Scope } from '../core/scope.ts';
import type { Log } from '../log.ts';
import { createSpeakerHere, createSpeech, type Speech } from '../speech/speech.ts';
import { type Alert, Alerts } from './alerts.ts';
import { CallTable } from './call-table.ts';
import type { Line } from './line.ts';
import { createLineNumber } from './line-number.ts';
import { people as everybody } from './people/people.ts';
import { nobody, type Person } from './person.ts';
import { createRestServer } from './rest-server.ts';
import { ringIn } from './ring-in.ts';
import { createSid } from './sid.ts';
import { createWebhooks } from './webhooks.ts';

/** What a practice line is made with. */
export type PracticeLineOptions = {
  readonly clock: Clock;
  readonly log: Log;
  /** Port of the REST server on loopback; 0, the default, takes any free one. */
  readonly port?: number;
  /** The voices; the default speaks in a worker thread where the bundle has one. Closed with the line. */
  readonly speech?: Speech;
  /** Who can be called; the first one rings in by default. */
  readonly people?: readonly Person[];
  /** How much of the end of each side of a call is kept, in milliseconds; ten minutes by default. */
  readonly tapeMs?: number;
};

/** A Twilio work-alike on loopback with scripted people on it. */
export type PracticeLine = {
  /** Stands in for https://api.twilio.com: `http://127.0.0.1:<port>`. */
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Our own number. */
  readonly number: string;
  /** Who can be called. */
  readonly directory: readonly Pick<Person, 'number' | 'name' | 'about'>[];
  /** A scripted person (the first of the directory by default) calls our number. Rejects for a number nobody has. */
  ringIn(number?: string): Promise<{ readonly callSid: string }>;
  /** What the far person heard since the answer: 8 kHz samples, silence where nothing came; null for an unknown call. Of ended calls the latest 20 keep their sound. */
  heardBy(callSid: string): Int16Array | null;
  /** What the far person said since the stream began (since the answer before that): 8 kHz samples; null for an unknown call. */
  saidBy(callSid: string): Int16Array | null;
  /** The far person presses keys, one every 200 ms; `w` waits as long. */
  sendDigits(callSid: string, digits: string): void;
  /** The far person hangs up now; before the answer they give up calling, or refuse to be called. */
  farHangUp(callSid: string): void;
  /** What Twilio's debugger would show, oldest first; the latest 200. */
  alerts(): readonly Alert[];
  /** Ends every call and leaves nothing behind. */
  close(): Promise<void>;
};

const OWN_NUMBER = '+14155550100';
const TAPE_MS = 10 * 60 * 1000;

/** Opens a practice line. */
export async function createPracticeLine(options: PracticeLineOptions): Promise<PracticeLine> {
  const { clock, log, people = everybody } = options;
  const closing = new AbortController();
  // Every request under way listens, however many calls there are.
  setMaxListeners(0, closing.signal);
  const authToken = randomBytes(16).toString('hex');
  const byNumber = new Map(people.map(person => [person.number, person]));
  const line: Line = {
    clock,
    log,
    authToken,
    accountSid: createSid('AC'),
    createdAt: clock.now(),
    number: createLineNumber(createSid('PN'), OWN_NUMBER, clock.now()),
    calls: new CallTable(),
    alerts: new Alerts(),
    webhooks: createWebhooks(clock, authToken),
    speech: options.speech ?? createSpeech(createSpeakerHere(log)),
    personAt: number => byNumber.get(number) ?? nobody(number),
    tapeMs: options.tapeMs ?? TAPE_MS,
    running: new Set(),
    closing: closing.signal,
  };
  const rest = await createRestServer(line, options.port ?? 0);

  const scope = new Scope(error =>
    log.error({ error: String(error) }, 'The practice line did not close cleanly'),
  );
  scope.add(() => line.speech.close());
  scope.add(() => line.webhooks.close());
  scope.add(async () => {
    closing.abort();
    for (const call of line.calls.list()) call.end('canceled');
    await Promise.all(line.running);
  });
  scope.add(() => rest.close());

  return {
    apiUrl: rest.url,
    accountSid: line.accountSid,
    authToken,
    number: OWN_NUMBER,
    directory: people.map(({ number, name, about }) => ({ number, name, about })),
    async ringIn(number) {
      const person = number === undefined ? people[0] : byNumber.get(number);
      if (person === undefined) throw new Error('Nobody on the practice line has this number');
      if (scope.closed) throw new Error('The practice line is closed');
      return { callSid: ringIn(line, person).sid };
    },
    heardBy: callSid => line.calls.get(callSid)?.leg.heard.samples() ?? null,
    saidBy: callSid => line.calls.get(callSid)?.leg.said.samples() ?? null,
    sendDigits: (callSid, digits) => line.calls.get(callSid)?.leg.press(digits),
    farHangUp(callSid) {
      const call = line.calls.get(callSid);
      if (call?.status === 'in-progress') call.end('completed');
      else if (call?.direction === 'inbound') call.end('no-answer', 487);
      else call?.end('busy', 486);
    },
    alerts: () => line.alerts.list(),
    close: () => scope.close(),
  };
}
