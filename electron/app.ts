import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from './audio/engine.ts';
import { createSoundCard, type LaunchDeviceProcess } from './audio/sound-card.ts';
import type { AccountConfig, Config } from './config.ts';
import type { CallId, Party } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import { type Command, type Outcome, parseCommand } from './core/commands.ts';
import { soundFacts } from './core/desk-rules.ts';
import { Emitter } from './core/emitter.ts';
import { type Fact, isCallEvent } from './core/events.ts';
import type { LineState } from './core/line.ts';
import { type Problem, ProblemError } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import type { Signals, Waveform } from './core/signals.ts';
import { soundPlan } from './core/sound-plan.ts';
import { type ConsoleState, findCall } from './core/state.ts';
import { createFactLane, type Step } from './fact-lane.ts';
import type { Log } from './log.ts';
import { createPracticeLine, type PracticeLine } from './practice/practice-line.ts';
import { runCommand } from './run-command.ts';
import { createSpeakerHere, createSpeech } from './speech/speech.ts';
import { createCallStore } from './store/call-store.ts';
import { openDatabase } from './store/database.ts';
import { openSettingsFile } from './store/settings-file.ts';
import { openTwilioLine, type TwilioLine } from './twilio/twilio-line.ts';

/** What the app is built from; the shells differ in nothing else. */
export type AppOptions = {
  readonly config: Config;
  /** Folder for the database and the settings; made when it is missing. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Starts the sound process; null runs without a sound card. */
  readonly launchDevice: LaunchDeviceProcess | null;
  /** Called when a command asks to end the app. */
  readonly onShutDown: () => void;
};

/** The running core: state and signals out, commands in. */
export type App = {
  readonly state: () => ConsoleState;
  readonly steps: Emitter<Step>;
  readonly signals: Emitter<Signals>;
  /** Validates and runs a command from anywhere. */
  readonly run: (command: unknown) => Promise<Outcome>;
  readonly waveform: (callId: CallId) => Waveform | null;
  /** The open line's server, or null while the line is down. */
  readonly line: () => TwilioLine | null;
  /** The practice line in this process, or null on an account. */
  readonly practice: PracticeLine | null;
  /** Opens the line: from then on calls come and go. */
  readonly open: (port?: number) => Promise<void>;
  /** Hangs up, closes everything, flushes. Safe to call again. */
  readonly close: () => Promise<void>;
};

