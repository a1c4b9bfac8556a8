import type { PracticeCall } from './call.ts';
import { alert, type Line, openCall } from './line.ts';
import type { LineNumber } from './line-number.ts';
import type { Person } from './person.ts';
import { runProgram, type TwimlSource } from './run-twiml.ts';
import { reportProgress } from './status-callbacks.ts';
import { limitTrialCall } from './trial.ts';
import { wait } from './wait.ts';

/**
 * A scripted person calls a number of ours, the main one by default: its VoiceUrl is asked what to do.
 * They give up when their patience ends. Throws for a number that takes no calls.
 */
export function ringIn(line: Line, person: Person, to = line.number.phoneNumber): PracticeCall {
  const number = line.numbers.find(own => own.phoneNumber === to);
  if (number?.capabilities.voice !== true) throw new Error('The called number takes no calls');
  const { phoneNumber, statusCallback, statusCallbackMethod, voiceUrl } = number;
  const call = openCall(line, {
    direction: 'inbound',
    from: person.number,
    to: phoneNumber,
    person,
  });
  reportProgress(line, call, {
    url: statusCallback,
    method: statusCallbackMethod,
    events: ['completed'],
  });
  if (voiceUrl === '') {
    alert(line, call, 11100, 'The number has no VoiceUrl');
    call.end('failed');
    return call;
  }
  void giveUpAfter(line, call, person.patienceMs);
  void limitTrialCall(line, call);
  runProgram(line, call, voiceSource(number));
  return call;
}

function voiceSource(number: LineNumber): TwimlSource {
  const source = { kind: 'url', url: number.voiceUrl, method: number.voiceMethod } as const;
  if (number.voiceFallbackUrl === '') return source;
  const fallback = { url: number.voiceFallbackUrl, method: number.voiceFallbackMethod };
  return { ...source, fallback };
}

async function giveUpAfter(line: Line, call: PracticeCall, patienceMs: number): Promise<void> {
  await wait(line.clock, patienceMs, call.over);
  if (call.status === 'ringing') call.end('no-answer', 487);
}
