import { FRAME_MS } from '../core/audio/frame.ts';
import type { PracticeCall } from './call.ts';
import type { Params } from './call-params.ts';
import { Ear } from './ear.ts';
import { isPureTone } from './pure-tone.ts';
import type { Method } from './webhooks.ts';

/** Who or what took a call, in Twilio's words. */
export type AnsweredBy =
  | 'human'
  | 'machine_start'
  | 'machine_end_beep'
  | 'machine_end_silence'
  | 'machine_end_other'
  | 'unknown';

/** How a call is told whether a machine answered. Times in milliseconds. */
export type MachineDetection = {
  /** Whether a machine's greeting is waited for. */
  readonly untilEnd: boolean;
  /** Whom to tell while the call goes on; undefined when the call waits for the result. */
  readonly inBackground: { readonly url: string; readonly method: Method } | undefined;
  readonly timeoutMs: number;
  /** A machine talks at least so long before it is known as one. */
  readonly speechMs: number;
  /** Quiet after which a greeting is over. */
  readonly speechEndMs: number;
  /** Quiet at the start after which it stays unknown. */
  readonly silenceMs: number;
};

/** What was found, and how long it took from the answer. */
type Detected = { readonly answeredBy: AnsweredBy; readonly durationMs: number };

/** How long a tone is that ends a greeting: a beep, and no vowel. */
const BEEP_MS = 160;

/** Listens who took the call; undefined when `signal` aborts first. */
export function detectMachine(
  call: PracticeCall,
  options: MachineDetection,
  signal: AbortSignal,
): Promise<Detected | undefined> {
  const judge = createJudge(options, call.person.machine === true);
  return new Promise(resolve => {
    let durationMs = 0;
    const finish = (answeredBy: AnsweredBy | undefined): void => {
      unsubscribe();
      signal.removeEventListener('abort', abort);
      resolve(answeredBy && { answeredBy, durationMs });
    };
    const abort = (): void => finish(undefined);
    const unsubscribe = call.leg.frames.on(frame => {
      durationMs += FRAME_MS;
      const answeredBy = judge(frame, durationMs);
      if (answeredBy !== undefined) finish(answeredBy);
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

/** What Twilio reports to the callback of a detection in the background. */
export function detectionParams(call: PracticeCall, accountSid: string, found: Detected): Params {
  return {
    CallSid: call.sid,
    AccountSid: accountSid,
    AnsweredBy: found.answeredBy,
    MachineDetectionDuration: String(found.durationMs),
  };
}

type Judge = (frame: Int16Array, elapsedMs: number) => AnsweredBy | undefined;

/** Times come from the sound, as at Twilio; who it is comes from the person, so that it is never wrong. */
function createJudge(options: MachineDetection, machine: boolean): Judge {
  const ear = new Ear();
  let toneMs = 0;
  let beeped = false;
  return (frame, elapsedMs) => {
    ear.hear(frame);
    const toned = isPureTone(frame);
    toneMs = toned ? toneMs + FRAME_MS : 0;
    beeped ||= toneMs >= BEEP_MS;
    const spoke = ear.voicedMs > 0;
    const silent = ear.quietMs >= (spoke ? options.speechEndMs : options.silenceMs);
    const known = spoke && (silent || ear.voicedMs >= options.speechMs);
    const late = elapsedMs >= options.timeoutMs;
    if (!spoke) return silent || late ? 'unknown' : undefined;
    if (!machine || !options.untilEnd) {
      if (known) return machine ? 'machine_start' : 'human';
      return late ? 'unknown' : undefined;
    }
    if (beeped && !toned) return 'machine_end_beep';
    if (silent) return 'machine_end_silence';
    return late ? 'machine_end_other' : undefined;
  };
}
