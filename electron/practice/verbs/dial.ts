import { ringBack, talk } from '../bridge.ts';
import type { PracticeCall } from '../call.ts';
import type { Params } from '../call-params.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import { alert, openCall } from '../line.ts';
import type { Program } from '../program.ts';
import { reach } from '../reach.ts';
import { recordDial } from '../recording-session.ts';
import type { Tell } from '../run-twiml.ts';
import { reportProgress } from '../status-callbacks.ts';
import { keyTones } from '../tone.ts';
import type { Dial, DialNumber } from '../verb.ts';
import { wait } from '../wait.ts';

const INVALID_NUMBER = 13224;

/**
 * How long a Dial takes to notice that the other call got instructions of its own. Twilio's own time
 * is not documented; the practice line lets whoever moves both calls, one after the other, do so.
 */
const NOTICE_MS = 250;

type Attempt = { readonly noun: DialNumber; readonly call: PracticeCall };

/** Rings every number of a Dial and connects the first that answers, until one of the two hangs up. */
export async function dial(program: Program, verb: Dial, tell: Tell): Promise<Params> {
  const { line, call, signal } = program;
  const valid = verb.numbers.filter(({ number }) => /^\+[1-9]\d{6,14}$/.test(number));
  if (valid.length < verb.numbers.length) {
    alert(line, call, INVALID_NUMBER, 'The number of a Dial is not valid');
  }
  if (valid.length === 0) return { DialCallStatus: 'failed', DialBridged: 'false' };
  const attempts = valid.map(noun => begin(program, verb, noun));
  const stopRinging = ringBack(call);
  const answered = await firstAnswered(program, verb, attempts);
  for (const attempt of attempts) if (attempt !== answered) giveUp(attempt.call);
  const recording = answered && recordDial(program, verb.recording);
  // What the other call is told to do by itself replaces its part in this one.
  const theirs = answered?.call.nextProgram();
  const bridged = answered && theirs && (await prepare(program, answered, tell, theirs));
  stopRinging();
  if (bridged) {
    call.answer();
    await talk(line, call, answered.call, AbortSignal.any([signal, theirs]), verb);
  }
  const other = answered?.call ?? attempts.at(-1)?.call;
  const moved = theirs?.aborted === true && other?.over.aborted === false;
  if (moved) await wait(line.clock, NOTICE_MS, signal);
  else if (other !== undefined) giveUp(other);
  recording?.stop();
  return {
    ...(other === undefined ? {} : dialParams(other, moved)),
    DialBridged: String(bridged === true),
    ...(recording === undefined ? {} : { RecordingUrl: recording.url }),
  };
}

function begin({ line, call, url }: Program, verb: Dial, noun: DialNumber): Attempt {
  const other = openCall(line, {
    direction: 'outbound-dial',
    from: verb.callerId ?? call.from,
    to: noun.number,
    parentSid: call.sid,
    person: line.personAt(noun.number),
  });
  if (noun.callback !== undefined) {
    const callback = { ...noun.callback, url: absoluteUrl(noun.callback.url, url) };
    reportProgress(line, other, { ...callback, events: noun.events });
  }
  return { noun, call: other };
}

function firstAnswered(
  { line, signal }: Program,
  { timeoutMs }: Dial,
  attempts: readonly Attempt[],
): Promise<Attempt | undefined> {
  return new Promise(resolve => {
    const tried = attempts.map(async attempt => {
      const { call } = attempt;
      await reach(line, call, timeoutMs, AbortSignal.any([signal, call.over]));
      if (call.status === 'in-progress' && !signal.aborted) resolve(attempt);
    });
    void Promise.all(tried).then(() => resolve(undefined));
  });
}

/** Keys for, and words to, the one who answered; false when they are not to be connected. */
async function prepare(
  program: Program,
  { noun, call }: Attempt,
  tell: Tell,
  theirs: AbortSignal,
): Promise<boolean> {
  const signal = AbortSignal.any([program.signal, theirs]);
  if (noun.sendDigits !== '') await call.leg.play(keyTones(noun.sendDigits), signal);
  if (noun.whisper === undefined) return !signal.aborted;
  const { url, method } = noun.whisper;
  const source = { kind: 'url', url: absoluteUrl(url, program.url), method } as const;
  return (await tell(call, source, signal)) && !signal.aborted;
}

function giveUp(call: PracticeCall): void {
  call.end(call.status === 'in-progress' ? 'completed' : 'canceled');
}

function dialParams(other: PracticeCall, moved: boolean): Params {
  return {
    DialCallSid: other.sid,
    DialCallStatus: moved ? 'completed' : other.status,
    DialCallDuration: String(other.durationSeconds),
  };
}
