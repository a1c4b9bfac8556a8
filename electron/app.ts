import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { runCommand } from './commands/run-command.ts';
import type { Config } from './config.ts';
import { goesOn, type Party } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import type { Command } from './core/commands.ts';
import { Emitter } from './core/emitter.ts';
import type { Fact } from './core/events.ts';
import type { Outcome } from './core/outcome.ts';
import { parseCommand } from './core/parse-command.ts';
import type { Problem } from './core/problem.ts';
import type { Scene } from './core/room.ts';
import { Scope } from './core/scope.ts';
import type { Voice } from './core/settings.ts';
import type { Signals } from './core/signals.ts';
import type { ConsoleState } from './core/state.ts';
import { createDeskSound, type SoundDevices } from './desk-sound.ts';
import { openDeskStore } from './desk-store.ts';
import { createDeskSupervision } from './desk-supervision.ts';
import { createDeskTranscripts } from './desk-transcripts.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import { createFactLane, type Step } from './fact-lane.ts';
import { createLines } from './line/lines.ts';
import type { Log } from './log.ts';
import { createPracticeLine, type PracticeLine } from './practice/practice-line.ts';
import type { HelperLauncher } from './processes/helper-process.ts';
import type { Replays } from './replay/replays.ts';
import { SPEAKERS } from './speech/named-voices.ts';
import { createSpeakerHere, createSpeech } from './speech/speech.ts';
import { openAccountFile, type SecretBox } from './store/account-file.ts';
import { openSettingsFile } from './store/settings-file.ts';
import type { Supervision } from './supervision/supervision.ts';
import { SKIPPED_PROBLEM } from './twilio/line-problems.ts';
import type { TwilioLine } from './twilio/twilio-line.ts';
import { createUpdateDesk } from './updates/update-desk.ts';
import type { Updater } from './updates/updater.ts';

/** What the app is built from; the shells differ in nothing else. */
export type AppOptions = {
  readonly config: Config;
  /** Folder for the database and the settings; made when it is missing. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Starts processes of its own; null where nothing is listened to for speech. */
  readonly helpers: HelperLauncher | null;
  /** The devices of this computer; null runs without sound. */
  readonly sound: SoundDevices;
  /** Keeps an account's secrets; null where the system has no safe place for them. */
  readonly secrets: SecretBox | null;
  /** Whether a number's messages are sent here with its calls. */
  readonly takesMessages: boolean;
  /** Who uses this computer: the name of the desk unless the settings have another. */
  readonly userName: string;
  /** Puts newer versions in place; null where nothing is ever updated. */
  readonly updater: Updater | null;
  /** Collects what helps to find a fault; null where nobody asks for it. */
  readonly diagnostics: Diagnostics | null;
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
  readonly waveform: Replays['waveform'];
  /** Whether somebody looks at the desk: the account is read more often then. */
  readonly watched: (on: boolean) => void;
  /** Nobody may be at the desk: calls of others are only heard from now on. */
  readonly stepBack: Supervision['stepBack'];
  /** Raises a problem of the shell's own, or takes it back. */
  readonly problem: (id: string, found: Problem | null) => void;
  /** The open line's server, or null while the line is down. */
  readonly line: () => TwilioLine | null;
  /** The address Twilio reaches this computer by; null while there is none. */
  readonly publicUrl: () => string | null;
  /** The practice line in this process, or null when it was not used yet. */
  readonly practice: () => PracticeLine | null;
  /** Opens the line: from then on calls come and go. */
  readonly open: (port?: number) => Promise<void>;
  /** Hangs up, closes everything, flushes. Safe to call again. */
  readonly close: () => Promise<void>;
};

