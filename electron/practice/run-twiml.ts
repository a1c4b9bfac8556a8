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
import type { Verb } from './twiml.ts';
import { connectStream } from './verbs/connect-stream.ts';
import { dial } from './verbs/dial.ts';
import { enqueue } from './verbs/enqueue.ts';
import { gather } from './verbs/gather.ts';
import { isPrompt, playPrompt, sayTo } from './verbs/prompts.ts';
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
type Next = 'next-verb' | 'hang-up' | { readonly source: TwimlSource };

const UNKNOWN_VERB = 12200;
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
  let source = start;
  while (!signal.aborted) {
    let next: Next;
    try {
      const { verbs, url } = await load(line, call, source, signal);
      next = await runVerbs({ line, call, signal, url }, verbs);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TwimlFailure)) throw error;
      alert(line, call, error.code, error.message);
      const fallback = fallbackOf(source, error.code);
      if (fallback === undefined) return apologise(line, call, signal);
      next = { source: fallback };
    }
    if (typeof next === 'string') break;
    source = next.source;
  }
  if (signal.aborted) return;
  call.answer();
  call.end('completed');
}

async function load(
  line: Line,
  call: PracticeCall,
  source: TwimlSource,
  signal: AbortSignal,
): Promise<TwimlDocument> {
  if (source.kind === 'text') return { verbs: readTwiml(source.twiml), url: undefined };
  return fetchTwiml(line, call, { params: {}, ...source }, signal);
}

async function runVerbs(program: Program, verbs: readonly Verb[]): Promise<Next> {
  for (const verb of verbs) {
    const next = await runVerb(program, verb);
    if (program.signal.aborted || next === 'hang-up') return 'hang-up';
    if (next !== 'next-verb') return next;
  }
  return 'hang-up';
}

async function runVerb(program: Program, verb: Verb): Promise<Next> {
  const { line, call, signal } = program;
  if (verb.verb !== 'unknown' && !KEEPS_RINGING.has(verb.verb)) call.answer();
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
    case 'Dial':
      return after(program, verb, await dial(program, verb));
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

/** Verbs during which the caller of an unanswered call goes on hearing it ring. */
const KEEPS_RINGING: ReadonlySet<string> = new Set(['Pause', 'Redirect', 'Reject']);

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
