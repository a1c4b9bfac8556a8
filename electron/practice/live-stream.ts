import type { PracticeCall } from './call.ts';
import type { Line } from './line.ts';
import { createSid } from './sid.ts';
import { runStream, type StreamRequest } from './stream-session.ts';

/** A one-way stream of a call that was begun by TwiML or REST. */
export type LiveStream = {
  readonly sid: string;
  readonly name: string;
  /** Milliseconds since the Unix epoch. */
  readonly changedAt: number;
  readonly status: 'in-progress' | 'stopped';
  stop(): void;
};

/** Begins to stream a call; it ends with the call, with `stop`, or when the app closes the socket. */
export function startStream(
  line: Line,
  call: PracticeCall,
  request: Omit<StreamRequest, 'twoWay' | 'sid'>,
): LiveStream {
  const sid = createSid('MZ');
  const stopping = new AbortController();
  const stream: { -readonly [Key in keyof LiveStream]: LiveStream[Key] } = {
    sid,
    name: request.name === '' ? sid : request.name,
    changedAt: line.clock.now(),
    status: 'in-progress',
    stop: () => stopping.abort(),
  };
  call.streams.push(stream);
  const signal = AbortSignal.any([call.over, stopping.signal]);
  const running = runStream({ line, call, signal }, { ...request, sid, twoWay: false })
    .catch((error: unknown) => {
      line.log.error({ error: String(error), callSid: call.sid }, 'A practice stream broke');
    })
    .finally(() => {
      stream.status = 'stopped';
      stream.changedAt = line.clock.now();
      line.running.delete(running);
    });
  line.running.add(running);
  return stream;
}
