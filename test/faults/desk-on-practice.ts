import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, createApp } from '../../electron/app.ts';
import type { Call, EndedCall } from '../../electron/core/call.ts';
import type { Command, CommandName } from '../../electron/core/commands.ts';
import type { ToldEvent } from '../../electron/core/events.ts';
import type { Outcome } from '../../electron/core/outcome.ts';
import type { PracticeCall } from '../../electron/practice/call.ts';
import type { Person } from '../../electron/practice/person.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import type { Pretences } from '../../electron/practice/pretences.ts';
import type { Script } from '../../electron/practice/script.ts';
import type { WebhookTraffic } from '../../electron/practice/traffic.ts';
import { createLocalSpeaker } from '../../electron/speech/speaker.ts';
import { createSpeech } from '../../electron/speech/speech.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { fastClock } from '../practice/fast-clock.ts';
import { testPerson } from '../practice/people.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { amplitudeAt } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { configOf } from './practice-config.ts';

/** How much faster than real both sides run when not told. */
const SPEED = 10;

/** What a person hums, in Hz. */
export const HUM_HZ = 440;

/** The two tones of the key 5, in Hz. Source: ITU-T Q.23. */
const KEY_5_HZ = [770, 1336];

/** Hums on and on. */
export const HUM: Script = [
  { do: 'repeat', times: 10_000, steps: [{ do: 'tone', hz: HUM_HZ, ms: 1000 }] },
];

/** Somebody who answers at once and hums. */
export const hummer = testPerson({ script: HUM, verified: true });

/** The whole app with a Twilio account that the practice line stands in for. */
export type FaultDesk = {
  readonly practice: PracticeLine;
  readonly app: App;
  /** Everything that was told, in order. */
  readonly events: readonly ToldEvent[];
  /** What the practice line asked the app. */
  readonly asked: readonly WebhookTraffic[];
  /** Calls that rang at Twilio. */
  readonly twilio: ReadonlyMap<string, PracticeCall>;
  /** Runs a command that must be accepted. */
  readonly run: <Name extends CommandName>(
    command: Extract<Command, { command: Name }>,
  ) => Promise<Extract<Outcome<Name>, { ok: true }>>;
  /** Runs a command that must be refused. @returns the problem's kind */
  readonly refused: (command: Command) => Promise<string>;
  /** The call of this SID or id in the state; the first one when none is named. */
  readonly call: (name?: string) => Call | undefined;
  /** What was told of a call: names of events, of its end with the reason. */
  readonly told: (name?: string) => string[];
  /** Waits until a call has come so far. */
  readonly comes: (status: Call['status'], name?: string) => Promise<void>;
  /** Dials somebody and waits until they are heard. @returns Twilio's name of the call */
  readonly talk: (number?: string) => Promise<string>;
  /** Somebody calls, and it rings here. */
  readonly ringIn: (number?: string) => Promise<string>;
  /** Somebody calls and is answered and heard. */
  readonly takeIn: (number?: string) => Promise<string>;
  /** Waits until a sound of a call goes both ways from now on. */
  readonly soundFlows: (callSid: string) => Promise<void>;
  /** Waits for so long on the clock both sides share. */
  readonly passes: (ms: number) => Promise<void>;
  /** Closes the app and reads what it has kept. */
  readonly history: () => Promise<EndedCall[]>;
};

/** What a test may choose. */
type FaultOptions = {
  readonly people?: readonly Person[];
  readonly pretend?: Partial<Pretences>;
  /** Our number as the account's owner wrote it down. */
  readonly number?: string;
  /** How much faster than real both sides run; ten times by default. */
  readonly speed?: number;
};

