import { callParams, type Params } from '../call-params.ts';
import { absoluteUrl, fetchTwiml, TwimlFailure } from '../fetch-twiml.ts';
import { alert } from '../line.ts';
import { LoopSound } from '../loop-sound.ts';
import { musicLoop } from '../music.ts';
import type { Program } from '../program.ts';
import { createSid } from '../sid.ts';
import { notify } from '../status-callbacks.ts';
import type { Enqueue, Verb } from '../twiml.ts';
import { aborted } from '../wait.ts';
import { isPrompt, playPrompt } from './prompts.ts';

const DISALLOWED_VERB = 13238;

/**
 * Lets the far person wait, hearing what waitUrl says over and over (hold music without one), until
 * they hang up, its TwiML lets them leave, or the call gets other instructions.
 */
export async function enqueue(program: Program, verb: Enqueue): Promise<Params> {
  const { line, call, signal } = program;
  const queue = { QueueSid: createSid('QU'), EnteredAt: line.clock.now() };
  const queueTime = (): string => String(Math.round((line.clock.now() - queue.EnteredAt) / 1000));
  let waiting = true;
  let url = verb.waitUrl;
  while (waiting && !signal.aborted && url !== undefined) {
    const request = {
      url: absoluteUrl(url, program.url),
      method: verb.waitMethod,
      params: {
        QueueSid: queue.QueueSid,
        QueueTime: queueTime(),
        QueuePosition: '1',
        CurrentQueueSize: '1',
        AvgQueueTime: queueTime(),
      },
    };
    const wait = await waitOnce(program, request);
    waiting = wait.waiting;
    url = wait.url ?? (wait.heardAnything ? verb.waitUrl : undefined);
  }
  if (waiting && !signal.aborted) await holdMusic(program);
  const result = { QueueSid: queue.QueueSid, QueueTime: queueTime() };
  if (call.over.aborted && verb.action !== undefined) {
    const params = { ...callParams(line, call), ...result, QueueResult: 'hangup' };
    const action = absoluteUrl(verb.action, program.url);
    await notify(line, call, { url: action, method: verb.method }, params);
  }
  return { ...result, QueueResult: 'leave' };
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
