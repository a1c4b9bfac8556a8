import type { PracticeCall } from './call.ts';
import { alert, type Line, openCall } from './line.ts';
import type { Person } from './person.ts';
import { runProgram } from './run-twiml.ts';
import { reportProgress } from './status-callbacks.ts';
import { limitTrialCall } from './trial.ts';
import { type VoiceWebhooks, voiceSource } from './voice-source.ts';
import { wait } from './wait.ts';
import type { Method } from './webhooks.ts';

/** Whom a call that comes in is announced to. */
type CallWebhooks = VoiceWebhooks & {
  readonly statusCallback: string;
  readonly statusCallbackMethod: Method;
};

/**
 * A scripted person calls a number of ours, the main one by default: its VoiceUrl, or that of its
 * application, is asked what to do.
 * They give up when their patience ends. Throws for a number that takes no calls.
 */
export function ringIn(line: Line, person: Person, to = line.number.phoneNumber): PracticeCall {
  const number = line.numbers.find(own => own.phoneNumber === to);
  if (number?.capabilities.voice !== true) throw new Error('The called number takes no calls');
  const webhooks = line.applications.get(number.voiceApplicationSid) ?? number;
  return answerCall(line, person, number.phoneNumber, webhooks);
}

/** A scripted person calls a number: these webhooks say what happens. */
export function answerCall(
  line: Line,
  person: Person,
  to: string,
  webhooks: CallWebhooks,
): PracticeCall {
  const call = openCall(line, {
    direction: 'inbound',
    from: person.number,
    to,
    person,
  });
  reportProgress(line, call, {
    url: webhooks.statusCallback,
    method: webhooks.statusCallbackMethod,
    events: ['completed'],
  });
  if (webhooks.voiceUrl === '') {
    alert(line, call, 11100, 'The number has no VoiceUrl');
    call.end('failed');
    return call;
  }
  void giveUpAfter(line, call, person.patienceMs);
  void limitTrialCall(line, call);
  runProgram(line, call, voiceSource(webhooks));
  return call;
}

async function giveUpAfter(line: Line, call: PracticeCall, patienceMs: number): Promise<void> {
  await wait(line.clock, patienceMs, call.over);
  if (call.status === 'ringing') call.end('no-answer', 487);
}
