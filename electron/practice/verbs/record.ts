import { FRAME_MS } from '../../core/audio/frame.ts';
import { callParams, type Params } from '../call-params.ts';
import { Ear } from '../ear.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import type { Program } from '../program.ts';
import { recordHere } from '../recording-session.ts';
import { notify } from '../status-callbacks.ts';
import { tone } from '../tone.ts';
import type { RecordVerb } from '../verb.ts';

/** The beep of a Record. */
const BEEP_HZ = 1000;
const BEEP_MS = 400;

/**
 * Records a message of the far person. Gives the parameters for the action, or undefined when they
 * said nothing and the next verb follows.
 */
export async function record(program: Program, verb: RecordVerb): Promise<Params | undefined> {
  const { line, call, signal } = program;
  if (verb.playBeep) await call.leg.play(tone([BEEP_HZ], BEEP_MS), signal);
  if (signal.aborted) return undefined;
  const running = recordHere(program, verb, 'RecordVerb', true);
  const ear = new Ear();
  const digits = await listen(program, verb, ear);
  running.stop();
  if (ear.voicedMs === 0) return undefined;
  const result = {
    RecordingSid: running.recording.sid,
    RecordingUrl: running.url,
    RecordingDuration: String(running.recording.durationSeconds),
    Digits: digits,
  };
  if (call.over.aborted) {
    const url = absoluteUrl(verb.action ?? '', program.url);
    const callback = { url, method: verb.method };
    await notify(line, call, callback, { ...callParams(line, call), ...result });
  }
  return result;
}

/** Waits for the end of the message; gives the key that ended it, or `hangup`. */
function listen({ call, signal }: Program, verb: RecordVerb, ear: Ear): Promise<string> {
  return new Promise(resolve => {
    let recordedMs = 0;
    const finish = (digits: string): void => {
      for (const stop of stops) stop();
      resolve(digits);
    };
    const onAbort = (): void => finish(call.over.aborted ? 'hangup' : '');
    const stops = [
      call.leg.keys.on(key => verb.finishOnKey.includes(key) && finish(key)),
      call.leg.frames.on(frame => {
        ear.hear(frame);
        recordedMs += FRAME_MS;
        if (ear.quietMs >= verb.timeoutMs || recordedMs >= verb.maxLengthMs) finish('');
      }),
      () => signal.removeEventListener('abort', onAbort),
    ];
    signal.addEventListener('abort', onAbort);
  });
}
