import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { SoundTape, tapeBudget } from '../../electron/core/audio/sound-tape.ts';
import type { CallFact, ConsoleEvent, Fact } from '../../electron/core/events.ts';
import { isCallEvent } from '../../electron/core/events.ts';
import { LINE_STARTING, type LineState } from '../../electron/core/line.ts';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../electron/core/settings.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import type { LineRecordings } from '../../electron/recording/handover.ts';
import { readLevels } from '../../electron/recording/levels-file.ts';
import { createRecorder } from '../../electron/recording/recorder.ts';
import { launchLocal } from '../../electron/recording/recording-writer.ts';
import { createRecordings } from '../../electron/recording/recordings.ts';
import { repairRecording } from '../../electron/recording/repair-recording.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { followedFacts } from '../core/room-facts.ts';
import { liveCallFacts } from '../support/builders.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { frameOf } from './numbered-frames.ts';

/** When the tests' desks open: a Tuesday in 2026. */
export const MORNING = Date.UTC(2026, 2, 3, 9, 30, 0);

const GB = 1e9;

type DeskOptions = {
  /** The data folder of an earlier run; a new one by default. */
  readonly dataDir?: string;
  readonly startMs?: number;
  readonly settings?: Partial<Settings>;
  /** The practice line by default. */
  readonly line?: LineState['kind'];
  /** Twilio's side; none by default. */
  readonly atTwilio?: () => LineRecordings | null;
  readonly speak?: (text: string) => Promise<Int16Array>;
};

/** What records calls, over a real store, real files and the real recorder; time stands until it is moved. */
export function openRecordingDesk(options: DeskOptions = {}) {
  const {
    dataDir = tempFolder(),
    startMs = MORNING,
    settings = {},
    line = 'practice',
    atTwilio = () => null,
  } = options;
  const clock = fakeClock(startMs);
  const { database } = openDatabase(join(dataDir, 'earshot.db'), 'then');
  const store = createCallStore(database, () => {});
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `${startMs}-${ids}`;
  };
  const lane = createFactLane(clock, quietLog, newId);
  const folder = join(dataDir, 'recordings');
  const tapes = new Map<string, { tape: SoundTape; nowMs: () => number }>();
  const room = { freeBytes: 50 * GB };
  const said: string[] = [];
  const heard: number[] = [];
  let clipsToLose = 0;
  const events: ConsoleEvent[] = [];

  const problem = (id: string, found: Problem | null): void => {
    if (found !== null) lane.emit({ event: 'problem-raised', id, problem: found });
    else if (lane.state().problems.some(standing => standing.id === id)) {
      lane.emit({ event: 'problem-cleared', id });
    }
  };
  const recorder = createRecorder({
    clock,
    log: quietLog,
    launch: launchLocal(() => room.freeBytes),
    onStopped: (id, because) => recordings.writingStopped(id, because),
    onDisk: low => recordings.diskChanged(low),
  });
  const recordings = createRecordings({
    clock,
    log: quietLog,
    newId,
    folder,
    state: lane.state,
    emit: lane.emit,
    problem,
    recorder,
    soundOf: callId => tapes.get(callId) ?? null,
    playInto: (callId, samples) => {
      const call = lane.state().calls.find(({ id }) => id === callId);
      if (call?.status !== 'live' || !call.stream) return false;
      if (clipsToLose > 0) {
        clipsToLose -= 1;
        return false;
      }
      said.push(`${callId}: ${samples.length} samples`);
      return true;
    },
    playHere: samples => heard.push(samples.length),
    freeBytes: async () => room.freeBytes,
    speak: options.speak ?? (async text => new Int16Array(text.length * 160)),
    atTwilio,
    repair: repairRecording,
    readLevels,
    store,
  });
  lane.steps.on(({ event }) => {
    events.push(event);
    if (isCallEvent(event)) store.append(event);
    recordings.follow(event);
  });
  const emit = (...facts: readonly Fact[]): void => {
    for (const fact of facts) lane.emit(fact);
  };
  emit({ event: 'settings-changed', settings: { ...DEFAULT_SETTINGS, ...settings } });
  emit({
    event: 'line-changed',
    line: { ...LINE_STARTING, kind: line, status: 'ready' },
  });

  const beginTape = (callId: string): void => {
    const startedMs = clock.monotonic();
    tapes.set(callId, {
      tape: new SoundTape(tapeBudget()),
      nowMs: () => clock.monotonic() - startedMs,
    });
  };

  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await recordings.close();
      await recorder.close();
      if (database.isOpen) store.close();
    })();
    return closing;
  };
  onTestFinished(close);

  return {
    clock,
    dataDir,
    folder,
    store,
    recordings,
    room,
    /** Clips that went into a call, and the lengths of those that were played here. */
    said,
    heard,
    /** The stream goes away just before the next clip is sent. */
    loseNextClip: () => {
      clipsToLose += 1;
    },
    events,
    emit,
    close,
    /** Ends as a killed process does: nothing is told, nothing is closed but the database. */
    kill: () => {
      closing = Promise.resolve();
      database.close();
    },
    lane,
    state: lane.state,
    problems: () => lane.state().problems.map(({ id, problem: { kind } }) => `${id}: ${kind}`),
    change: (change: Partial<Settings>) =>
      emit({ event: 'settings-changed', settings: { ...lane.state().settings, ...change } }),
    /** Brings a call to life, with its sound. */
    answer: (callId: string): void => {
      beginTape(callId);
      emit(...liveCallFacts(callId));
    },
    /** Follows a call of others. */
    follow: (callId: string): void => emit(...followedFacts(callId).slice(0, 1)),
    /** Brings the sound of a call of others here, by the stream beside it. */
    listen: (callId: string): void => {
      beginTape(callId);
      emit({ event: 'listening-changed', callId, on: true });
    },
    /** Lets both sides of a call speak for some frames. */
    speak: async (callId: string, frames: number): Promise<void> => {
      const sound = tapes.get(callId);
      if (sound === undefined) throw new Error('no such call');
      for (let i = 0; i < frames; i += 1) {
        const frame = Math.floor(sound.nowMs() / 20);
        for (const side of ['them', 'us'] as const) {
          sound.tape.write(side, frame * 160, frameOf(side, frame));
        }
        clock.advance(20);
        await Promise.resolve();
      }
    },
    /** A frame of a side comes once more, too late. */
    sayAgain: (callId: string, side: 'them' | 'us', frame: number): void => {
      tapes.get(callId)?.tape.write(side, frame * 160, frameOf(side, frame));
    },
    /** What can be rewound of a side, in frames. */
    taped: (callId: string, side: 'them' | 'us', from: number, to: number): Uint8Array => {
      const stretch = { from: from * 160, to: to * 160 };
      return tapes.get(callId)?.tape.read(side, stretch) ?? new Uint8Array(0);
    },
    end: (callId: string): void => emit({ event: 'call-ended', callId, reason: 'hung-up-there' }),
    /** Waits for a fact about a recording. */
    told: async <Name extends CallFact['event']>(name: Name, count = 1) => {
      const found = () =>
        events.filter(
          (event): event is Extract<ConsoleEvent, { event: Name }> => event.event === name,
        );
      await until(() => found().length >= count);
      const last = found()[count - 1];
      if (last === undefined) throw new Error(`no ${name}`);
      return last;
    },
    count: (name: CallFact['event']) => events.filter(({ event }) => event === name).length,
  };
}

