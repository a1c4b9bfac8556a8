import { assertNever } from '../core/assert-never.ts';
import type { PracticeCall } from './call.ts';
import type { Params } from './call-params.ts';
import {
  absoluteUrl,
  fetchTwiml,
  readTwiml,
  type TwimlDocument,
  TwimlFailure,
} from './fetch-twiml.ts';
import { alert, type Line } from './line.ts';
import type { Program } from './program.ts';
import { recordHere } from './recording-session.ts';
import type { Verb } from './verb.ts';
import { beginStream, connectStream, stopStreams } from './verbs/connect-stream.ts';
import { dial } from './verbs/dial.ts';
import { dialConference } from './verbs/dial-conference.ts';
import { dialQueue } from './verbs/dial-queue.ts';
import { enqueue } from './verbs/enqueue.ts';
import { gather } from './verbs/gather.ts';
import { isPrompt, playPrompt, sayTo } from './verbs/prompts.ts';
import { record } from './verbs/record.ts';
import { beginTranscription, stopTranscriptions } from './verbs/transcription.ts';
import { wait } from './wait.ts';
import type { Method } from './webhooks.ts';

/** Where a call's instructions come from. */
export type TwimlSource =
  | { readonly kind: 'text'; readonly twiml: string }
  | {
      readonly kind: 'url';
      readonly url: string;
      readonly method: Method;
      readonly params?: Params;
      /** Asked instead when the URL fails. */
      readonly fallback?: { readonly url: string; readonly method: Method };
    };

/** What comes after a verb: the next one, the end of the call, or another document. */
type Next = 'next-verb' | 'hang-up' | 'document-over' | { readonly source: TwimlSource };

/** Runs TwiML for a person before they are connected; false when it hangs up or fails. */
export type Tell = (
  call: PracticeCall,
  source: TwimlSource,
  signal: AbortSignal,
) => Promise<boolean>;

const UNKNOWN_VERB = 12200;
const TOO_MANY_REDIRECTS = 11215;

/** Documents in a row that may do nothing but redirect. */
const MAX_HOPS = 100;

const APOLOGY = 'We are sorry. An application error has occurred. Goodbye.';

/** Runs TwiML on a call instead of what ran before; when it is over, the call is. */
export function runProgram(line: Line, call: PracticeCall, source: TwimlSource): void {
  const signal = call.nextProgram();
  const running = run(line, call, source, signal)
    .catch((error: unknown) => {
      line.log.error({ error: String(error), callSid: call.sid }, 'A practice call broke');
      if (!signal.aborted) call.end('failed');
    })
    .finally(() => line.running.delete(running));
  line.running.add(running);
}

async function run(
  line: Line,
  call: PracticeCall,
  start: TwimlSource,
  signal: AbortSignal,
): Promise<void> {
  const end = await perform(line, call, start, signal);
  if (signal.aborted) return;
  if (end === 'failed') return apologise(line, call, signal);
  call.answer();
  call.end('completed');
}

async function perform(
  line: Line,
  call: PracticeCall,
  start: TwimlSource,
  signal: AbortSignal,
): Promise<'document-over' | 'hang-up' | 'failed'> {
  let source = start;
  let hops = 0;
  while (!signal.aborted) {
    let next: Next;
    try {
      const { verbs, url } = await load(line, call, source, signal);
      hops = verbs[0]?.verb === 'Redirect' ? hops + 1 : 0;
      if (hops > MAX_HOPS) {
        alert(line, call, TOO_MANY_REDIRECTS, 'The TwiML redirects without an end');
        return 'hang-up';
      }
      next = await runVerbs({ line, call, signal, url }, verbs);
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof TwimlFailure)) throw error;
      alert(line, call, error.code, error.message, error.exchange);
      const fallback = fallbackOf(source, error.code);
      if (fallback === undefined) return 'failed';
      next = { source: fallback };
    }
    if (next === 'next-verb' || next === 'document-over') return 'document-over';
    if (next === 'hang-up') return next;
    source = next.source;
  }
  return 'hang-up';
}

