import { setMaxListeners } from 'node:events';
import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/emitter.ts';
import type { Scene } from '../core/room.ts';
import { Scope } from '../core/scope.ts';
import type { Log } from '../log.ts';
import { createSpeakerHere, createSpeech, type Speech } from '../speech/speech.ts';
import { addressBook } from './address-book.ts';
import { startAgentProgram } from './agent-program.ts';
import { type Alert, Alerts } from './alerts.ts';
import { programAt } from './app-leg.ts';
import { Applications } from './applications.ts';
import type { PracticeCall } from './call.ts';
import { CallTable } from './call-table.ts';
import { createCallerIds } from './caller-ids.ts';
import { Conferences } from './conferences.ts';
import { type ApiKey, createCredentials } from './credentials.ts';
import { type ForeignApp, startForeignApp } from './foreign-app.ts';
import { cutStreams, type Line, signingToken } from './line.ts';
import type { LineNumber } from './line-number.ts';
import { type Message, MessageBook } from './message-book.ts';
import { textIn } from './message-in.ts';
import { createOwnNumbers } from './own-numbers.ts';
import { agents } from './people/agents.ts';
import { people as everybody } from './people/people.ts';
import { nobody, type Person } from './person.ts';
import { CurrentPretences, type Pretences } from './pretences.ts';
import { Queues } from './queue.ts';
import { RecordingBook } from './recording-book.ts';
import { createRestServer } from './rest-server.ts';
import { ringIn } from './ring-in.ts';
import { observed, type Traffic } from './traffic.ts';
import { createWebhooks } from './webhooks.ts';

/** What a practice line is made with. */
export type PracticeLineOptions = {
  readonly clock: Clock;
  readonly log: Log;
  /** Port of the REST server on loopback; 0, the default, takes any free one. */
  readonly port?: number;
  /** The voices; the default speaks in a worker thread where the bundle has one. Closed with the line. */
  readonly speech?: Speech;
  /** The first number's webhooks at the start; none by default. */
  readonly webhooks?: Partial<Pick<LineNumber, 'voiceUrl' | 'smsUrl' | 'statusCallback'>>;
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
  /** Does what the auth token does. */
  readonly apiKey: ApiKey;
  /** Our own number; the first of `numbers`. */
  readonly number: string;
  /** All numbers of ours; not every one takes calls. */
  readonly numbers: readonly string[];
  /** A voice agent's program to give calls to, `ws://127.0.0.1:<port>/`: Booker, who takes bookings. */
  readonly agentUrl: string;
  /** Who can be called. */
  readonly directory: readonly Pick<Person, 'number' | 'name' | 'about'>[];
  /** The name of whoever has a number or an address; null for nobody. */
  nameOf(address: string): string | null;
  /** A scripted person (the first of the directory by default) calls a number of ours. Rejects for a number nobody has, or that takes no calls. */
  ringIn(number?: string, to?: string): Promise<{ readonly callSid: string }>;
  /** A call of another application of the account begins, which nobody here had asked for. It goes on until a person hangs up. The customer with the number `from` calls, or each in turn; rejects for any other number. @returns the customer's call */
  scene(kind: Scene, from?: string): Promise<{ readonly callSid: string }>;
  /** What the far person heard since the answer: 8 kHz samples, silence where nothing came; null for an unknown call. Of ended calls the latest 20 keep their sound. */
  heardBy(callSid: string): Int16Array | null;
  /** What the far person said since the stream began (since the answer before that): 8 kHz samples; null for an unknown call. */
  saidBy(callSid: string): Int16Array | null;
  /** The far person presses keys, one every 200 ms; `w` waits as long. */
  sendDigits(callSid: string, digits: string): void;
  /** The far person hangs up now; before the answer they give up calling, or refuse to be called. */
  farHangUp(callSid: string): void;
  /** The far person says these 8 kHz samples as soon as they are connected and goes on with their script afterwards; resolves then. Rejects when there is no such call. */
  play(callSid: string, samples: Int16Array): Promise<void>;
  /** Like `play`, with the person's own voice. */
  say(callSid: string, text: string): Promise<void>;
  /** Somebody (the first of the directory by default) texts a number of ours. Throws for a number that is not ours. */
  textIn(
    body: string,
    from?: string,
    mediaUrls?: readonly string[],
    to?: string,
  ): { readonly messageSid: string };
  /** Every text message, the latest first. */
  messages(): readonly Message[];
  /** Everything that happens on the line, as it happens. */
  readonly traffic: Pick<Emitter<Traffic>, 'on'>;
  /** What Twilio's debugger would show, oldest first; the latest 200. */
  alerts(): readonly Alert[];
  /** Pretends another account or a fault of Twilio's from now on; what is not named stays as it is. */
  pretend(change: Partial<Pretences>): void;
  /** Cuts every open stream as a lost connection does; the calls go on with their next verb. */
  loseStreams(): void;
  /** Ends every call and leaves nothing behind. */
  close(): Promise<void>;
};

