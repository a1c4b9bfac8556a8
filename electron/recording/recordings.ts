import { type Call, type CallId, isTalk } from '../core/call.ts';
import type { Cancel } from '../core/clock.ts';
import { type CallEvent, type ConsoleEvent, isCallEvent } from '../core/events.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import type { Recording, RecordingId } from '../core/recording.ts';
import { findCall } from '../core/state.ts';
import { callProblems } from './call-problems.ts';
import {
  type CallRecording,
  type CallRecordingPorts,
  createCallRecording,
  type LeftRecording,
} from './call-recording.ts';
import type { LowDisk } from './disk-room.ts';
import { createExports, type ExportFormat } from './export-recording.ts';
import { createHandover, type LineRecordings, type ToldRecording } from './handover.ts';
import { beginsSound } from './markers.ts';
import { createMasking } from './masked-sound.ts';
import { isThere, removeDraft, removeRecordingFiles } from './recording-path.ts';
import * as problems from './recording-problems.ts';
import { recordingWays, type WayPorts } from './recording-ways.ts';
import { startRetention } from './retention.ts';

/** What recordings need of the rest. */
type RecordingsPorts = Omit<CallRecordingPorts, 'problem' | 'ways' | 'eventsOf' | 'delete'> &
  Pick<WayPorts, 'recorder' | 'soundOf'> & {
    /** Tells a problem that stands, or with null that it is over. */
    readonly problem: (id: string, found: Problem | null) => void;
    /** The recordings of the line in use; null while it is down. */
    readonly atTwilio: () => LineRecordings | null;
    /** Makes a file whole that a killed run left behind; null when there is none. Rejects when it cannot be reached. */
    readonly repair: (path: string) => Promise<{ readonly durationMs: number } | null>;
    /** Works out the levels of a file and keeps them beside it. */
    readonly readLevels: (path: string) => Promise<unknown>;
    /** What is kept of recordings and calls. */
    readonly store: {
      readonly recordingsOf: (callId: CallId) => readonly Recording[];
      readonly recording: (id: RecordingId) => Recording | null;
      readonly unfinishedRecordings: () => readonly Recording[];
      readonly recordingsKeptBefore: (at: number) => readonly Recording[];
      readonly recordingsLostBefore: (at: number) => readonly Recording[];
      readonly eventsOf: (callId: CallId) => readonly CallEvent[];
    };
  };

/** The recordings of this desk. Functions reject with a `ProblemError`. */
export type Recordings = {
  /** Takes up what an earlier run left, and deletes what is too old. Call once, before a line opens. */
  readonly open: () => Promise<void>;
  /** Does what follows from an event: calls are recorded from their first sound to their end. */
  readonly follow: (event: ConsoleEvent) => void;
  /** Whether a call dialled here is to be recorded, whatever the settings say. */
  readonly asked: (callId: CallId, record: boolean) => void;
  /** Records a live call from now on. */
  readonly start: (callId: CallId) => Promise<void>;
  /** Keeps silence in place of what is said, or records on. */
  readonly pause: (callId: CallId, on: boolean) => Promise<void>;
  readonly stop: (callId: CallId) => Promise<void>;
  /** The recordings of a call, oldest first. A file that somebody took away is told as lost, one that is back as kept. */
  readonly of: (callId: CallId) => Promise<readonly Recording[]>;
  /** Writes a recording to a file of its own, which is replaced when it is there. */
  readonly export: (id: RecordingId, path: string, format: ExportFormat) => Promise<void>;
  /** Deletes a recording, at Twilio too. */
  readonly delete: (id: RecordingId) => Promise<void>;
  /** What was written here stopped by itself. */
  readonly writingStopped: (id: RecordingId, because: 'disk-full' | 'failed') => void;
  readonly diskChanged: (low: LowDisk | null) => void;
  /** Twilio is done with a recording. */
  readonly told: (news: ToldRecording) => void;
  /** Ends what runs and waits for its files. */
  readonly close: () => Promise<void>;
};

/** The names under which problems stand that are of no single call: with the room there is, and with what Twilio has. */
const DISK = 'recording-disk';
const FETCH = 'recording-fetch';
const LEFT = 'recording-left';

