import { once } from 'node:events';
import { WebSocket } from 'ws';
import { FRAME_MS, FRAME_SAMPLES } from '../../electron/core/audio/frame.ts';
import { encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { LineMessages } from '../../electron/practice/media-messages.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { computerTime } from './media-server.ts';
import { endWithParent } from './roles.ts';

type Stream = { readonly socket: WebSocket; readonly messages: LineMessages; sent: number };

/** What was sent so far. @field late more than 20 ms after it was due */
export type Sent = { readonly frames: number; readonly late: number };

/** Different frames a stream repeats: half a second of a voice-like sound. */
const LOOP_FRAMES = 25;

/**
 * In a child: opens the streams and sends 50 frames a second on each, the streams spread over the 20 ms; a
 * frame's timestamp is 20 ms before it is due. Tells when it began, then what it sent whenever asked.
 */
export async function runMediaSender(port: number, count: number): Promise<void> {
  const sound = Array.from({ length: LOOP_FRAMES }, (_, frame) => encodeMulaw(voice(frame)));
  const streams: Stream[] = [];
  for (let index = 0; index < count; index += 1) {
    streams.push(await openStream(port, index));
  }
  const startedAt = systemClock.monotonic();
  const since = computerTime();
  const sent = { frames: 0, late: 0 };
  setInterval(() => {
    const elapsedMs = systemClock.monotonic() - startedAt;
    for (const [index, stream] of streams.entries()) {
      const beginMs = Math.floor((index * FRAME_MS) / streams.length);
      const due = Math.floor((elapsedMs - beginMs) / FRAME_MS);
      for (; stream.sent < due; stream.sent += 1) {
        const payload = sound[stream.sent % LOOP_FRAMES] ?? new Uint8Array(FRAME_SAMPLES);
        const timestampMs = beginMs + stream.sent * FRAME_MS;
        stream.socket.send(stream.messages.media('inbound', payload, timestampMs));
        sent.frames += 1;
        if (stream.sent < due - 1) sent.late += 1;
      }
    }
  }, 1);
  process.on('message', () => process.send?.(sent satisfies Sent));
  endWithParent();
  process.send?.(since);
}

async function openStream(port: number, index: number): Promise<Stream> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  const callSid = `CA${String(index).padStart(32, '0')}`;
  const streamSid = `MZ${String(index).padStart(32, '0')}`;
  const messages = new LineMessages({
    accountSid: 'AC0',
    callSid,
    streamSid,
    tracks: ['inbound'],
  });
  socket.send(messages.connected());
  socket.send(messages.start({ token: 'bench' }));
  return { socket, messages, sent: 0 };
}

function voice(frame: number): Int16Array {
  return Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => {
    const at = frame * FRAME_SAMPLES + i;
    return Math.round(
      9000 * Math.sin(at * 0.17) * Math.sin(at * 0.0031) + 900 * Math.sin(at * 1.9),
    );
  });
}
