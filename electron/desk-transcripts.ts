import { join } from 'node:path';
import { createDeepgram } from './cloud-speech/deepgram.ts';
import { createOpenAi } from './cloud-speech/openai.ts';
import type { Config } from './config.ts';
import type { CallId } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import { type Problem, ProblemError } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import type { Side } from './core/segment.ts';
import type { SoundTranscriber } from './core/transcriber.ts';
import {
  KEYED_TRANSCRIBERS,
  type KeyedTranscriber,
  type LineTranscriptions,
} from './core/transcription.ts';
import type { FactLane, Step } from './fact-lane.ts';
import type { Log } from './log.ts';
import { builtInCatalogue } from './offline/catalogue.ts';
import { createOfflineTranscriber, RECOGNISER_PROCESS } from './offline/offline-transcriber.ts';
import { createPacks, type Packs } from './offline/packs.ts';
import type { HelperLauncher } from './processes/helper-process.ts';
import { keyGiven, keyWithheld } from './service-keys.ts';
import type { SecretBox } from './store/account-file.ts';
import { openKeyFile } from './store/key-file.ts';
import { type Alerts, createAlerts } from './transcription/alerts.ts';
import { createTalks } from './transcription/talks.ts';
import { createTranscripts, type Transcripts } from './transcription/transcripts.ts';
import { createWatching } from './transcription/watching.ts';
import { createVoiceActivity, type VoiceActivity } from './voice-activity/voice-activity.ts';
import { VOICE_ACTIVITY_PROCESS } from './voice-activity/voice-activity-messages.ts';

/** What the transcripts of the desk need of the rest. */
type DeskTranscriptsPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDir: string;
  /** Tells files set aside apart. */
  readonly suffix: string;
  readonly newId: () => string;
  /** The services and their keys from the environment. */
  readonly services: Config['transcribers'];
  /** Starts processes of its own; null where nothing here listens. */
  readonly helpers: HelperLauncher | null;
  /** Keeps keys; null where the system has no safe place for them. */
  readonly secrets: SecretBox | null;
  readonly lane: FactLane;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, found: Problem | null) => void;
  /** The transcriptions of the line in use; null while it is down. */
  readonly line: () => LineTranscriptions | null;
  /** What time of a call's sound it is, in ms; null while it has none. */
  readonly soundNowMs: (callId: CallId) => number | null;
  /** Names this desk to others. */
  readonly deskName: () => string;
};

/** Everything about what is said on calls: who talks, the words, and what wants to be looked at in them. */
type DeskTranscripts = {
  readonly transcripts: Transcripts;
  /**
   * Uses a key from now on; null forgets it. One from the environment stays in use, and one that would be sent to
   * somebody else is not taken: then it throws a `ProblemError`.
   */
  readonly setKey: (transcriber: KeyedTranscriber, key: string | null) => void;
  /** Null where this computer cannot understand anything by itself. */
  readonly packs: Packs | null;
  /** Sound of a call. @param atMs its place, in ms of the call @param mulaw 8 kHz */
  readonly hear: (callId: CallId, side: Side, atMs: number, mulaw: Uint8Array) => void;
  /** Tells what is known from the start. */
  readonly open: () => void;
  /** Does what a step of the fact lane means here. */
  readonly follow: (step: Step) => void;
  readonly close: () => Promise<void>;
};

/** Facts after which sound of a call may come. */
const BEGINNINGS: ReadonlySet<Step['event']['event']> = new Set([
  'call-requested',
  'call-ringing',
  'call-followed',
  'call-restored',
] as const);