/** Builds every part and wires them one way: edges → facts → state → store, sound and window. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, clock, log, dataDir } = options;
  const scope = new Scope(error => log.error({ err: error }, 'closing failed'));
  mkdirSync(dataDir, { recursive: true });
  const suffix = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const opened = openDatabase(join(dataDir, 'earshot.db'), suffix);
  const settings = openSettingsFile(join(dataDir, 'settings.json'), suffix);

  const lane = createFactLane(clock, log);
  const signals = new Emitter<Signals>(error => log.error({ err: error }, 'a listener failed'));
  const problem = (id: string, found: Problem | null): void =>
    lane.emit(
      found === null
        ? { event: 'problem-cleared', id }
        : { event: 'problem-raised', id, problem: found },
    );
  const store = createCallStore(opened.database, writable =>
    problem('storage', writable ? null : STORAGE_PROBLEM),
  );
  scope.add(() => store.close());

  const engine = createEngine({
    clock,
    onReach: callId => lane.emit({ event: 'reach-changed', callId }),
    onSignals: batch => signals.emit(batch),
  });
  scope.add(() => engine.close());
  const card =
    options.launchDevice === null
      ? null
      : createSoundCard({
          clock,
          log,
          launch: options.launchDevice,
          nextFrame: engine.nextFrame,
          onCaptured: engine.captured,
          onState: sound => lane.emit({ event: 'sound-changed', sound }),
        });
  if (card !== null) scope.add(() => card.close());

  lane.steps.on(({ event, before, after }) => {
    // Late facts about a call that is not known here have no row to belong to.
    if (isCallEvent(event) && findCall(after, event.callId) !== undefined) store.append(event);
    if (before !== after) {
      const plan = soundPlan(after);
      engine.follow(plan);
      card?.want(plan.card);
      const { inputDeviceId, outputDeviceId } = after.settings;
      card?.choose({ inputId: inputDeviceId, outputId: outputDeviceId });
    }
    if (event.event === 'call-ended') engine.forget(event.callId);
    if (event.event === 'sound-changed') {
      for (const fact of soundFacts(before.sound, after.sound)) lane.emit(fact);
    }
  });

  const speech = createSpeech(createSpeakerHere(log));
  scope.add(() => speech.close());
  const practice =
    config.line.kind === 'practice' ? await createPracticeLine({ clock, log, speech }) : null;
  if (practice !== null) scope.add(() => practice.close());
  const account = config.line.kind === 'twilio' ? config.line : practiceAccount(practice);

  let line: TwilioLine | null = null;
  let opening: Promise<void> | null = null;
  const nameOf = (number: string): string | null =>
    practice?.directory.find(entry => entry.number === number)?.name ?? store.nameOf(number);
  const openOn = async (port: number): Promise<void> => {
    const shown = shownLine(config, account, practice);
    lane.emit({ event: 'line-changed', line: { ...shown, status: 'starting' } });
    try {
      if (config.line.kind === 'twilio' && config.publicUrl === null)
        throw new ProblemError(NO_URL);
      const openedLine = await openTwilioLine({
        clock,
        log,
        account,
        number: account.number,
        port,
        host: config.host,
        publicUrl: config.publicUrl,
        pointNumber: practice !== null,
        newCallId: () => `call-${randomUUID()}`,
        emit: fact => lane.emit(withNames(fact, nameOf)),
        onProblem: found => problem('line', found),
        connectSound: stream => engine.connect(stream.callId, stream),
      });
      line = openedLine;
      scope.add(() => openedLine.close());
      lane.emit({ event: 'line-changed', line: { ...shown, status: 'ready' } });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const down = { ...shown, status: 'down', problem: error.problem } as const;
      lane.emit({ event: 'line-changed', line: down });
    }
  };

  /** One opening at a time: a second request joins the first. */
  const open = (port = config.port): Promise<void> => {
    opening ??= openOn(port).finally(() => {
      opening = null;
    });
    return opening;
  };

  lane.emit({ event: 'settings-changed', settings: settings.settings() });
  if (opened.problem !== null) problem('database', opened.problem);
  if (settings.problem !== null) problem('settings', settings.problem);
  store.endInterrupted();

  const targets = {
    clock,
    lane,
    engine,
    card,
    store,
    settings,
    line: () => line,
    openLine: open,
    ringIn: practice === null ? null : practice.ringIn,
    speak: (text: string) => speech.speak(text, { name: 'slt' }),
    shutDown: options.onShutDown,
  };
  return {
    state: lane.state,
    steps: lane.steps,
    signals,
    waveform: engine.waveform,
    line: () => line,
    practice,
    open,
    run: async input => {
      const parsed = parseCommand(input);
      return parsed.ok ? runCommand(parsed.command satisfies Command, targets) : parsed;
    },
    close: async () => {
      await opening;
      await scope.close();
    },
  };
}

const STORAGE_PROBLEM: Problem = {
  kind: 'storage-failed',
  message: 'The history cannot be written now. Calls go on, and what happens is kept in memory.',
  remedy: 'Make room on the disk; what is waiting is written then.',
};

const NO_URL: Problem = {
  kind: 'line-down',
  message: 'Twilio needs a public address to reach this computer, and none is set.',
  remedy: 'Set PUBLIC_URL to the address that leads here.',
};

function practiceAccount(practice: PracticeLine | null): AccountConfig {
  if (practice === null) throw new Error('the practice line is not open');
  const { accountSid, authToken, number, apiUrl } = practice;
  return { kind: 'twilio', accountSid, authToken, number, apiUrl };
}

function shownLine(
  { line }: Config,
  account: AccountConfig,
  practice: PracticeLine | null,
): LineState {
  return {
    kind: line.kind,
    status: 'starting',
    number: account.number,
    directory: practice?.directory ?? [],
    ringsOnRequest: practice !== null,
    problem: null,
  };
}

/** Adds the name of a party that the line did not tell. */
function withNames(fact: Fact, nameOf: (number: string) => string | null): Fact {
  if (fact.event !== 'call-requested' && fact.event !== 'call-ringing') return fact;
  const them: Party = { ...fact.them, name: fact.them.name ?? nameOf(fact.them.number) };
  return { ...fact, them };
}
