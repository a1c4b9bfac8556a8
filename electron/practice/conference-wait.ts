import type { PracticeCall } from './call.ts';
import type { Interlude } from './conference-options.ts';
import { absoluteUrl, fetchTwiml, TwimlFailure } from './fetch-twiml.ts';
import { alert, type Line } from './line.ts';
import { musicLoop } from './music.ts';
import type { SoundFeed } from './sound-feed.ts';
import type { Prompt } from './verb.ts';
import { isPrompt, soundOf, textOf } from './verbs/prompts.ts';
import { wait } from './wait.ts';

/** Where TwiML is played that only tells something. */
type Stage = {
  readonly line: Line;
  /** The call that is named in requests and alerts. */
  readonly call: PracticeCall;
  readonly feed: SoundFeed;
  readonly signal: AbortSignal;
};

const DISALLOWED_VERB = 13238;

/** TwiML that takes less than this and redirects is not asked for again sooner. */
const MIN_ROUND_MS = 1000;

/**
 * Plays what somebody hears apart from a conference. When its TwiML has no more verbs there is
 * silence; what cannot be had is silence and an alert.
 */
export async function playInterlude(stage: Stage, { url, method }: Interlude): Promise<void> {
  const { line, feed, signal } = stage;
  if (url === '') return;
  if (url === undefined) return feed.play(musicLoop(), signal, true);
  let next: Required<Interlude> | undefined = { url, method };
  while (next?.url !== undefined && !signal.aborted) {
    const startedAt = line.clock.now();
    next = await playDocument(stage, { url: next.url, method: next.method });
    const leftMs = startedAt + MIN_ROUND_MS - line.clock.now();
    if (next !== undefined) await wait(line.clock, Math.max(0, leftMs), signal);
  }
}

/** Plays one document. @returns where it redirects to */
async function playDocument(
  stage: Stage,
  request: { readonly url: string; readonly method: Interlude['method'] },
): Promise<Interlude | undefined> {
  const { line, call, signal } = stage;
  try {
    const document = await fetchTwiml(line, call, { ...request, params: {} }, signal);
    for (const verb of document.verbs) {
      if (signal.aborted) return undefined;
      if (verb.verb === 'Redirect') {
        return { url: absoluteUrl(verb.url, document.url), method: verb.method };
      }
      if (isPrompt(verb)) await playInto(stage, document.url, verb);
      else {
        const name = verb.verb === 'unknown' ? verb.name : verb.verb;
        alert(line, call, DISALLOWED_VERB, `${name} is not allowed in a conference's TwiML`);
      }
    }
  } catch (error) {
    if (!(error instanceof TwimlFailure)) throw error;
    if (!signal.aborted) alert(line, call, error.code, error.message, error.exchange);
  }
  return undefined;
}

async function playInto(stage: Stage, url: string | undefined, prompt: Prompt): Promise<void> {
  const { line, feed, signal } = stage;
  if (prompt.verb === 'Pause') return wait(line.clock, prompt.ms, signal);
  const samples = await soundOf({ ...stage, url }, prompt);
  if (samples === undefined) return;
  const text = textOf(prompt);
  if (prompt.loop === 0) return feed.play(samples, signal, true, text);
  for (let turn = 0; turn < prompt.loop && !signal.aborted; turn += 1) {
    await feed.play(samples, signal, false, text);
  }
}

/** Lets sound go on beside whatever else happens, until it is over or the line is closed. */
export function playBeside(line: Line, playing: Promise<void>): void {
  const running = playing
    .catch((error: unknown) =>
      line.log.error({ error: String(error) }, 'A practice conference could not play a sound'),
    )
    .finally(() => line.running.delete(running));
  line.running.add(running);
}
