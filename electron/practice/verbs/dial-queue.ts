import { ringBack, talk } from '../bridge.ts';
import type { Params } from '../call-params.ts';
import { absoluteUrl } from '../fetch-twiml.ts';
import type { Program } from '../program.ts';
import type { CallQueue, QueueMember } from '../queue.ts';
import { recordDial } from '../recording-session.ts';
import type { Tell } from '../run-twiml.ts';
import type { Dial, DialQueue } from '../verb.ts';
import { wait } from '../wait.ts';

/** Connects the caller with the first who waits in a queue, or who comes within the timeout. */
export async function dialQueue(
  program: Program,
  verb: Dial,
  noun: DialQueue,
  tell: Tell,
): Promise<Params> {
  const { line, call, signal } = program;
  const queue = line.queues.find(noun.name);
  if (queue === undefined) return { DialCallStatus: 'failed', DialBridged: 'false' };
  const stopRinging = ringBack(call);
  const member = queue.members[0] ?? (await nextMember(program, queue, verb.timeoutMs));
  if (member === undefined || signal.aborted) {
    stopRinging();
    return { DialCallStatus: 'no-answer', DialBridged: 'false' };
  }
  const params = {
    QueueSid: queue.sid,
    QueueTime: String(member.waitedSeconds(line.clock.now())),
    DequeingCallSid: call.sid,
  };
  const whisper = noun.whisper && {
    kind: 'url' as const,
    ...noun.whisper,
    url: absoluteUrl(noun.whisper.url, program.url),
    params,
  };
  let bridgedAt: number | undefined;
  await new Promise<void>(resolve => {
    queue.remove(member, line.clock.now());
    member.take(async theirs => {
      const over = AbortSignal.any([theirs.signal, signal]);
      if (whisper !== undefined) await tell(member.call, whisper, over);
      stopRinging();
      if (!over.aborted) {
        bridgedAt = line.clock.now();
        call.answer();
        const recording = recordDial(program, verb.recording);
        await talk(line, call, member.call, over, verb);
        recording?.stop();
      }
      resolve();
    });
  });
  const seconds = bridgedAt === undefined ? 0 : (line.clock.now() - bridgedAt) / 1000;
  return {
    DialCallSid: member.call.sid,
    DialCallStatus: 'completed',
    DialCallDuration: String(Math.round(seconds)),
    DialBridged: String(bridgedAt !== undefined),
  };
}

async function nextMember(
  { line, signal }: Program,
  queue: CallQueue,
  timeoutMs: number,
): Promise<QueueMember | undefined> {
  let member: QueueMember | undefined;
  const came = new AbortController();
  const unsubscribe = queue.joined.on(joined => {
    member ??= joined;
    came.abort();
  });
  await wait(line.clock, timeoutMs, AbortSignal.any([signal, came.signal]));
  unsubscribe();
  return member;
}