const TAPE_MS = 10 * 60 * 1000;

/** Opens a practice line. */
export async function createPracticeLine(options: PracticeLineOptions): Promise<PracticeLine> {
  const { clock, log, people = everybody } = options;
  const closing = new AbortController();
  // Every request under way listens, however many calls there are.
  setMaxListeners(0, closing.signal);
  const credentials = createCredentials();
  const { accountSid, apiKey, authToken } = credentials;
  const numbers = createOwnNumbers(clock.now());
  const number = numbers[0];
  if (number === undefined) throw new Error('The practice line has no number');
  Object.assign(number, options.webhooks);
  const everyoneAt = addressBook([...agents, ...people]);
  const complain = (error: unknown): void =>
    log.error({ error: String(error) }, 'The practice line had an error');
  const traffic = new Emitter<Traffic>(complain);
  let apiUrl = '';
  const line: Line = {
    clock,
    log,
    authToken,
    accountSid,
    credentials,
    createdAt: clock.now(),
    number,
    numbers,
    callerIds: createCallerIds(people),
    pretences: new CurrentPretences(),
    calls: new CallTable(),
    applications: new Applications(),
    alerts: new Alerts(),
    webhooks: observed(
      createWebhooks({
        clock,
        authToken: () => signingToken(line),
        reachable: () => !line.pretences.now.unreachable,
      }),
      traffic,
    ),
    queues: new Queues(clock.now, complain),
    conferences: new Conferences(),
    messages: new MessageBook(),
    recordings: new RecordingBook(),
    traffic,
    apiUrl: () => apiUrl,
    speech: options.speech ?? createSpeech(createSpeakerHere(log)),
    personAt: to => programAt(line, to) ?? everyoneAt(to) ?? nobody(to),
    tapeMs: options.tapeMs ?? TAPE_MS,
    running: new Set(),
    openStreams: new Set(),
    closing: closing.signal,
  };
  const rest = await createRestServer(line, options.port ?? 0);
  apiUrl = rest.url;

  const scope = new Scope(error =>
    log.error({ error: String(error) }, 'The practice line did not close cleanly'),
  );
  scope.add(() => line.speech.close());
  scope.add(() => line.webhooks.close());
  const program = await startAgentProgram({
    clock,
    log,
    speak: (text, voice) => line.speech.speak(text, voice),
  });
  scope.add(() => program.close());
  scope.add(async () => {
    closing.abort();
    for (const call of line.calls.list()) call.end('canceled');
    await Promise.all(line.running);
  });
  scope.add(() => rest.close());
  let foreignApp: Promise<ForeignApp> | undefined;

  return {
    apiUrl: rest.url,
    accountSid,
    authToken,
    apiKey,
    number: number.phoneNumber,
    numbers: numbers.map(own => own.phoneNumber),
    agentUrl: program.url,
    nameOf: address => everyoneAt(address)?.name ?? null,
    directory: people.map(({ number, name, about }) => ({ number, name, about })),
    async ringIn(from, to) {
      const person = from === undefined ? people[0] : people.find(one => one.number === from);
      if (person === undefined) throw new Error('Nobody on the practice line has this number');
      if (scope.closed) throw new Error('The practice line is closed');
      return { callSid: ringIn(line, person, to).sid };
    },
    async scene(kind, from) {
      foreignApp ??= startForeignApp(line, program.url).then(app => {
        scope.add(() => app.close());
        return app;
      });
      const app = await foreignApp;
      if (scope.closed) throw new Error('The practice line is closed');
      return { callSid: app.play(kind, from).sid };
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
    play: async (callSid, samples) => openCallAt(line, callSid).leg.interject(samples),
    async say(callSid, text) {
      const { leg, person, over } = openCallAt(line, callSid);
      await leg.interject(await line.speech.speak(text, person.voice), text);
      if (!over.aborted) leg.sentences.emit(text);
    },
    textIn(body, from = people[0]?.number ?? '', mediaUrls = [], to = number.phoneNumber) {
      const own = numbers.find(({ phoneNumber }) => phoneNumber === to);
      if (own === undefined) throw new Error('This is no number of ours');
      return { messageSid: textIn(line, own, { from, body, mediaUrls }).sid };
    },
    messages: () => line.messages.list(),
    traffic,
    alerts: () => line.alerts.list(),
    pretend(change) {
      const wasReachable = !line.pretences.now.unreachable;
      line.pretences.change(change);
      if (wasReachable && line.pretences.now.unreachable) cutStreams(line);
    },
    loseStreams: () => cutStreams(line),
    close: () => scope.close(),
  };
}

function openCallAt(line: Line, callSid: string): PracticeCall {
  const call = line.calls.get(callSid);
  if (call === undefined || call.over.aborted) throw new Error('There is no such call');
  return call;
}
