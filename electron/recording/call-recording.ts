import type { CallId, LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import { shouldRecord } from '../core/desk-rules.ts';
import type { CallEvent, Fact } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Recorder, Recording, RecordingEnd, RecordingId } from '../core/recording.ts';
import { type ConsoleState, findCall } from '../core/state.ts';
import type { Log } from '../log.ts';
import { FULL_DISK_BYTES } from './disk-room.ts';
import { soundStartOf } from './markers.ts';
import { recordingPath } from './recording-path.ts';
import {
  NO_ROOM,
  NOTICE_UNSPEAKABLE,
  NOTICE_UNSPOKEN,
  NOTICE_UNSPOKEN_YET,
  noSoundNow,
  notRecorded,
  wordsOnly,
} from './recording-problems.ts';
import type { RecordingWay, RunningRecording } from './recording-ways.ts';

/** What the recording of a call needs of the rest. */
export type CallRecordingPorts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Names recordings; never the same twice, not in another run either. */
  readonly newId: () => string;
  /** Where recordings are kept. */
  readonly folder: string;
  readonly state: () => ConsoleState;
  readonly emit: (fact: Fact) => void;
  readonly problem: (found: Problem | null) => void;
  /** Sends a clip into a call; false when it has no stream. */
  readonly playInto: (callId: CallId, samples: Int16Array) => boolean;
  /** Plays a clip on the speaker. */
  readonly playHere: (samples: Int16Array) => void;
  /** Room on the disk of a folder, in bytes; null when it does not tell. Never rejects. */
  readonly freeBytes: (folder: string) => Promise<number | null>;
  /** Speaks a text. @returns 16-bit samples at 8 kHz */
  readonly speak: (text: string) => Promise<Int16Array>;
  readonly ways: Readonly<Record<Recorder, RecordingWay>>;
  readonly eventsOf: (callId: CallId) => readonly CallEvent[];
  readonly delete: (id: RecordingId) => Promise<void>;
};

/** A recording that an earlier run left running on a call that goes on. */
export type LeftRecording = { readonly recording: Recording; readonly paused: boolean };

/**
 * The recording of one call until it ends. All that is asked is done one after the other; functions
 * reject with a `ProblemError`.
 */