/** Builds every part and wires them one way: edges → facts → state → store, sound and window. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, clock, log, dataDir } = options;
  const scope = new Scope(error => log.error({ err: error }, 'closing failed'));
  const suffix = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const lane = createFactLane(clock, log, randomUUID);
  const signals = new Emitter<Signals>(error => log.error({ err: error }, 'a listener failed'));
  const problem = (id: string, found: Problem | null): void => {
    if (found !== null) lane.emit({ event: 'problem-raised', id, problem: found });
    else if (lane.state().problems.some(standing => standing.id === id)) {
      lane.emit({ event: 'problem-cleared', id });
    }
  };
  const kept = openDeskStore({ log, dataDir, suffix, problem });
  scope.add(() => kept.close());
  const { store, messages, audit } = kept;
  const settings = openSettingsFile(join(dataDir, 'settings.json'), suffix);
  const accounts = openAccountFile(join(dataDir, 'account.json'), suffix, options.secrets);

  const speech = createSpeech(createSpeakerHere(log));
  scope.add(() => speech.close());
  const speak = (text: string, voice: Voice): Promise<Int16Array> =>
    speech.speak(text, { name: SPEAKERS[voice] });
  const sound = createDeskSound({
    clock,
    log,
    dataDir,
    newId: randomUUID,
    devices: options.sound,
    lane,
    signals,
    store,
    problem,
    speak: text => speak(text, lane.state().settings.voice),
    atTwilio: () => lines.line()?.recordings ?? null,
    onKept: (...sound) => words.hear(...sound),
  });
  scope.add(() => sound.close());
  const deskName = (): string => lane.state().settings.deskName || options.userName;
  /** Takes facts without what must not be kept of them. */
  const tell = (fact: Fact): void => lane.emit(words.transcripts.redacted(fact));
  const redactedLane = { ...lane, emit: tell };
  const desk = createDeskSupervision({
    clock,
    log,
    newId: randomUUID,
    lane: redactedLane,
    engine: sound.engine,
    problem,
    rooms: () => lines.line()?.rooms ?? null,
    nameOf: number => nameOf(number),
    deskName,
    practiceAgent: () => practice?.agentUrl ?? null,
  });
  const words = createDeskTranscripts({
    clock,
    log,
    dataDir,
    suffix,
    newId: randomUUID,
    services: config.transcribers,
    helpers: options.helpers,
    secrets: options.secrets,
    lane,
    problem,
    line: () => lines.line()?.transcriptions ?? null,
    // Zero before the first sound.
    soundNowMs: callId => sound.engine.tapeOf(callId)?.nowMs() || null,
    deskName,
  });
  const updates = createUpdateDesk({ ...options, state: lane.state, emit: lane.emit });
  scope.add(() => updates.close());
  // Each by itself: what fails in one costs the others nothing.
  lane.steps.on(step => kept.follow(step, deskName()));
  lane.steps.on(sound.follow);
  lane.steps.on(desk.follow);
  lane.steps.on(words.follow);
  lane.steps.on(updates.follow);
  lane.steps.on(({ event }) => {
    if (event.event === 'call-ended' && goesOn(event.reason)) lines.line()?.letGo(event.callId);
  });

  let practice: PracticeLine | null = null;
  const nameOf = (number: string): string | null =>
    practice?.nameOf(number) ?? store.nameOf(number);
  const lines = createLines({
    config,
    clock,
    log,
    accounts,
    store,
    pointed: kept.pointed,
    takeMessages: options.takesMessages,
    keptMessage: messages.find,
    random: Math.random,
    newId: randomUUID,
    deskId: randomUUID(),
    host: config.host,
    forwarding: config.forwarding,
    skipSignature: config.skipSignature,
    state: lane.state,
    emit: fact => {
      // An agent is served by the keys themselves.
      if (fact.event === 'digits-received') desk.pressed(fact.callId, fact.digits);
      tell(withNames(fact, nameOf));
    },
    problem,
    connectSound: stream => sound.engine.connect(stream.callId, stream),
    connectMonitor: ({ callId }) => sound.engine.connectMonitor(callId),
    connectSeat: stream => sound.engine.connectSeat(stream.callId, stream),
    onRoomNews: desk.told,
    transcriptionWish: words.transcripts.wish,
    onTranscription: words.transcripts.told,
    onRecording: sound.recordings.told,
    practice: async () => {
      if (practice !== null) return practice;
      const line = await createPracticeLine({ clock, log, speech });
      practice = line;
      scope.add(() => line.close());
      // Closed before the practice line, which is the peer of what they have to say.
      scope.add(() => lines.close());
      scope.add(() => desk.close());
      scope.add(() => words.close());
      return line;
    },
  });
  scope.add(() => lines.close());
  // Closed before the lines, which carry what it has to say.
  scope.add(() => desk.close());
  scope.add(() => words.close());

  lane.emit({ event: 'settings-changed', settings: settings.settings() });
  /** Told with the first opening, so that whoever listens from the start misses none. */
  const tellFound = (): void => {
    const found = {
      database: kept.openProblem,
      settings: settings.problem,
      account: accounts.problem,
      run: options.diagnostics?.note ?? null,
      signatures: config.skipSignature ? SKIPPED_PROBLEM : null,
    };
    for (const [id, each] of Object.entries(found)) if (each !== null) problem(id, each);
  };
  let isFirst = true;

  const targets = {
    clock,
    lane: redactedLane,
    engine: sound.engine,
    card: sound.card,
    recordings: sound.recordings,
    replays: sound.replays,
    supervision: desk.supervision,
    words,
    readAccount: desk.readAccount,
    audit,
    dataDir,
    diagnostics: options.diagnostics,
    store,
    messages,
    settings,
    lines,
    ringIn: async (number?: string) => {
      if (practice === null || !lane.state().line.ringsOnRequest) return null;
      return practice.ringIn(number);
    },
    scene: async (scene: Scene) =>
      practice === null || !lane.state().line.ringsOnRequest ? null : practice.scene(scene),
    speak,
    updates,
    shutDown: options.onShutDown,
  };
  return {
    state: lane.state,
    steps: lane.steps,
    signals,
    waveform: sound.replays.waveform,
    watched: desk.watched,
    stepBack: desk.supervision.stepBack,
    problem,
    line: lines.line,
    publicUrl: lines.publicUrl,
    practice: () => practice,
    open: async port => {
      const first = isFirst;
      isFirst = false;
      if (first) {
        words.open();
        tellFound();
        await sound.recordings.open();
        updates.open();
      }
      await lines.open(port);
    },
    run: async input => {
      const parsed = parseCommand(input);
      return parsed.ok ? runCommand(parsed.command satisfies Command, targets) : parsed;
    },
    close: () => scope.close(),
  };
}

/** Adds the name of a party that the line did not tell. */
function withNames(fact: Fact, nameOf: (number: string) => string | null): Fact {
  if (!('them' in fact)) return fact;
  const them: Party = { ...fact.them, name: fact.them.name ?? nameOf(fact.them.number) };
  return { ...fact, them };
}
