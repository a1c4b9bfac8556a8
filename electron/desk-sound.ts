import { join } from 'node:path';
import type { LaunchDeviceProcess } from './audio/device-link.ts';
import { createEngine, type Engine } from './audio/engine.ts';
import type { MicrophoneAccess } from './audio/microphone-permission.ts';
import { createSoundCard } from './audio/sound-card.ts';
import type { SoundPages } from './audio/sound-pages.ts';
import type { SoundPath } from './audio/sound-path.ts';
import { createSoundPaths } from './audio/sound-paths.ts';
import { createWindowSound } from './audio/window-sound.ts';
import type { CallId } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import { soundFacts } from './core/desk-rules.ts';
import type { Emitter } from './core/emitter.ts';
import type { Problem } from './core/problem.ts';
import { Scope } from './core/scope.ts';
import type { Side } from './core/segment.ts';
import type { Settings } from './core/settings.ts';
import type { Signals } from './core/signals.ts';
import type { SoundChoice } from './core/sound.ts';
import { soundPlan } from './core/sound-plan.ts';
import type { FactLane, Step } from './fact-lane.ts';
import type { Log } from './log.ts';
import { roomFor } from './recording/disk-room.ts';
import type { LineRecordings } from './recording/handover.ts';
import { readLevels } from './recording/levels-file.ts';
import { createRecorder } from './recording/recorder.ts';
import { recordingWriterHere } from './recording/recording-writer.ts';
import { createRecordings, type Recordings } from './recording/recordings.ts';
import { repairRecording } from './recording/repair-recording.ts';
import { createReplays, type Replays } from './replay/replays.ts';
import type { CallStore } from './store/call-store.ts';

/** The devices of this computer; null runs without sound. */
export type SoundDevices = {
  /** Starts the sound process. */
  readonly launch: LaunchDeviceProcess;
  /** Where sound goes through the window; null where there is none. */
  readonly pages: SoundPages | null;
  /** Null where the system asks nobody for the microphone. */
  readonly microphoneAccess: MicrophoneAccess | null;
} | null;

/** What the sound of the desk needs of the rest. */
type DeskSoundPorts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDir: string;
  readonly newId: () => string;
  readonly devices: SoundDevices;
  readonly lane: FactLane;
  readonly signals: Emitter<Signals>;
  readonly store: CallStore;
  /** Raises a standing problem, or ends it with null. */
  readonly problem: (id: string, found: Problem | null) => void;
  /** Speaks a text with the voice of the settings. @returns 16-bit samples at 8 kHz */
  readonly speak: (text: string) => Promise<Int16Array>;
  /** The recordings of the line in use; null while it is down. */
  readonly atTwilio: () => LineRecordings | null;
  /** Sound of either side of a call was kept. @param atMs its place, in ms of the call @param mulaw 8 kHz */
  readonly onKept: (callId: CallId, side: Side, atMs: number, mulaw: Uint8Array) => void;
};

/** Everything about sound: heard, spoken, recorded, played again. */
export type DeskSound = {
  readonly engine: Engine;
  /** The way to speaker and microphone; null in a run without sound. */
  readonly card: SoundPath | null;
  readonly recordings: Recordings;
  readonly replays: Replays;
  /** Does what a step of the fact lane means for sound. */
  readonly follow: (step: Step) => void;
  readonly close: () => Promise<void>;
};

/** Builds the sound of the desk. */
export function createDeskSound(ports: DeskSoundPorts): DeskSound {
  const { clock, log, lane, store, problem } = ports;
  const scope = new Scope(error => log.error({ err: error }, 'closing the sound failed'));
  const engine = createEngine({
    clock,
    onReach: callId => lane.emit({ event: 'reach-changed', callId }),
    onSignals: batch => ports.signals.emit(batch),
    onLost: (callId, atMs, lengthMs) => lane.emit({ event: 'sound-lost', callId, atMs, lengthMs }),
    onKept: ports.onKept,
  });
  scope.add(() => engine.close());
  const paths = pathsOf(ports, engine);
  if (paths !== null) scope.add(() => paths.close());

  const recorder = createRecorder({
    clock,
    log,
    launch: recordingWriterHere(log),
    onStopped: (id, because) => recordings.writingStopped(id, because),
    onDisk: low => recordings.diskChanged(low),
  });
  scope.add(() => recorder.close());
  const recordings = createRecordings({
    clock,
    log,
    newId: () => `recording-${ports.newId()}`,
    folder: join(ports.dataDir, 'recordings'),
    state: lane.state,
    emit: lane.emit,
    problem,
    playInto: engine.playInto,
    playHere: engine.playHere,
    freeBytes: roomFor,
    speak: ports.speak,
    recorder,
    soundOf: engine.tapeOf,
    atTwilio: ports.atTwilio,
    repair: repairRecording,
    readLevels,
    store,
  });
  scope.add(() => recordings.close());
  const replays = createReplays({
    emit: lane.emit,
    liveSound: engine.tapeOf,
    kept: async callId => (await recordings.of(callId)).filter(({ status }) => status === 'kept'),
    readLevels,
    play: engine.playAgain,
  });
  scope.add(() => replays.end());

  return {
    engine,
    card: paths,
    recordings,
    replays,
    follow: ({ event, before, after }) => {
      if (before !== after) {
        const plan = soundPlan(after);
        engine.follow(plan);
        paths?.want(plan.card);
      }
      if (before.settings !== after.settings) {
        paths?.use(after.settings.soundPath);
        paths?.choose(choiceOf(after.settings));
      }
      recordings.follow(event);
      replays.follow(event);
      if (event.event === 'call-ended') {
        const { callId } = event;
        const found = engine.qualities().find(each => each.callId === callId);
        const newStarts = engine.newStartsOf(callId);
        if (newStarts > 0) log.warn({ callId, newStarts }, 'Timestamps of a call jumped');
        engine.forget(callId);
        if (found !== undefined) lane.emit({ event: 'sound-measured', ...found });
      }
      if (event.event === 'sound-changed') {
        for (const fact of soundFacts(before.sound, after.sound)) lane.emit(fact);
      }
    },
    close: () => scope.close(),
  };
}

function pathsOf(ports: DeskSoundPorts, engine: Engine) {
  const { clock, log, devices, lane } = ports;
  if (devices === null) return null;
  const { launch, pages, microphoneAccess } = devices;
  return createSoundPaths({
    clock,
    log,
    launch,
    nextFrame: engine.nextFrame,
    onCaptured: engine.captured,
    onState: sound => lane.emit({ event: 'sound-changed', sound }),
    onFallback: found => ports.problem('sound-path', found),
    card: path => createSoundCard({ ...path, microphoneAccess }),
    window:
      pages === null ? null : path => createWindowSound({ ...path, page: pages, microphoneAccess }),
  });
}

function choiceOf(settings: Settings): SoundChoice {
  const { inputDeviceId, outputDeviceId, soundHost, latency, suppressNoise } = settings;
  return {
    inputId: inputDeviceId,
    outputId: outputDeviceId,
    host: soundHost,
    latency,
    suppressNoise,
  };
}