/** Builds it. */
export function createDeskTranscripts(ports: DeskTranscriptsPorts): DeskTranscripts {
  const { clock, log, lane, services } = ports;
  const scope = new Scope(error => log.error({ err: error }, 'closing the transcripts failed'));
  const keys = openKeyFile(
    join(ports.dataDir, 'transcriber-keys.json'),
    ports.suffix,
    ports.secrets,
    {
      openai: services.openai.key,
      deepgram: services.deepgram.key,
    },
  );
  /** Why a key that was entered here is not used; one from the environment is. */
  const withheld = (name: KeyedTranscriber): Problem | null =>
    services[name].key === null ? keyWithheld(name, services[name]) : null;
  const service = (name: KeyedTranscriber) => ({
    clock,
    log,
    key: () => (withheld(name) === null ? keys.key(name) : null),
    url: services[name].url,
  });
  const packs = packsOf(ports);
  if (packs !== null) scope.add(() => packs.close());
  const transcribers: readonly SoundTranscriber[] = [
    createOpenAi(service('openai')),
    createDeepgram(service('deepgram')),
    ...offlineOf(ports, packs),
  ];
  for (const transcriber of transcribers) scope.add(() => transcriber.close());
  const transcripts = createTranscripts({
    ...ports,
    state: lane.state,
    emit: lane.emit,
    transcribers,
    talkIsKnown: () => activity?.available() ?? false,
  });
  scope.add(() => transcripts.close());
  const watching = createWatching({ state: lane.state, emit: lane.emit });
  const talks = createTalks(lane.emit);
  const activity: VoiceActivity | null =
    ports.helpers === null
      ? null
      : createVoiceActivity({
          clock,
          log,
          launch: ports.helpers(VOICE_ACTIVITY_PROCESS),
          onTalk: (callId, side, on, atMs) => {
            transcripts.talking(callId, side, on, atMs);
            alerts.talking(callId, side, on);
            talks.turn(callId, side, on, atMs);
          },
          onLost: transcripts.talkUnknown,
        });
  const alerts: Alerts = createAlerts({
    clock,
    state: lane.state,
    emit: lane.emit,
    available: () => activity?.available() ?? false,
  });
  scope.add(() => alerts.close());
  scope.add(() => activity?.close());
  /** Whether listening has failed once. */
  let isDeaf = false;

  return {
    transcripts,
    setKey: (transcriber, key) => {
      const problem = key === null ? null : withheld(transcriber);
      if (problem !== null) throw new ProblemError(problem);
      const isGiven = services[transcriber].key !== null;
      // One beside that of the environment would never be used in this run; what is kept can be forgotten.
      const found = isGiven && key !== null ? null : keys.set(transcriber, key);
      lane.emit({ event: 'transcriber-keys-changed', keys: keys.keys() });
      ports.problem(`transcriber-keys-${transcriber}`, found);
      if (isGiven) throw new ProblemError(keyGiven(transcriber));
      // The file that could not be opened is no loss any more.
      if (key !== null && found === null) ports.problem('transcriber-keys', null);
    },
    packs,
    hear: (callId, side, atMs, mulaw) => {
      try {
        activity?.hear(callId, side, atMs, mulaw);
        transcripts.hear(callId, side, atMs, mulaw);
      } catch (error) {
        // Whoever has sound to pass on goes on; it comes fifty times a second.
        if (!isDeaf) log.error({ err: error }, 'listening to a call failed');
        isDeaf = true;
      }
    },
    open: () => {
      lane.emit({ event: 'transcriber-keys-changed', keys: keys.keys() });
      if (packs !== null) lane.emit({ event: 'packs-changed', packs: packs.list() });
      if (keys.problem !== null) ports.problem('transcriber-keys', keys.problem);
      for (const name of KEYED_TRANSCRIBERS) {
        if (keys.key(name) !== null) ports.problem(`transcriber-keys-${name}`, withheld(name));
      }
    },
    follow: step => {
      const { event, before } = step;
      if (BEGINNINGS.has(event.event)) activity?.prepare();
      if (event.event === 'call-ended') {
        talks.end(event.callId, before, () => activity?.forget(event.callId));
      }
      transcripts.follow(step);
      watching.follow(step);
      alerts.follow(step);
    },
    close: () => scope.close(),
  };
}

function packsOf({ clock, log, dataDir, helpers, lane }: DeskTranscriptsPorts): Packs | null {
  if (helpers === null) return null;
  return createPacks({
    clock,
    log,
    folder: join(dataDir, 'packs'),
    catalogue: builtInCatalogue(process.platform, process.arch),
    onChanged: packs => lane.emit({ event: 'packs-changed', packs }),
  });
}

function offlineOf(
  { clock, log, helpers }: DeskTranscriptsPorts,
  packs: Packs | null,
): readonly SoundTranscriber[] {
  if (helpers === null || packs === null) return [];
  return [createOfflineTranscriber({ clock, log, packs, launch: helpers(RECOGNISER_PROCESS) })];
}
