import type { Call } from '../core/call.ts';
import type { Problem } from '../core/problem.ts';
import type { CallQuality } from '../core/quality.ts';
import type { SoundSide } from '../core/sound.ts';
import type { ConsoleState } from '../core/state.ts';

/** Longest length of time that is told, in ms; a number that is longer might be somebody's telephone. */
const LONGEST_MS = 86_400_000;

/** What is told of a problem: what kind it is and Twilio's or the system's code, never its words. */
export type ToldProblem = { readonly kind: string; readonly code: string | null };

/** What may be told of a problem. */
export function toldProblem({ kind, code = '' }: Problem): ToldProblem {
  return { kind, code: /^(E[A-Z_]{2,40}|\d{5})$/.test(code) ? code : null };
}

/** What may be told of the state: how everything stands, not who or what it is about. */
export function toldState(state: ConsoleState, now: number): object {
  const { line, sound } = state;
  return {
    line: {
      kind: line.kind,
      status: line.status,
      address: { kind: line.address.kind, status: line.address.status },
      addressProblem: problemOr(line.address.problem),
      test: { status: line.test.status, roundTripMs: length(line.test.roundTripMs) },
      testProblem: problemOr(line.test.problem),
      pointing: line.pointing.to,
      account: line.account === null ? null : line.account.type,
      accountKept: line.accountKept,
      signaturesChecked: line.signaturesChecked,
      problem: problemOr(line.problem),
    },
    sound: {
      path: sound.path,
      inputs: sound.inputs.length,
      outputs: sound.outputs.length,
      input: toldSide(sound.input),
      output: toldSide(sound.output),
      hosts: sound.hosts.length,
      soundCheck: state.soundCheck,
    },
    calls: state.calls.map(call => toldCall(call, now)),
    accountCalls: state.accountCalls.length,
    holdsMicrophone: state.microphone !== null,
    isHeard: state.reach !== null,
    isReplaying: state.replay !== null,
    segments: state.segments.length,
    packs: state.packs.map(({ status }) => status),
    transcriberKeys: {
      openai: state.transcriberKeys.openai,
      deepgram: state.transcriberKeys.deepgram,
    },
    problems: state.problems.map(({ problem }) => toldProblem(problem)),
  };
}

function toldCall(call: Call, now: number): object {
  const { status, kind, direction, answeredBy } = call;
  const common = { status, kind, direction, answeredBy, beganAgoMs: length(now - call.startedAt) };
  if (call.status === 'ended') {
    const { reason, quality } = call;
    const lastedMs = call.answeredAt === null ? null : length(call.endedAt - call.answeredAt);
    return { ...common, reason, lastedMs, quality: quality === null ? null : toldQuality(quality) };
  }
  if (call.status !== 'live') return common;
  return {
    ...common,
    carrier: call.carrier,
    stream: call.stream,
    muted: call.muted,
    isHeld: call.heldAt !== null,
    records: call.recording !== null,
    hasRoom: call.room !== null,
    hasAgent: call.agent !== null,
    transcription: { by: call.transcription.by, status: call.transcription.status },
    attention: call.attention.length,
  };
}

function toldQuality(quality: CallQuality): object {
  const { receivedFrames, lateFrames, missingFrames, droppedMs, jitterMs, addedMs } = quality;
  return {
    receivedFrames: length(receivedFrames),
    lateFrames: length(lateFrames),
    missingFrames: length(missingFrames),
    droppedMs: length(droppedMs),
    jitterMs: length(jitterMs),
    addedMs: length(addedMs),
  };
}

function toldSide(side: SoundSide): object {
  if (side.status === 'failed') return { status: side.status, ...toldProblem(side.problem) };
  if (side.status === 'off' || side.status === 'opening') return { status: side.status };
  return {
    status: side.status,
    isBuiltIn: side.device.isBuiltIn,
    isDefault: side.device.isDefault,
  };
}

function problemOr(problem: Problem | null): ToldProblem | null {
  return problem === null ? null : toldProblem(problem);
}

function length(ms: number | null): number | null {
  return ms === null ? null : Math.round(Math.min(LONGEST_MS, Math.max(0, ms)));
}
