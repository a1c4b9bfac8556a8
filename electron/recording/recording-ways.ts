import type { CallId } from '../core/call.ts';
import type { Fact } from '../core/events.ts';
import { ProblemError } from '../core/problem.ts';
import type { Recorder as RecorderName, RecordingId } from '../core/recording.ts';
import type { AwaitedRecording, LineRecordings } from './handover.ts';
import type { Recorder } from './recorder.ts';
import { LINE_DOWN, noSoundNow, refusedBy, unchangedBy } from './recording-problems.ts';

/** The sound of a call, as the engine keeps it. */
type CallSound = Parameters<Recorder['start']>[1];

/** A recording that runs. */
export type RunningRecording = {
  readonly id: RecordingId;
  readonly callId: CallId;
  readonly by: RecorderName;
  /** Twilio's RecordingSid; null for one made here. */
  readonly sid: string | null;
  /** The account that has it at Twilio; null for one made here. */
  readonly account: string | null;
  readonly startedAt: number;
  readonly path: string;
};

/** What a recording is begun with. */
type Beginning = Pick<RunningRecording, 'id' | 'callId' | 'path'>;

/** How recordings are made, whoever writes them. Functions reject with a `ProblemError`. */
export type RecordingWay = {
  /** @returns where its first sample stands in the call's sound, in ms, Twilio's name of it, and whose it is */
  readonly start: (
    beginning: Beginning,
  ) => Promise<{ readonly offsetMs: number } & Pick<RunningRecording, 'sid' | 'account'>>;
  /** Keeps silence in place of what is said, or records on. */
  readonly pause: (running: RunningRecording, on: boolean) => Promise<void>;
  /** Ends it while its call goes on. */
  readonly stop: (running: RunningRecording) => Promise<void>;
  /** Sees to the file of one that is over; how that went is told. */
  readonly collect: (running: RunningRecording) => Promise<void>;
};

/** What the two ways need of the rest. */
export type WayPorts = {
  readonly recorder: Pick<Recorder, 'start' | 'pause' | 'stop' | 'mask'>;
  /** The sound of a call; null while it has none. */
  readonly soundOf: (callId: CallId) => CallSound | null;
  readonly atTwilio: () => LineRecordings | null;
  /** Names the account of the line in use. */
  readonly account: () => string | null;
  /** Waits for what Twilio has to hand over. */
  readonly await: (recording: AwaitedRecording) => void;
  readonly emit: (fact: Fact) => void;
};

/** The ways recordings are made. */
export function recordingWays(ports: WayPorts): Readonly<Record<RecorderName, RecordingWay>> {
  return { here: hereWay(ports), twilio: twilioWay(ports) };
}

function hereWay({ recorder, soundOf, emit }: WayPorts): RecordingWay {
  return {
    start: async ({ id, callId, path }) => {
      const sound = soundOf(callId);
      if (sound === null) throw noSoundNow();
      return { ...recorder.start(id, sound, path), sid: null, account: null };
    },
    pause: async ({ id }, on) => recorder.pause(id, on),
    stop: async () => {},
    collect: async ({ id, callId }) => {
      const kept = await recorder.stop(id);
      if (kept === null) emit({ event: 'recording-lost', callId, recordingId: id });
      else emit({ event: 'recording-saved', callId, recordingId: id, ...kept });
    },
  };
}

function twilioWay(ports: WayPorts): RecordingWay {
  const { soundOf, atTwilio, account } = ports;
  const line = (): LineRecordings => {
    const recordings = atTwilio();
    if (recordings === null) throw new ProblemError(LINE_DOWN);
    return recordings;
  };
  /** Twilio's word on a recording that runs; it goes on as it was when Twilio refuses. */
  const change = async (work: (recordings: LineRecordings) => Promise<void>): Promise<void> => {
    try {
      await work(line());
    } catch (error) {
      throw error instanceof ProblemError ? unchangedBy(error) : error;
    }
  };
  return {
    start: async ({ callId }) => {
      try {
        const its = account();
        const sid = await line().start(callId);
        return { sid, account: its, offsetMs: soundOf(callId)?.nowMs() ?? 0 };
      } catch (error) {
        throw error instanceof ProblemError ? new ProblemError(refusedBy(error)) : error;
      }
    },
    pause: ({ callId, sid }, on) => change(recordings => recordings.pause(callId, sid ?? '', on)),
    stop: ({ callId, sid }) => change(recordings => recordings.stop(callId, sid ?? '')),
    collect: async ({ id, callId, sid, path, account: its }) => {
      if (sid !== null) ports.await({ id, callId, sid, path, account: its });
    },
  };
}
