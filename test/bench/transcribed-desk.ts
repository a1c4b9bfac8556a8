import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WebSocket } from 'ws';
import { createEngine } from '../../electron/audio/engine.ts';
import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import { every } from '../../electron/core/clock.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { createFactLane } from '../../electron/fact-lane.ts';
import { createLog } from '../../electron/log.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createAlerts } from '../../electron/transcription/alerts.ts';
import { noFaults } from '../../electron/twilio/limits.ts';
import { serveMediaStream } from '../../electron/twilio/media-stream.ts';
import type { LaunchVoiceActivity } from '../../electron/voice-activity/activity-link.ts';
import { createVoiceActivity } from '../../electron/voice-activity/voice-activity.ts';
import type { VoiceActivityReport } from '../../electron/voice-activity/voice-activity-messages.ts';
import { liveCallFacts } from '../support/builders.ts';

/** Pieces of words of one call come so often: 2 a second. */
const PIECE_MS = 500;

/** A sentence comes in so many pieces, of which the last is final. */
const PIECES = 4;

/** Clock ticks of Linux in a second. Source: proc(5), `sysconf(_SC_CLK_TCK)`. */
const TICKS_PER_SECOND = 100;

const WORDS = 'good morning this is the front desk how may I help you today'.split(' ');

/** Earshot with voice activity and transcripts, under load. */
export type TranscribedDesk = {
  /** @param note told of each frame when it was due, in ms since the sender began */
  readonly serve: (note: (sinceMs: number) => void) => (socket: WebSocket) => void;
  /** CPU time of the process that listens for voices; null where the system does not tell. */
  readonly voicesUs: () => number | null;
};

/** Opens the desk: each pair of streams is the two sides of a call. */
export function openTranscribedDesk(): TranscribedDesk {
  const clock = systemClock;
  const log = createLog('error');
  let ids = 0;
  let child: ChildProcess | null = null;
  const lane = createFactLane(clock, log, () => `event-${ids++}`);
  const launch: LaunchVoiceActivity = ({ onReport, onExit }) => {
    const path = join(dirname(process.argv[1] ?? ''), 'voice-activity-process.cjs');
    const started = fork(path, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child = started;
    started.on('message', message => onReport(message as VoiceActivityReport));
    started.on('exit', onExit);
    return { send: request => void started.send(request), kill: () => started.kill('SIGKILL') };
  };
  const began = new Map<string, number>();
  const voices = createVoiceActivity({
    clock,
    log,
    launch,
    onTalk: (callId, speaker, on, atMs) => {
      alerts.talking(callId, speaker, on);
      const key = `${callId} ${speaker}`;
      const from = began.get(key) ?? atMs;
      if (on) began.set(key, atMs);
      else lane.emit({ event: 'talk-ended', callId, speaker, atMs: from, lengthMs: atMs - from });
    },
  });
  const { state, emit } = lane;
  const alerts = createAlerts({ clock, state, emit, available: voices.available });
  lane.steps.on(alerts.follow);
  const engine = createEngine({
    clock,
    onReach: () => {},
    onSignals: () => {},
    onLost: () => {},
    onKept: voices.hear,
  });
  pace(clock, () => void engine.nextFrame());

  const speak = (callId: string): void => {
    let piece = 0;
    every(clock, PIECE_MS, () => {
      piece += 1;
      const sentence = Math.floor((piece - 1) / PIECES);
      const part = 1 + ((piece - 1) % PIECES);
      emit({
        event: 'segment',
        callId,
        segmentId: `${callId} ${sentence}`,
        speaker: sentence % 2 === 0 ? 'them' : 'us',
        who: null,
        text: WORDS.slice(0, 3 * part).join(' '),
        isFinal: part === PIECES,
        confidence: 0.9,
        by: 'twilio',
        language: 'en-US',
        place: null,
        whispered: false,
      });
    });
  };

  const calls = new Map<string, ReturnType<typeof engine.connectMonitor>>();
  const inputOf = (callId: string) => {
    const known = calls.get(callId);
    if (known !== undefined) return known;
    for (const fact of liveCallFacts(callId)) emit(fact);
    speak(callId);
    const input = engine.connectMonitor(callId);
    calls.set(callId, input);
    return input;
  };

  const counts = noFaults();
  return {
    serve: note => socket =>
      serveMediaStream(socket, {
        clock,
        log,
        counts,
        passOf: (_token, callSid) => ({ callId: callSid, purpose: 'talk' }),
        accept: stream => {
          const index = Number(stream.callId.slice(2));
          const input = inputOf(`call-${index >> 1}`);
          const track = index % 2 === 0 ? 'inbound' : 'outbound';
          return {
            onSound: (timestampMs, mulaw) => {
              note(timestampMs + FRAME_MS);
              input.onSound(track, timestampMs, mulaw);
            },
            onDigit: () => {},
            onMark: () => {},
            onEnd: input.onEnd,
          };
        },
      }),
    voicesUs: () => (child?.pid === undefined ? null : cpuOf(child.pid)),
  };
}

/** CPU time of a process so far, in µs, user and system; null where the system has no such file. */
function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return (ticks * 1_000_000) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