/** Stands before the account of a practice line. */
const PRACTICE = 'practice ';

/** When Twilio is done with a recording, its call is over, or known to be so by then. */
const END_GRACE_MS = 5000;

/** Builds the recordings of this desk; nothing is recorded yet. */
export function createRecordings(ports: RecordingsPorts): Recordings {
  const { clock, log, state, emit, store, atTwilio } = ports;
  const calls = new Map<CallId, CallRecording>();
  const left = new Map<CallId, LeftRecording>();
  const graces = new Set<Cancel>();
  let retention: ReturnType<typeof startRetention> | null = null;
  const exports = createExports(ports.folder);
  let wasReady = false;

  const callProblem = callProblems(ports);
  const account = (): string | null => {
    const sid = atTwilio()?.accountSid ?? null;
    return sid !== null && state().line.kind === 'practice' ? PRACTICE + sid : sid;
  };
  const handover = createHandover({
    ...ports,
    account,
    problem: found => ports.problem(FETCH, found),
  });
  const shiftOf = (callId: CallId): number | null => calls.get(callId)?.shiftMs() ?? null;
  const masking = createMasking({ ...ports, shiftOf });
  const ways = recordingWays({ ...ports, account, await: handover.add });

  const known = (id: RecordingId): Recording => {
    const recording = store.recording(id);
    if (recording === null) throw problems.noRecording();
    return recording;
  };
  const remove = async (id: RecordingId): Promise<void> => {
    const recording = known(id);
    const { callId, path, status } = recording;
    if (status === 'deleted') return;
    if (status === 'running') throw problems.stillRuns();
    handover.drop(id);
    try {
      await removeRecordingFiles(path);
    } catch (error) {
      if (status === 'waiting') waitFor(recording);
      throw problems.notDeleted(error);
    }
    emit({ event: 'recording-deleted', callId, recordingId: id, because: 'asked' });
    await removeAtTwilio(recording);
  };
  const removeAtTwilio = async ({ sid, account: its }: Recording): Promise<void> => {
    const isOther = its !== account();
    if (sid === null || (isOther && isPractice(its))) return;
    try {
      const line = atTwilio();
      if (line === null) throw new ProblemError(problems.LINE_DOWN);
      // Another account does not know it, which looks as if it were gone.
      if (isOther) throw new ProblemError(problems.OTHER_ACCOUNT);
      await line.remove(sid);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      ports.problem(LEFT, problems.leftAtTwilio(error));
    }
  };

  const recordingOf = (callId: CallId): CallRecording => {
    const begun = calls.get(callId);
    if (begun !== undefined) return begun;
    const call = createCallRecording(callId, leftOn(callId), {
      ...ports,
      problem: found => callProblem(callId, found),
      ways,
      eventsOf: store.eventsOf,
      delete: remove,
    });
    calls.set(callId, call);
    return call;
  };
  const leftOn = (callId: CallId): LeftRecording | null => {
    const found = left.get(callId);
    left.delete(callId);
    if (found?.recording.by !== 'twilio') return found ?? null;
    // It may have ended since.
    if (store.recording(found.recording.id)?.status !== 'running') return null;
    handover.forget(found.recording.id);
    return found;
  };

  const waitFor = ({ id, callId, sid, account: its, path }: Recording): void => {
    if (sid !== null) handover.add({ id, callId, sid, path, account: its });
  };
  const takeUp = async (recording: Recording): Promise<void> => {
    const { id, callId, by, account: its, path, status } = recording;
    if (by === 'twilio' && isPractice(its)) {
      emit({ event: 'recording-lost', callId, recordingId: id });
      await removeDraft(path).catch(() => {});
      return;
    }
    if (status === 'running') left.set(callId, { recording, paused: wasPaused(id, callId) });
    if (by === 'twilio') {
      waitFor(recording);
      return;
    }
    try {
      tellRepaired(recording, await ports.repair(path));
    } catch (error) {
      // On a disk that is not there now, perhaps: the next start looks again.
      log.warn({ err: error, recordingId: id }, 'a recording of an earlier run was not reached');
    }
  };
  const tellRepaired = (
    recording: Recording,
    repaired: { readonly durationMs: number } | null,
  ): void => {
    const { id, callId } = recording;
    masking.again(recording);
    if (repaired === null) emit({ event: 'recording-lost', callId, recordingId: id });
    else emit({ event: 'recording-saved', callId, recordingId: id, ...repaired });
  };
  /** Somebody took its file away, or brought it back. */
  const lookAt = async (recording: Recording): Promise<void> => {
    const { id, callId, status, path } = recording;
    if (status === 'kept' && !(await isThere(path))) {
      emit({ event: 'recording-lost', callId, recordingId: id });
    } else if (status === 'lost') {
      const repaired = await ports.repair(path).catch(() => null);
      if (repaired !== null) tellRepaired(recording, repaired);
    }
  };
  const wasPaused = (id: RecordingId, callId: CallId): boolean => {
    const last = store
      .eventsOf(callId)
      .findLast(event => event.event === 'recording-paused' && event.recordingId === id);
    return last?.event === 'recording-paused' && last.on;
  };

  const running = (is: (each: { readonly id: string; readonly sid: string | null }) => boolean) =>
    [...calls.values()].find(call => {
      const found = call.running();
      return found !== null && is(found);
    });

  return {
    open: async () => {
      retention = startRetention({
        clock,
        log,
        emit,
        days: () => state().settings.keepRecordingsDays,
        keptBefore: store.recordingsKeptBefore,
        lostBefore: store.recordingsLostBefore,
      });
      for (const recording of store.unfinishedRecordings()) await takeUp(recording);
    },
    follow: event => {
      if (isCallEvent(event) && beginsSound(event)) {
        if (!isHeard(findCall(state(), event.callId))) return;
        void recordingOf(event.callId).soundStarted(event.at);
      } else if (event.event === 'call-answered' && event.carrier === 'gather') {
        void recordingOf(event.callId).answeredInWords();
      } else if (event.event === 'call-ended') {
        const { callId } = event;
        const ended = calls.get(callId)?.end('call-ended', null);
        void ended?.then(() => calls.delete(callId));
      } else if (event.event === 'sound-masked') {
        masking.follow(event);
      } else if (event.event === 'settings-changed') {
        retention?.settingsChanged();
      } else if (event.event === 'line-changed') {
        const isReady = event.line.status === 'ready';
        if (isReady && !wasReady) handover.hurry();
        wasReady = isReady;
      }
    },
    asked: (callId, record) => void recordingOf(callId).asked(record),
    start: callId => recordingOf(callId).start(),
    pause: (callId, on) => recordingOf(callId).pause(on),
    stop: callId => recordingOf(callId).stop(),
    of: async callId => {
      for (const recording of store.recordingsOf(callId)) await lookAt(recording);
      return store.recordingsOf(callId);
    },
    export: async (id, path, format) => exports.write(known(id), path, format),
    delete: remove,
    writingStopped: (id, because) => {
      const found = because === 'disk-full' ? problems.DISK_FULL : problems.BROKEN_OFF;
      void running(each => each.id === id)?.end(because, found);
    },
    diskChanged: low => ports.problem(DISK, low === null ? null : problems.littleRoom(low)),
    told: news => {
      handover.told(news);
      const call = running(({ sid }) => sid === news.recordingSid);
      if (call === undefined) return;
      const cancel = clock.after(END_GRACE_MS, () => {
        graces.delete(cancel);
        // Another may run by now.
        if (call.running()?.sid === news.recordingSid) {
          void call.end('failed', problems.ENDED_BY_TWILIO);
        }
      });
      graces.add(cancel);
    },
    close: async () => {
      for (const cancel of graces) cancel();
      await Promise.all([...calls.values()].map(call => call.end('call-ended', null)));
      await Promise.all([retention?.close(), exports.close(), handover.close()]);
    },
  };
}

/** Whether a call is one that may be recorded: its sound comes here, or what comes beside it. */
function isHeard(call: Call | undefined): boolean {
  return call?.status === 'live' && (call.room !== null || isTalk(call));
}

/** Whether a recording was the practice line's, which keeps its own until Earshot ends. */
function isPractice(account: string | null): boolean {
  return account?.startsWith(PRACTICE) === true;
}
