import { callParams } from './call-params.ts';
import { alert } from './line.ts';
import { runMediaStream } from './media-stream.ts';
import type { Program } from './program.ts';
import { notify } from './status-callbacks.ts';
import { twilioDate } from './twilio-date.ts';
import type { CallbackNoun, StreamNoun } from './verb.ts';

/** A stream to open; its callback's URL is a whole one. */
export type StreamRequest = Omit<StreamNoun, 'callback'> & {
  readonly sid: string;
  readonly twoWay: boolean;
  readonly callback: CallbackNoun | undefined;
};

const TIMED_OUT = 31901;
const HANDSHAKE_FAILED = 31920;
const CLOSED_ABNORMALLY = 31921;
const BAD_URL = 31923;

/** What Twilio says of the failures that are pretended. */
const PRETENDED = {
  [HANDSHAKE_FAILED]: 'Stream - WebSocket - Handshake Error',
  [CLOSED_ABNORMALLY]: 'Stream - WebSocket - Close Error',
} as const;

/** Close codes an app ends a stream with on purpose: normal, going away, none given. */
const NORMAL_CLOSE_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** Streams the call to the app until either side ends it, with its callbacks and alerts. */
export async function runStream(
  program: Pick<Program, 'line' | 'call' | 'signal'>,
  request: StreamRequest,
): Promise<void> {
  const { line, call, signal } = program;
  const { sid: streamSid, callback } = request;
  const url = streamUrl(request.url);
  if (url === undefined) {
    alert(line, call, BAD_URL, 'A stream needs a wss URL, or ws on this computer');
    return;
  }
  if (url !== request.url) alert(line, call, BAD_URL, 'The query of a stream URL was dropped');
  const report = (event: string, error?: string): void => {
    if (callback === undefined) return;
    void notify(line, call, callback, {
      ...callParams(line, call),
      StreamSid: streamSid,
      StreamName: request.name === '' ? streamSid : request.name,
      StreamEvent: event,
      ...(error === undefined ? {} : { StreamError: error }),
      Timestamp: twilioDate(line.clock.now()),
    });
  };
  const { streamError } = line.pretences.now;
  if (streamError === HANDSHAKE_FAILED) {
    report('stream-error', PRETENDED[streamError]);
    alert(line, call, streamError, PRETENDED[streamError]);
    return;
  }
  const end = await runMediaStream(program, {
    ...request,
    url,
    streamSid,
    isCut: streamError === CLOSED_ABNORMALLY,
    onStarted: () => {
      line.traffic.emit({ event: 'stream-started', call, streamSid });
      report('stream-started');
    },
  });
  if (end.opened) {
    line.traffic.emit({ event: 'stream-stopped', call, streamSid });
    if (streamError === null) report('stream-stopped');
    else report('stream-error', PRETENDED[streamError]);
    if (!signal.aborted && !NORMAL_CLOSE_CODES.has(end.code)) {
      const code = line.pretences.now.unreachable ? TIMED_OUT : CLOSED_ABNORMALLY;
      alert(line, call, code, `The app closed the stream with ${end.code}`);
    }
  } else if (!signal.aborted) {
    report('stream-error', end.reason);
    const code = line.pretences.now.unreachable ? TIMED_OUT : HANDSHAKE_FAILED;
    alert(line, call, code, `The stream could not be opened: ${end.reason}`);
  }
}

/** The URL without its query, which Twilio does not send; undefined when it may not be streamed to. */
export function streamUrl(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const { protocol, hostname } = new URL(given);
  const here = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const allowed = protocol === 'wss:' || (protocol === 'ws:' && here);
  return allowed ? given.split(/[?#]/)[0] : undefined;
}
