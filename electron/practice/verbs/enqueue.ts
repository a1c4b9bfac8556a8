import { callParams, type Params } from '../call-params.ts';
import { absoluteUrl, fetchTwiml, TwimlFailure } from '../fetch-twiml.ts';
import { alert } from '../line.ts';
import { LoopSound } from '../loop-sound.ts';
import { musicLoop } from '../music.ts';
import type { Program } from '../program.ts';
import type { CallQueue, QueueMember } from '../queue.ts';
import { notify } from '../status-callbacks.ts';
import type { Enqueue, Verb } from '../verb.ts';
import { aborted, wait } from '../wait.ts';
import { isPrompt, playPrompt } from './prompts.ts';

const DISALLOWED_VERB = 13238;

/** Waiting TwiML that takes less than this (its sound could not be had) is not asked for again sooner. */
const MIN_ROUND_MS = 1000;

/** The queue of an Enqueue that names none. */
const UNNAMED = 'default';

/**
 * Lets the far person wait in a queue, hearing what waitUrl says over and over (hold music without
 * one), until they are taken out, hang up, its TwiML lets them leave, or the call gets other
 * instructions.
 */
export async function enqueue(program: Program, verb: Enqueue): Promise<Params> {
  const { line, call, signal } = program;
  const queue = line.queues.named(verb.queue === '' ? UNNAMED : verb.queue);
  const member = queue.join(call, line.clock.now());
  if (member === undefined) {
    return { QueueSid: queue.sid, QueueTime: '0', QueueResult: 'queue-full' };
  }
  const waiting = { ...program, signal: AbortSignal.any([signal, member.taken]) };
  await waitIn(waiting, verb, queue, member).finally(() => queue.remove(member, line.clock.now()));
  const result = {
    QueueSid: queue.sid,
    QueueTime: String(member.waitedSeconds(line.clock.now())),
  };
  await member.meeting?.(program);
  if (!signal.aborted) {
    return { ...result, QueueResult: member.meeting === undefined ? 'leave' : 'bridged' };
  }
  if (verb.action !== undefined) {
    const params = { ...callParams(line, call), ...result, QueueResult: outcome(program, member) };
    const action = absoluteUrl(verb.action, program.url);
    await notify(line, call, { url: action, method: verb.method }, params);
  }
  return {};
}

/** How the waiting of a call ended that is over or does something else now. */
function outcome({ call }: Program, { meeting }: QueueMember): string {
  if (call.over.aborted) return meeting === undefined ? 'hangup' : 'bridged';
  return meeting === undefined ? 'redirected' : 'redirected-from-bridged';
}

async function waitIn(
  program: Program,
  verb: Enqueue,
  queue: CallQueue,
  member: QueueMember,
): Promise<void> {
  const { line, signal } = program;
  let url = verb.waitUrl;
  while (!signal.aborted && url !== undefined) {
    const now = line.clock.now();
    const request = {
      url: absoluteUrl(url, program.url),
      method: verb.waitMethod,
      params: {
        QueueSid: queue.sid,
        QueueTime: String(member.waitedSeconds(now)),
        QueuePosition: String(queue.positionOf(member)),
        CurrentQueueSize: String(queue.members.length),
        AvgQueueTime: String(queue.averageSeconds(now)),
      },
    };
    const round = await waitOnce(program, request);
    if (!round.waiting) return;
    url = round.url ?? (round.heardAnything ? verb.waitUrl : undefined);
    await wait(line.clock, Math.max(0, now + MIN_ROUND_MS - line.clock.now()), signal);
  }
  if (!signal.aborted) await holdMusic(program);
}

type WaitResult = {
  readonly waiting: boolean;
  readonly heardAnything: boolean;
  /** Where the waiting TwiML redirected to. */
  readonly url?: string;
};

async function waitOnce(
  program: Program,
  request: Parameters<typeof fetchTwiml>[2],
): Promise<WaitResult> {
  const { line, call, signal } = program;
  let heardAnything = false;
  try {
    const document = await fetchTwiml(line, call, request, signal);
    for (const verb of document.verbs) {
      if (signal.aborted || verb.verb === 'Leave') return { waiting: false, heardAnything };
      if (verb.verb === 'Hangup') call.end('completed');
      else if (verb.verb === 'Redirect') {
        return { waiting: true, heardAnything, url: absoluteUrl(verb.url, document.url) };
      } else if (isPrompt(verb)) {
        heardAnything = true;
        await playPrompt({ ...program, url: document.url }, verb);
      } else alert(line, call, DISALLOWED_VERB, `${nameOf(verb)} is not allowed while waiting`);
    }
  } catch (error) {
    if (!(error instanceof TwimlFailure)) throw error;
    if (!signal.aborted) alert(line, call, error.code, error.message);
    return { waiting: true, heardAnything: false };
  }
  return { waiting: true, heardAnything };
}

async function holdMusic({ call, signal }: Program): Promise<void> {
  const music = new LoopSound(musicLoop);
  const stop = call.leg.connect(() => music.next());
  await aborted(signal);
  stop();
}

function nameOf(verb: Verb): string {
  return verb.verb === 'unknown' ? verb.name : verb.verb;
}
