import type { PracticeCall, Progress } from './call.ts';
import { callParams, type Params } from './call-params.ts';
import { alert, type Line } from './line.ts';
import { twilioDate } from './twilio-date.ts';
import { type Method, WebhookError } from './webhooks.ts';

/** Who wants to know of which steps of a call. */
export type StatusCallback = {
  readonly url: string;
  readonly method: Method;
  readonly events: readonly Progress[];
};

const MAX_REPLY_BYTES = 64 * 1024;

/**
 * Tells the app every requested step of a call, one after the other; SequenceNumber counts those
 * sent. An answer is not awaited by the call and its content is ignored.
 */
export function reportProgress(line: Line, call: PracticeCall, callback: StatusCallback): void {
  if (callback.url === '') return;
  let sequence = 0;
  let previous: Promise<void> = Promise.resolve();
  call.progress.on(progress => {
    if (!callback.events.includes(progress)) return;
    const params = { ...progressParams(line, call, progress), SequenceNumber: String(sequence) };
    sequence += 1;
    previous = previous.then(() => notify(line, call, callback, params));
  });
}

/** Sends one notification about a call; a failure becomes an alert. */
export async function notify(
  line: Line,
  call: PracticeCall,
  { url, method }: Pick<StatusCallback, 'url' | 'method'>,
  params: Params,
): Promise<void> {
  if (line.closing.aborted) return;
  try {
    const { status } = await line.webhooks.send(
      { url, method, params },
      MAX_REPLY_BYTES,
      line.closing,
    );
    if (status >= 400) alert(line, call, 11200, `The callback answered ${status}`);
  } catch (error) {
    if (line.closing.aborted) return;
    alert(line, call, error instanceof WebhookError ? error.code : 11200, 'A callback failed');
  }
}

function progressParams(line: Line, call: PracticeCall, progress: Progress): Params {
  const finished = progress === 'completed';
  return {
    ...callParams(line, call),
    CallStatus: progress === 'initiated' ? 'initiated' : call.status,
    CallbackSource: 'call-progress-events',
    Timestamp: twilioDate(line.clock.now()),
    ...(finished ? { CallDuration: String(call.durationSeconds) } : {}),
    ...(finished ? { Duration: String(Math.ceil(call.durationSeconds / 60)) } : {}),
    ...(finished && call.sipCode !== undefined ? { SipResponseCode: String(call.sipCode) } : {}),
  };
}
