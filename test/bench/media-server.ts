import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createEngine } from '../../electron/audio/engine.ts';
import { createLog } from '../../electron/log.ts';
import { pace } from '../../electron/practice/pace.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { FRAME_LIMIT_BYTES, noFaults } from '../../electron/twilio/limits.ts';
import { serveMediaStream } from '../../electron/twilio/media-stream.ts';
import { endWithParent } from './roles.ts';

/** How far a server has come: its own CPU time and what it took in. */
export type Reading = { readonly cpuUs: number; readonly frames: number; readonly wallMs: number };

let frames = 0;

/** In a child: serves media streams the way `kind` names, tells its port, then a reading whenever asked. */
export function runMediaServer(kind: string): void {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    maxPayload: FRAME_LIMIT_BYTES,
  });
  server.on('connection', servers[kind as ServerKind]());
  server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const reading: Reading = { cpuUs: user + system, frames, wallMs: systemClock.monotonic() };
    process.send?.(reading);
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
  /** Earshot: streams checked, decoded, measured, buffered, mixed every 20 ms, drawn 25 times a second. */
  earshot: () => {
    const engine = createEngine({ clock: systemClock, onReach: () => {}, onSignals: () => {} });
    pace(systemClock, () => void engine.nextFrame());
    const counts = noFaults();
    const log = createLog('error');
    return (socket: WebSocket) =>
      serveMediaStream(socket, {
        clock: systemClock,
        log,
        counts,
        callOf: (_token, callSid) => callSid,
        accept: stream => {
          const { onFrame, onEnd } = engine.connect(stream.callId, stream);
          return {
            onFrame: (timestampMs, frame) => {
              frames += 1;
              onFrame(timestampMs, frame);
            },
            onDigit: () => {},
            onMark: () => {},
            onEnd,
          };
        },
      });
  },
} as const satisfies Record<string, () => (socket: WebSocket) => void>;
