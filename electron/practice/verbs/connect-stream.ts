import { callParams, type Params } from '../call-params.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import { alert } from '../line.ts';
import { runMediaStream } from '../media-stream.ts';
import type { Program } from '../program.ts';
import { createSid } from '../sid.ts';
import { notify } from '../status-callbacks.ts';
import { twilioDate } from '../twilio-date.ts';
import type { Stream } from '../twiml.ts';
import type { Method } from '../webhooks.ts';

const HANDSHAKE_FAILED = 31920;
const CLOSED_ABNORMALLY = 31921;
const BAD_URL = 31923;

/** Close codes an app ends a stream with on purpose: normal, going away, none given. */
const NORMAL_CLOSE_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** Connects the far person with the app's stream until the app closes it or the program ends. */
export async function connectStream(program: Program, verb: Stream): Promise<Params> {
  const { line, call, signal } = program;
  const url = streamUrl(verb.url);
  if (url === undefined) {
    alert(line, call, BAD_URL, 'A stream needs a wss URL, or ws on this computer');
    return {};
  }
  if (url !== verb.url) alert(line, call, BAD_URL, 'The query of a stream URL was dropped');
  const streamSid = createSid('MZ');
  const callback = callbackOf(program, verb);
  const report = (event: string, error?: string): void => {
    if (callback === undefined) return;
    void notify(line, call, callback, {
      ...callParams(line, call),
      StreamSid: streamSid,
      StreamName: verb.name === '' ? streamSid : verb.name,
      StreamEvent: event,
      ...(error === undefined ? {} : { StreamError: error }),
      Timestamp: twilioDate(line.clock.now()),
    });
  };
  const end = await runMediaStream(program, {
    url,
    streamSid,
    parameters: verb.parameters,
    onStarted: () => report('stream-started'),
  });
  if (end.opened) {
    report('stream-stopped');
    if (!signal.aborted && !NORMAL_CLOSE_CODES.has(end.code)) {
      alert(line, call, CLOSED_ABNORMALLY, `The app closed the stream with ${end.code}`);
    }
  } else if (!signal.aborted) {
    report('stream-error', end.reason);
    alert(line, call, HANDSHAKE_FAILED, `The stream could not be opened: ${end.reason}`);
  }
  return { StreamSid: streamSid };
}

function callbackOf(program: Program, verb: Stream): { url: string; method: Method } | undefined {
  if (verb.statusCallback === undefined) return undefined;
  const url = absoluteUrl(verb.statusCallback, program.url);
  return { url, method: verb.statusCallbackMethod };
}

/** The URL without its query, which Twilio does not send; undefined when it may not be streamed to. */
function streamUrl(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const { protocol, hostname } = new URL(given);
  const here = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  const allowed = protocol === 'wss:' || (protocol === 'ws:' && here);
  return allowed ? given.split(/[?#]/)[0] : undefined;
}