/** What Twilio would do about recordings, and what it was asked. */
export function twilioRecordings() {
  const asked: string[] = [];
  /** Recordings by the account that has them; those of an earlier run are the first account's. */
  const owners = new Map<string, string>();
  const removed: string[] = [];
  let accountSid = 'AC1';
  let begun = 0;
  let refusal: Problem | null = null;
  let fetching: (sid: string, path: string) => Promise<{ durationMs: number }> = async () => {
    throw new ProblemError(PREPARING);
  };
  const answer = async (what: string): Promise<void> => {
    asked.push(what);
    if (refusal !== null) throw new ProblemError(refusal);
  };
  const isKnown = (sid: string): boolean =>
    (owners.get(sid) ?? 'AC1') === accountSid && !removed.includes(sid);
  const line: LineRecordings = {
    get accountSid() {
      return accountSid;
    },
    start: async callId => {
      await answer(`start ${callId}`);
      begun += 1;
      owners.set(`RE${begun}`, accountSid);
      return `RE${begun}`;
    },
    pause: (_, sid, on) => answer(`pause ${sid} ${on}`),
    stop: (_, sid) => answer(`stop ${sid}`),
    fetch: async (sid, path) => {
      await answer(`fetch ${sid}`);
      if (!isKnown(sid)) throw new ProblemError(GONE);
      return fetching(sid, path);
    },
    // What an account does not know is gone already.
    remove: async sid => {
      await answer(`remove ${sid}`);
      if (isKnown(sid)) removed.push(sid);
    },
  };
  return {
    line,
    asked,
    /** Recordings that were deleted at Twilio. */
    removed,
    /** From now on the line is one of another account. */
    use: (account: string): void => {
      accountSid = account;
    },
    refuse: (problem: Problem | null): void => {
      refusal = problem;
    },
    hand: (fetch: typeof fetching): void => {
      fetching = fetch;
    },
  };
}

/** Twilio does not know it. */
export const GONE: Problem = { kind: 'not-available', message: 'There is none.', remedy: 'None.' };

/** Twilio has no answer yet. */
const PREPARING: Problem = {
  kind: 'twilio-unreachable',
  message: 'Twilio still prepares the recording.',
  remedy: 'Try again in some minutes.',
};
