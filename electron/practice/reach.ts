import type { PracticeCall } from './call.ts';
import type { Line } from './line.ts';
import { wait } from './wait.ts';

/** Time a call spends in the queue, in milliseconds. */
const QUEUE_MS = 50;

/** SIP's answers to a call nobody took. */
const SIP_BUSY = 486;
const SIP_NO_ANSWER = 487;

/** Tries to reach the far person: when this is done the call is answered or over, or `signal` aborted. */
export async function reach(
  line: Line,
  call: PracticeCall,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  await wait(line.clock, QUEUE_MS, signal);
  if (signal.aborted) return;
  call.initiate();
  const { pickUp } = call.person;
  if (pickUp.does === 'run') {
    call.ring();
    pickUp.begin(call);
    await wait(line.clock, timeoutMs, AbortSignal.any([signal, taken(call)]));
    if (!signal.aborted && call.status === 'ringing') call.end('no-answer', SIP_NO_ANSWER);
    return;
  }
  if (pickUp.does === 'answer' || pickUp.does === 'ring-out') call.ring();
  const ringsMs = pickUp.does === 'ring-out' ? timeoutMs : Math.min(pickUp.afterMs, timeoutMs);
  await wait(line.clock, ringsMs, signal);
  if (signal.aborted) return;
  if (pickUp.does === 'busy') call.end('busy', SIP_BUSY);
  else if (pickUp.does === 'fail') call.end('failed', pickUp.sipCode);
  else if (pickUp.does === 'answer' && pickUp.afterMs <= timeoutMs) call.answer();
  else call.end('no-answer', SIP_NO_ANSWER);
}

/** Aborts when the call is answered or over. */
function taken(call: PracticeCall): AbortSignal {
  const done = new AbortController();
  const look = (): void => {
    if (call.status !== 'queued' && call.status !== 'ringing') done.abort();
  };
  look();
  call.progress.on(look);
  return done.signal;
}