/** Opens a practice line and an app on it. */
export async function openFaultDesk(options: FaultOptions = {}): Promise<FaultDesk> {
  const { people = [hummer], pretend = {}, speed = SPEED } = options;
  const clock = fastClock(speed);
  const dataDir = tempFolder();
  const speech = createSpeech(createLocalSpeaker(import.meta.filename));
  const practice = await createPracticeLine({ clock, log: quietLog, people, speech });
  onTestFinished(() => practice.close());
  practice.pretend(pretend);
  const asked: WebhookTraffic[] = [];
  const twilio = new Map<string, PracticeCall>();
  practice.traffic.on(traffic => {
    if (traffic.event === 'webhook-sent') asked.push(traffic);
    else if (traffic.event === 'call-ringing') twilio.set(traffic.call.sid, traffic.call);
  });
  const app = await createApp({
    config: configOf(practice, options.number ?? practice.number),
    dataDir,
    clock,
    log: quietLog,
    helpers: null,
    sound: null,
    userName: 'Robin',
    secrets: null,
    takesMessages: false,
    updater: null,
    diagnostics: null,
    onShutDown: () => {},
  });
  onTestFinished(() => app.close());
  const events: ToldEvent[] = [];
  app.steps.on(({ event }) => events.push(event));
  await app.open();

  const call: FaultDesk['call'] = name =>
    app.state().calls.find(({ id, sid }) => name === undefined || id === name || sid === name);
  const run: FaultDesk['run'] = async command => {
    const outcome = await app.run(command);
    if (!outcome.ok) throw new Error(`${command.command}: ${outcome.problem.message}`);
    return outcome as never;
  };
  const comes: FaultDesk['comes'] = (status, name) => until(() => call(name)?.status === status);
  const heard = (sid: string): boolean => {
    const found = call(sid);
    return found?.status === 'live' && found.stream;
  };
  const ringIn = async (number?: string): Promise<string> => {
    const { callSid } = await practice.ringIn(number);
    await comes('ringing', callSid);
    return callSid;
  };
  return {
    practice,
    app,
    events,
    asked,
    twilio,
    run,
    refused: async command => {
      const outcome = await app.run(command);
      return outcome.ok ? 'accepted' : outcome.problem.kind;
    },
    call,
    told: name => {
      const id = call(name)?.id;
      return events.flatMap(event => {
        if (!('callId' in event) || event.callId !== id || !/^call-/.test(event.event)) return [];
        return [event.event === 'call-ended' ? `ended ${event.reason}` : event.event.slice(5)];
      });
    },
    comes,
    talk: async (number = people[0]?.number ?? '') => {
      const { callId } = await run({ command: 'dial', to: number });
      await until(() => heard(call(callId)?.sid ?? ''));
      return call(callId)?.sid ?? '';
    },
    ringIn,
    takeIn: async number => {
      const callSid = await ringIn(number);
      await run({ command: 'answer', callSid });
      await until(() => heard(callSid));
      return callSid;
    },
    soundFlows: async callSid => {
      await until(() => heard(callSid));
      const id = call(callSid)?.id ?? '';
      const framesHere = (await theirLevels(app, id)).length;
      const heardThere = practice.heardBy(callSid)?.length ?? 0;
      await run({ command: 'send-digits', callSid, digits: '555' });
      await until(async () => {
        const here = (await theirLevels(app, id)).subarray(framesHere);
        const there = practice.heardBy(callSid)?.subarray(heardThere) ?? [];
        const keyIsHeard = KEY_5_HZ.every(hz => amplitudeAt(there, hz) > 200);
        return keyIsHeard && here.some(level => level > 100);
      });
    },
    passes: ms => new Promise(resolve => clock.after(ms, () => resolve())),
    history: async () => {
      await app.close();
      const { database } = openDatabase(join(dataDir, 'earshot.db'), 'test');
      const store = createCallStore(database, () => {});
      const calls = store.history('', 100);
      store.close();
      return calls;
    },
  };
}

/** Why calls ended, each with its direction. */
export function outcomes(calls: readonly EndedCall[]): string[] {
  return calls.map(({ direction, reason }) => `${direction} ${reason}`);
}

/** The levels of the other side of a call so far, one per 20 ms. */
async function theirLevels(app: App, callId: string): Promise<Uint8Array> {
  return (await app.waveform(callId, 1, 0, 20_000))?.them ?? new Uint8Array(0);
}
