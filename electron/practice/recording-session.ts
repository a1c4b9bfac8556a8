import { FRAME_MS, type Frame, SILENCE } from '../core/audio/frame.ts';
import type { PracticeCall } from './call.ts';
import { API_VERSION, type Params } from './call-params.ts';
import { absoluteUrl } from './fetch-twiml.ts';
import type { Line } from './line.ts';
import type { Program } from './program.ts';
import { Recording, type RecordingSource } from './recording.ts';
import { notify } from './status-callbacks.ts';
import { twilioDate } from './twilio-date.ts';
import type { RecordingEvent, RecordingNoun } from './verb.ts';
import { wait } from './wait.ts';

/** A recording is ended after an hour. */
const MAX_FRAMES = (60 * 60 * 1000) / FRAME_MS;

/** What a recording is begun with; the callback's URL is a whole one. */
type RecordingRequest = RecordingNoun & {
  readonly source: RecordingSource;
  /** Records what the far person says and not what they hear. */
  readonly saidOnly?: boolean;
};

/** A recording that runs. */
export type RunningRecording = {
  readonly recording: Recording;
  readonly url: string;
  /** Ends it; does nothing when it is over. */
  stop(): void;
};

/** Records a call until it ends or `stop` is called. */
export function startRecording(
  line: Line,
  call: PracticeCall,
  request: RecordingRequest,
): RunningRecording {
  const base = `/${API_VERSION}/Accounts/${line.accountSid}/Recordings/`;
  const recording = new Recording({
    callSid: call.sid,
    source: request.source,
    channels: request.channels,
    at: line.clock.now(),
    urlOf: sid => `${line.apiUrl()}${base}${sid}`,
  });
  line.recordings.add(recording);
  let heard: Frame = SILENCE;
  let frames = 0;
  const stop = (): void => {
    if (!recording.isOpen) return;
    for (const end of ends) end();
    call.over.removeEventListener('abort', stop);
    call.recordings.delete(running);
    recording.stop(line.clock.now());
    prepare(line, recording, () => report(line, call, recording, request));
  };
  const ends = [
    call.leg.hearing.on(frame => {
      heard = request.saidOnly === true ? SILENCE : frame;
    }),
    call.leg.frames.on(said => {
      recording.add(said, heard);
      frames += 1;
      if (frames >= MAX_FRAMES) stop();
    }),
  ];
  const running = { recording, url: recording.url, stop };
  call.recordings.add(running);
  call.over.addEventListener('abort', stop, { once: true });
  if (call.over.aborted) stop();
  else report(line, call, recording, request);
  return running;
}

/** The recording a Dial or a Start asks for; none when it does not. */
export function recordDial(
  program: Program,
  noun: RecordingNoun | undefined,
): RunningRecording | undefined {
  return noun && recordHere(program, noun, 'DialVerb');
}

/** Begins a recording that a document asks for. */
export function recordHere(
  { line, call, url }: Program,
  noun: RecordingNoun,
  source: RecordingSource,
  saidOnly = false,
): RunningRecording {
  const callback = noun.callback && {
    ...noun.callback,
    url: absoluteUrl(noun.callback.url, url),
  };
  return startRecording(line, call, { ...noun, callback, source, saidOnly });
}

/** Has the sound ready: at once, or as late as the line pretends. */
function prepare(line: Line, recording: Recording, done: () => void): void {
  const finish = (): void => {
    recording.finish(line.clock.now());
    done();
  };
  const { slowRecordingsMs } = line.pretences.now;
  if (slowRecordingsMs === 0) finish();
  else {
    void wait(line.clock, slowRecordingsMs, line.closing).then(() => {
      if (!line.closing.aborted) finish();
    });
  }
}

function report(
  line: Line,
  call: PracticeCall,
  recording: Recording,
  { callback, events }: RecordingRequest,
): void {
  const event = eventOf(recording);
  if (event === undefined) return;
  if (callback === undefined || !events.includes(event)) return;
  void notify(line, call, callback, recordingParams(line, call, recording));
}

function eventOf({ status }: Recording): RecordingEvent | undefined {
  if (status === 'processing') return undefined;
  return status === 'paused' ? 'in-progress' : status;
}

function recordingParams(line: Line, call: PracticeCall, recording: Recording): Params {
  return {
    AccountSid: line.accountSid,
    CallSid: call.sid,
    RecordingSid: recording.sid,
    RecordingUrl: recording.url,
    RecordingStatus: recording.status,
    RecordingChannels: String(recording.channels),
    RecordingSource: recording.source,
    RecordingTrack: 'both',
    RecordingStartTime: twilioDate(recording.startedAt),
    ErrorCode: String(recording.errorCode ?? 0),
    ...(recording.isOpen ? {} : { RecordingDuration: String(recording.durationSeconds) }),
  };
}
