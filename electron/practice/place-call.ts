import type { PracticeCall } from './call.ts';
import { type Line, openCall } from './line.ts';
import { reach } from './reach.ts';
import { runProgram, type TwimlSource } from './run-twiml.ts';
import { reportProgress, type StatusCallback } from './status-callbacks.ts';
import { keyTones } from './tone.ts';
import { wait } from './wait.ts';

/** A call the app asks for. Times in milliseconds. */
export type CallRequest = {
  readonly to: string;
  readonly from: string;
  readonly twiml: TwimlSource;
  readonly statusCallback: StatusCallback;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  readonly sendDigits: string;
};

/** Calls a scripted person for the app; once they answer, the TwiML is run. */
export function placeCall(line: Line, request: CallRequest): PracticeCall {
  const person = line.personAt(request.to);
  const call = openCall(line, { ...request, direction: 'outbound-api', person });
  reportProgress(line, call, request.statusCallback);
  void connect(line, call, request);
  return call;
}

async function connect(line: Line, call: PracticeCall, request: CallRequest): Promise<void> {
  await reach(line, call, request.timeoutMs, call.over);
  if (call.status !== 'in-progress') return;
  void wait(line.clock, request.timeLimitMs, call.over).then(() => call.end('completed'));
  if (request.sendDigits !== '') await call.leg.play(keyTones(request.sendDigits), call.over);
  if (!call.over.aborted) runProgram(line, call, request.twiml);
}
