import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type WebSocket, WebSocketServer } from 'ws';
import { createEngine } from '../../electron/audio/engine.ts';
import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { createLog } from '../../electron/log.ts';
import { createRecorder } from '../../electron/recording/recorder.ts';
import { recordingWriterHere } from '../../electron/recording/recording-writer.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { FRAME_LIMIT_BYTES, noFaults } from '../../electron/twilio/limits.ts';
import { serveMediaStream } from '../../electron/twilio/media-stream.ts';
import { endWithParent } from './roles.ts';
import { openTranscribedDesk, type TranscribedDesk } from './transcribed-desk.ts';

/** How far a server has come: its own CPU time and what it took in. */
export type Reading = {
  readonly cpuUs: number;
  readonly frames: number;
  /** Frames taken in more than 20 ms after they were due to be sent. */
  readonly lateFrames: number;
  readonly wallMs: number;
  /** CPU time of the process that listens for voices, since it began; null where there is none, or the system does not tell. */
  readonly voicesUs: number | null;
  /** How late the event loop was at its 99th percentile since the reading before, in ms. */
  readonly delayP99Ms: number;
};

/** Resolution of the timer that Node measures the delay with; it reports the whole interval. */
const RESOLUTION_MS = 1;

let frames = 0;
let lateFrames = 0;
let transcribed: TranscribedDesk | null = null;

/** When the sender began, on `computerTime`; null before it told. */
let sendingSince: number | null = null;

/** Asked for once: asking takes longer than telling the time. */
const BEGIN_OF_PROCESS = performance.timeOrigin;

/** ms on a clock that all processes of this computer share. */
export function computerTime(): number {
  return BEGIN_OF_PROCESS + performance.now();
}

/** Counts a frame. @param sinceMs when it was due to be sent, in ms since the sender began */
function note(sinceMs: number): void {
  frames += 1;
  if (sendingSince !== null && computerTime() - sendingSince - sinceMs > FRAME_MS) lateFrames += 1;
}

/** In a child: serves media streams the way `kind` names, tells its port, then a reading whenever asked. */
export function runMediaServer(kind: string): void {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    maxPayload: FRAME_LIMIT_BYTES,
  });
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  server.on('connection', servers[kind as ServerKind]());
  server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', message => {
    if (typeof message === 'number') {
      sendingSince = message;
      return;
    }
    const { user, system } = process.cpuUsage();
    const wallMs = systemClock.monotonic();
    const delayP99Ms = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);
    delay.reset();
    const voicesUs = transcribed?.voicesUs() ?? null;
    const cpuUs = user + system;
    process.send?.({ cpuUs, frames, lateFrames, wallMs, voicesUs, delayP99Ms } satisfies Reading);
  });
  endWithParent();
}

/** The servers compared. */
export type ServerKind = keyof typeof servers;

const servers = {
  /** Receives and forgets. */
  bare: () => (socket: WebSocket) => {
    socket.on('message', () => {
      frames += 1;
    });
  },
  /** Reads JSON and base64 and forgets. */
  parsing: () => (socket: WebSocket) => {
    socket.on('message', data => {
      const { event, media } = JSON.parse(String(data));
      if (event === 'media' && Buffer.from(media.payload, 'base64').length > 0) frames += 1;
    });
  },
  /** Earshot with everything but recordings. */
  unrecorded: () => earshotServer(false),
  /** Earshot with everything. */
  earshot: () => earshotServer(true),
  /** Earshot with calls of others: who talks is told apart, and what they say comes in words. Two streams are a call. */
  transcribed: () => {
    transcribed = openTranscribedDesk();
    return transcribed.serve(note);
  },
} as const satisfies Record<string, () => (socket: WebSocket) => void>;

/** Earshot: streams checked, kept, measured, buffered, mixed every 20 ms, told to the window 25 times a second. */
function earshotServer(records: boolean): (socket: WebSocket) => void {
  const log = createLog('error');
  const engine = createEngine({
    clock: systemClock,
    onReach: () => {},
    onSignals: () => {},
    onLost: () => {},
    onKept: () => {},
  });
  pace(systemClock, () => void engine.nextFrame());
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const recorder = createRecorder({
    clock: systemClock,
    log,
    launch: recordingWriterHere(log),
    onStopped: () => {},
    onDisk: () => {},
  });
  const counts = noFaults();
  return (socket: WebSocket) =>
    serveMediaStream(socket, {
      clock: systemClock,
      log,
      counts,
      passOf: (_token, callSid) => ({ callId: callSid, purpose: 'talk' }),
      accept: stream => {
        const { onSound, onMark, onEnd } = engine.connect(stream.callId, stream);
        const sound = engine.tapeOf(stream.callId);
        if (records && sound !== null) {
          recorder.start(stream.callId, sound, join(folder, `${stream.callId}.wav`));
        }
        return {
          onSound: (timestampMs, mulaw) => {
            note(timestampMs + FRAME_MS);
            onSound(timestampMs, mulaw);
          },
          onDigit: () => {},
          onMark,
          onEnd,
        };
      },
    });
}
