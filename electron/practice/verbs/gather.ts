import { FRAME_MS } from '../../core/audio/frame.ts';
import { callParams, type Params } from '../call-params.ts';
import { Ear } from '../ear.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import type { Program } from '../program.ts';
import { notify } from '../status-callbacks.ts';
import type { Gather } from '../verb.ts';
import { playPrompt } from './prompts.ts';

/** How sure the practice line says it is of what it heard: it knows the script. */
const CONFIDENCE = '0.95';

/**
 * Asks the far person for keys or words. Gives the parameters for the action, or undefined when
 * nothing came and the next verb follows. Pressing a key or speaking ends the prompts.
 */
export async function gather(program: Program, verb: Gather): Promise<Params | undefined> {
  const input = new AbortController();
  const answer = listenFor(program, verb, input);
  const promptsSignal = AbortSignal.any([program.signal, input.signal]);
  for (const prompt of verb.prompts) {
    if (promptsSignal.aborted) break;
    await playPrompt(program, prompt, promptsSignal);
  }
  answer.promptsAreOver();
  const result = await answer.result;
  return result ?? (verb.actionOnEmptyResult ? { Digits: '' } : undefined);
}

/** Tells what was heard so far, without waiting for an answer. */
function tellPartial(
  { line, call, url }: Program,
  { partialResult }: Gather,
  words: readonly string[],
): void {
  if (partialResult === undefined) return;
  void notify(
    line,
    call,
    { ...partialResult, url: absoluteUrl(partialResult.url, url) },
    {
      ...callParams(line, call),
      SequenceNumber: String(words.length - 1),
      StableSpeechResult: words.join(' '),
      UnstableSpeechResult: '',
      Stability: '1.0',
    },
  );
}

type Answer = { promptsAreOver(): void; readonly result: Promise<Params | undefined> };

function listenFor(program: Program, verb: Gather, input: AbortController): Answer {
  const { call, signal } = program;
  const ear = new Ear();
  let digits = '';
  let words: string[] = [];
  let prompting = true;
  let idleMs = 0;
  const stops: (() => void)[] = [];

  const result = new Promise<Params | undefined>(resolve => {
    const finish = (params: Params | undefined): void => {
      for (const stop of stops) stop();
      input.abort();
      resolve(params);
    };
    const onKey = (key: string): void => {
      input.abort();
      idleMs = 0;
      if (verb.finishOnKey !== '' && verb.finishOnKey.includes(key)) {
        finish(digits === '' ? undefined : { Digits: digits, FinishedOnKey: key });
        return;
      }
      digits += key;
      if (digits.length >= verb.numDigits) finish({ Digits: digits });
    };
    const onFrame = (): void => {
      const speaking = verb.speech && ear.voicedMs > 0 && ear.quietMs < verb.speechTimeoutMs;
      idleMs = prompting || speaking ? 0 : idleMs + FRAME_MS;
      if (words.length > 0 && ear.quietMs >= verb.speechTimeoutMs) {
        finish({ SpeechResult: words.join(' '), Confidence: CONFIDENCE });
      } else if (idleMs >= verb.timeoutMs) {
        finish(digits === '' ? undefined : { Digits: digits });
      }
    };

    if (verb.dtmf) stops.push(call.leg.keys.on(onKey));
    if (verb.speech) {
      stops.push(
        call.leg.sentences.on(sentence => {
          words.push(sentence);
          tellPartial(program, verb, words);
        }),
      );
      stops.push(
        call.leg.frames.on(frame => {
          ear.hear(frame);
          if (ear.voicedMs > 0) input.abort();
        }),
      );
    }
    stops.push(call.leg.frames.on(onFrame));
    const onAbort = (): void => {
      words = [];
      finish(undefined);
    };
    signal.addEventListener('abort', onAbort);
    stops.push(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });

  return {
    result,
    promptsAreOver: () => {
      prompting = false;
    },
  };
}