async function load(
  line: Line,
  call: PracticeCall,
  source: TwimlSource,
  signal: AbortSignal,
): Promise<TwimlDocument> {
  if (source.kind === 'text') return { verbs: readTwiml(line, source.twiml), url: undefined };
  return fetchTwiml(line, call, { params: {}, ...source }, signal);
}

async function runVerbs(program: Program, verbs: readonly Verb[]): Promise<Next> {
  for (const verb of verbs) {
    const next = await runVerb(program, verb);
    if (program.signal.aborted) return 'hang-up';
    if (next !== 'next-verb') return next;
  }
  return 'document-over';
}

async function runVerb(program: Program, verb: Verb): Promise<Next> {
  const { line, call, signal } = program;
  if (!keepsRinging(verb)) call.answer();
  if (isPrompt(verb)) {
    await (verb.verb === 'Pause' ? wait(line.clock, verb.ms, signal) : playPrompt(program, verb));
    return 'next-verb';
  }
  switch (verb.verb) {
    case 'Gather': {
      const result = await gather(program, verb);
      if (result === undefined) return 'next-verb';
      return goTo(program, verb.action, verb.method, result);
    }
    case 'Stream':
      return after(program, verb, await connectStream(program, verb));
    case 'Enqueue':
      return after(program, verb, await enqueue(program, verb));
    case 'Dial': {
      const tell: Tell = async (to, source, until) =>
        (await perform(line, to, source, until)) === 'document-over';
      const { queue, conference } = verb;
      if (conference) return after(program, verb, await dialConference(program, verb, conference));
      const result = queue
        ? await dialQueue(program, verb, queue, tell)
        : await dial(program, verb, tell);
      return after(program, verb, result);
    }
    case 'Record': {
      const result = await record(program, verb);
      if (result === undefined || signal.aborted) return 'next-verb';
      return goTo(program, verb.action, verb.method, result);
    }
    case 'StartStream':
      beginStream(program, verb);
      return 'next-verb';
    case 'StopStream':
      stopStreams(program, verb.name);
      return 'next-verb';
    case 'StartTranscription':
      beginTranscription(program, verb);
      return 'next-verb';
    case 'StopTranscription':
      stopTranscriptions(program, verb.name);
      return 'next-verb';
    case 'StartRecording':
      recordHere(program, verb, 'StartCallRecordingTwiML');
      return 'next-verb';
    case 'StopRecording':
      for (const running of [...call.recordings]) running.stop();
      return 'next-verb';
    case 'Redirect':
      return goTo(program, verb.url, verb.method, {});
    case 'Reject':
      if (call.status === 'ringing') call.end(verb.reason === 'busy' ? 'busy' : 'no-answer', 603);
      return 'hang-up';
    case 'Hangup':
      return 'hang-up';
    case 'Leave':
      return 'next-verb';
    case 'unknown':
      alert(line, call, UNKNOWN_VERB, `The verb ${verb.name} is not known here`);
      return 'next-verb';
    default:
      return assertNever(verb);
  }
}

/** Whether the caller of an unanswered call goes on hearing it ring during a verb. */
function keepsRinging(verb: Verb): boolean {
  if (verb.verb === 'Dial') return verb.answerOnBridge;
  return ['Pause', 'Redirect', 'Reject', 'unknown'].includes(verb.verb);
}

/** Goes to the verb's action, if it has one. */
function after(
  program: Program,
  verb: { readonly action: string | undefined; readonly method: Method },
  result: Params,
): Next {
  return verb.action === undefined ? 'next-verb' : goTo(program, verb.action, verb.method, result);
}

function goTo(program: Program, to: string | undefined, method: Method, params: Params): Next {
  const url = absoluteUrl(to ?? '', program.url);
  return { source: { kind: 'url', url, method, params } };
}

function fallbackOf(source: TwimlSource, code: number): TwimlSource | undefined {
  if (source.kind === 'text' || source.fallback === undefined) return undefined;
  const { fallback, url } = source;
  return { kind: 'url', ...fallback, params: { ErrorCode: String(code), ErrorUrl: url } };
}

async function apologise(line: Line, call: PracticeCall, signal: AbortSignal): Promise<void> {
  call.answer();
  await sayTo({ line, call, signal, url: undefined }, APOLOGY, '');
  call.end('failed');
}
