import type { Params } from '../call-params.ts';
import type { Interlude, JoinOptions } from '../conference-options.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import type { Program } from '../program.ts';
import type { Dial, DialConference } from '../verb.ts';
import { wait } from '../wait.ts';

/** Lets the caller take part in a conference until they leave it, it ends, or the Dial says so. Twilio tells its action neither a call nor a duration. */
export async function dialConference(
  { line, call, signal, url }: Program,
  { timeLimitMs, hangupOnStar }: Dial,
  { name, options }: DialConference,
): Promise<Params> {
  const resolved = resolve(options, url);
  const conference = line.conferences.named(line, name);
  call.answer();
  const out = new AbortController();
  const leave = (): void => conference.leave(call.sid);
  const stopListening = call.leg.keys.on(key => hangupOnStar && key === '*' && leave());
  void wait(line.clock, timeLimitMs, out.signal).then(() => out.signal.aborted || leave());
  const departure = await conference.join(call, resolved, signal);
  out.abort();
  stopListening();
  return { DialCallStatus: departure === 'refused' ? 'failed' : 'answered' };
}

/** The options with whole URLs. Throws `TwimlFailure`. */
function resolve(options: JoinOptions, base: string | undefined): JoinOptions {
  const { callback, wait: waiting } = options;
  const url = callback && absoluteUrl(callback.url, base);
  return {
    ...options,
    wait: resolveInterlude(waiting, base),
    callback: callback && url !== undefined ? { ...callback, url } : undefined,
  };
}

function resolveInterlude({ url, method }: Interlude, base: string | undefined): Interlude {
  return { url: url === undefined || url === '' ? url : absoluteUrl(url, base), method };
}
