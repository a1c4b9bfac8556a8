import { readAddress } from './address.ts';
import type { PracticeCall } from './call.ts';
import { type Line, openCall } from './line.ts';
import { detectionParams, detectMachine, type MachineDetection } from './machine-detection.ts';
import { reach } from './reach.ts';
import { startRecording } from './recording-session.ts';
import { runProgram, type TwimlSource } from './run-twiml.ts';
import { notify, reportProgress, type StatusCallback } from './status-callbacks.ts';
import { keyTones } from './tone.ts';
import { limitTrialCall } from './trial.ts';
import type { RecordingNoun } from './verb.ts';
import { wait } from './wait.ts';

/** A call the app asks for. Times in milliseconds. */
export type CallRequest = {
  /** With its parameters. */
  readonly to: string;
  readonly from: string;
  readonly twiml: TwimlSource;
  readonly statusCallback: StatusCallback;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  readonly sendDigits: string;
  readonly recording: RecordingNoun | undefined;
  /** Whether to find out who answers; Twilio does not when digits are sent. */
  readonly machineDetection: MachineDetection | undefined;
};

/** Calls a scripted person or a program for the app; once they answer, the TwiML is run. */
export function placeCall(line: Line, request: CallRequest): PracticeCall {
  const person = line.personAt(request.to);
  const to = readAddress(request.to)?.address ?? request.to;
  const call = openCall(line, { from: request.from, to, direction: 'outbound-api', person });
  reportProgress(line, call, request.statusCallback);
  void connect(line, call, request);
  return call;
}

async function connect(line: Line, call: PracticeCall, request: CallRequest): Promise<void> {
  await reach(line, call, request.timeoutMs, call.over);
  if (call.status !== 'in-progress') return;
  if (request.recording !== undefined) {
    startRecording(line, call, { ...request.recording, source: 'OutboundAPI' });
  }
  void wait(line.clock, request.timeLimitMs, call.over).then(() => call.end('completed'));
  void limitTrialCall(line, call);
  // Other instructions may come while nobody has asked for the first ones yet; then those count.
  const signal = call.nextProgram();
  if (request.sendDigits !== '') await call.leg.play(keyTones(request.sendDigits), signal);
  else if (request.machineDetection?.inBackground !== undefined) {
    void detect(line, call, request.machineDetection, call.over);
  } else if (request.machineDetection !== undefined) {
    await detect(line, call, request.machineDetection, signal);
  }
  if (!signal.aborted) runProgram(line, call, withAnswer(request.twiml, call));
}

async function detect(
  line: Line,
  call: PracticeCall,
  options: MachineDetection,
  signal: AbortSignal,
): Promise<void> {
  const found = await detectMachine(call, options, signal);
  if (found === undefined) return;
  call.answeredBy = found.answeredBy;
  if (options.inBackground === undefined || options.inBackground.url === '') return;
  const params = detectionParams(call, line.accountSid, found);
  await notify(line, call, options.inBackground, params);
}

function withAnswer(source: TwimlSource, { answeredBy }: PracticeCall): TwimlSource {
  if (source.kind === 'text' || answeredBy === undefined) return source;
  return { ...source, params: { ...source.params, AnsweredBy: answeredBy } };
}