export type CallRecording = {
  /** The recording that runs; null while none does. */
  readonly running: () => RunningRecording | null;
  /** The call reaches the desk as words, so it is not recorded: told when it should be. */
  readonly answeredInWords: () => Promise<void>;
  /** Where the sound of this run begins in the call's sound, in ms; null before there is any. */
  readonly shiftMs: () => number | null;
  /** A stream of the call, or one beside it, began. @param at in ms since the epoch */
  readonly soundStarted: (at: number) => Promise<void>;
  /** Whether this call is to be recorded, whatever the settings say. */
  readonly asked: (record: boolean) => Promise<void>;
  readonly start: () => Promise<void>;
  readonly pause: (on: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** It came to its end unasked. @param found told once it is known that it still ran */
  readonly end: (because: RecordingEnd, found: Problem | null) => Promise<void>;
};

/** Makes the recording of a call; nothing is recorded yet. */
export function createCallRecording(
  callId: CallId,
  left: LeftRecording | null,
  ports: CallRecordingPorts,
): CallRecording {
  const { clock, state, emit, ways } = ports;
  let running: (RunningRecording & { readonly paused: boolean }) | null = null;
  let toTakeUp = left;
  let wanted = askedBefore(ports.eventsOf(callId));
  /** Whether it was decided that the call is recorded, or not. */
  let decided = false;
  let noticeSaid = false;
  /** Where the sound of this run begins in the call's sound, in ms; null before there is any. */
  let shiftMs: number | null = null;
  let work: Promise<unknown> = Promise.resolve();

  const next = <Result>(step: () => Promise<Result>): Promise<Result> => {
    const done = work.then(step);
    work = done.catch(() => {});
    return done;
  };
  /** Nobody waits for what is done unasked: what fails is a problem of the desk, as long as the call lasts. */
  const unasked = (step: () => Promise<void>): Promise<void> =>
    next(step).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) ports.log.error({ err: error }, 'recording failed');
      else if (findCall(state(), callId)?.status === 'live') ports.problem(error.problem);
    });

  const talk = (): LiveCall => {
    const call = findCall(state(), callId);
    if (call?.status !== 'live' || call.kind === 'notify') throw noSoundNow();
    if (call.carrier !== 'stream') throw wordsOnly();
    return call;
  };
  const noticeWanted = (): boolean => {
    const isDirect = findCall(state(), callId)?.kind === 'direct';
    return isDirect && !noticeSaid && state().settings.recordNotice !== '';
  };
  const spokenNotice = async (unspoken: Problem): Promise<Int16Array> => {
    try {
      return await ports.speak(state().settings.recordNotice);
    } catch (error) {
      throw new ProblemError(unspoken, { cause: error });
    }
  };
  const say = (notice: Int16Array, text: string): void => {
    noticeSaid = ports.playInto(callId, notice);
    if (!noticeSaid) return;
    ports.playHere(notice);
    emit({ event: 'text-said', callId, text, by: 'stream' });
  };
  const want = (on: boolean): void => {
    if (wanted === on) return;
    wanted = on;
    emit({ event: 'recording-wanted', callId, on });
  };

  const tellStart = (started: RunningRecording, offsetMs: number): void => {
    const { id, by, sid, account, path } = started;
    const told = { callId, recordingId: id, by, offsetMs, recordingSid: sid, account, path };
    emit({ event: 'recording-started', ...told });
  };
  const setPaused = async (on: boolean): Promise<void> => {
    if (running === null) throw notRecorded();
    if (running.paused === on) return;
    await ways[running.by].pause(running, on);
    running = { ...running, paused: on };
    emit({ event: 'recording-paused', callId, recordingId: running.id, on });
  };

  const checkRoom = async (): Promise<void> => {
    const free = await ports.freeBytes(ports.folder);
    if (free !== null && free < FULL_DISK_BYTES) throw new ProblemError(NO_ROOM);
  };

  const begin = async (): Promise<void> => {
    const isOfOthers = talk().kind === 'supervised';
    const { recordNotice: text, recorder } = state().settings;
    // Only here is the customer kept apart from who serves.
    const by = isOfOthers ? 'here' : recorder;
    if (isOfOthers && text !== '') throw new ProblemError(NOTICE_UNSPEAKABLE);
    if (by === 'here') await checkRoom();
    // Spoken first, so that the recording begins with it.
    const notice = noticeWanted() ? await spokenNotice(NOTICE_UNSPOKEN) : null;
    if (!hasSound(talk())) throw noSoundNow();
    const startedAt = clock.now();
    const id = ports.newId();
    const path = recordingPath(ports.folder, id, startedAt);
    const { offsetMs, sid, account } = await ways[by].start({ id, callId, path });
    running = { id, callId, by, sid, account, startedAt, path, paused: false };
    decided = true;
    tellStart(running, offsetMs + (shiftMs ?? 0));
    if (notice !== null) say(notice, text);
    ports.problem(null);
  };

  const finish = async (because: RecordingEnd): Promise<void> => {
    const over = running;
    if (over === null) return;
    running = null;
    emit({ event: 'recording-stopped', callId, recordingId: over.id, because });
    await ways[over.by].collect(over);
  };

  /** Ends also what Twilio still records of an earlier run. */
  const endNow = async (because: RecordingEnd): Promise<void> => {
    const found = toTakeUp;
    toTakeUp = null;
    if (running === null && found?.recording.by === 'twilio') {
      running = { ...found.recording, paused: found.paused };
      tellStart(running, found.recording.offsetMs);
    }
    await finish(because);
  };

  /** A call of an earlier run is recorded on: Twilio never stopped, and here a new file goes on. */
  const takeUp = async ({ recording, paused }: LeftRecording): Promise<void> => {
    decided = true;
    noticeSaid = true;
    if (recording.by === 'twilio') {
      running = { ...recording, paused: false };
      tellStart(running, recording.offsetMs);
      if (!paused) return;
      running = { ...running, paused };
      emit({ event: 'recording-paused', callId, recordingId: recording.id, on: true });
      return;
    }
    await begin();
    await setPaused(paused);
  };

  const isWanted = (): boolean => {
    const { settings, line } = state();
    // Calls of others are only recorded when somebody asks.
    if (findCall(state(), callId)?.kind === 'supervised') return wanted === true;
    return shouldRecord(settings, line.kind, wanted);
  };

  return {
    running: () => running,
    shiftMs: () => shiftMs,
    answeredInWords: () =>
      unasked(async () => {
        const isDirect = findCall(state(), callId)?.kind === 'direct';
        if (isDirect && isWanted()) throw wordsOnly();
      }),
    soundStarted: at =>
      unasked(async () => {
        shiftMs ??= at - (soundStartOf(ports.eventsOf(callId)) ?? at);
        if (toTakeUp !== null) {
          const found = toTakeUp;
          toTakeUp = null;
          return takeUp(found);
        }
        if (running !== null) {
          // What could not be said when it began is said as soon as it can be.
          if (!noticeWanted()) return;
          const notice = await spokenNotice(NOTICE_UNSPOKEN_YET);
          return say(notice, state().settings.recordNotice);
        }
        if (decided) return;
        decided = true;
        if (!isWanted()) return;
        try {
          await begin();
        } catch (error) {
          const call = findCall(state(), callId);
          // Tried again when the sound is back.
          if (call?.status === 'live' && !hasSound(call)) decided = false;
          else throw error;
        }
      }),
    asked: record => {
      want(record);
      return unasked(async () => {
        if (!decided) return;
        if (record && running === null) return begin();
        if (record || running === null) return;
        // The call was answered before it was known that it is not to be recorded.
        const { id, by } = running;
        await ways[by].stop(running);
        await finish('asked');
        await ports.delete(id);
      });
    },
    start: () => next(async () => (running === null ? begin() : undefined)),
    pause: on => next(() => setPaused(on)),
    stop: () =>
      next(async () => {
        decided = true;
        const left = toTakeUp?.recording;
        const over = running ?? (left?.by === 'twilio' ? left : null);
        if (over !== null) await ways[over.by].stop(over);
        else want(false);
        await endNow('asked');
      }),
    end: (because, found) =>
      unasked(async () => {
        if (found !== null && running !== null) ports.problem(found);
        await endNow(because);
      }),
  };
}

/** Whether sound of a call comes here now: by its own stream, or with others on it by one beside it. */
function hasSound({ room, stream }: LiveCall): boolean {
  return stream || room?.listening === true;
}

/** Whether an earlier run was asked to record a call, or not to; undefined when nobody asked. */
function askedBefore(events: readonly CallEvent[]): boolean | undefined {
  const last = events.findLast(
    event =>
      event.event === 'recording-wanted' ||
      (event.event === 'recording-stopped' && event.because === 'asked'),
  );
  if (last === undefined) return undefined;
  return last.event === 'recording-wanted' && last.on;
}
