import type { Clock } from '../../electron/core/clock.ts';
import { type Problem, ProblemError } from '../../electron/core/problem.ts';
import type {
  LegTrack,
  LineTranscriptions,
  TranscriptionNews,
  TranscriptionRequest,
} from '../../electron/core/transcription.ts';

/** A transcription that runs on the line. */
type Running = TranscriptionRequest & { readonly sid: string; sequence: number };

/** A small line that transcribes legs: it keeps what runs, and tells as Twilio does. */
export type TranscribingLine = LineTranscriptions & {
  /** Everything that was asked for. */
  readonly asked: readonly TranscriptionRequest[];
  /** All that run. */
  readonly running: () => readonly Running[];
  /** The next requests are refused so. */
  readonly refuse: (...problems: Problem[]) => void;
  /** A call begins with its transcription. */
  readonly begin: (callId: string, request: TranscriptionRequest) => string;
  /** Somebody is heard on a track: every transcription of it tells. */
  readonly hears: (
    callSid: string,
    track: LegTrack,
    text: string,
    isFinal?: boolean,
    sequence?: number,
  ) => void;
  readonly ends: (sid: string, news?: 'stopped' | 'failed', code?: string) => void;
};

/** Opens it. @param tell takes what it tells @param answerMs how long a request takes */
export function transcribingLine(
  clock: Clock,
  tell: (news: TranscriptionNews) => void,
  answerMs = 50,
): TranscribingLine {
  const asked: TranscriptionRequest[] = [];
  const running = new Map<string, Running>();
  const begun = new Set<string>();
  const refusals: Problem[] = [];
  let count = 0;

  const run = (request: TranscriptionRequest): string => {
    count += 1;
    const sid = `GT${`${count}`.padStart(32, '0')}`;
    running.set(sid, { ...request, sid, sequence: 1 });
    return sid;
  };
  const started = ({ callSid, sid }: Running): void =>
    tell({ callSid, transcriptionSid: sid, news: 'started', language: null });
  const ends = (sid: string, news: 'stopped' | 'failed' = 'stopped', code = '32650'): void => {
    const one = running.get(sid);
    if (!running.delete(sid) || one === undefined) return;
    const names = { callSid: one.callSid, transcriptionSid: sid };
    tell(news === 'stopped' ? { ...names, news } : { ...names, news, code });
  };
  return {
    asked,
    running: () => [...running.values()],
    refuse: (...problems) => refusals.push(...problems),
    begin: (callId, request) => {
      begun.add(callId);
      return run(request);
    },
    hears: (callSid, track, text, isFinal = false, sequence) => {
      for (const one of running.values()) {
        if (one.callSid !== callSid || !one.tracks.includes(track)) continue;
        one.sequence += 1;
        const names = { callSid, transcriptionSid: one.sid, news: 'content' } as const;
        const words = { track, sequence: sequence ?? one.sequence, text, isFinal };
        tell({ ...names, ...words, confidence: isFinal ? 0.97 : null });
      }
    },
    ends,
    isBegun: callId => begun.has(callId),
    start: request =>
      new Promise((resolve, reject) => {
        asked.push(request);
        const refusal = refusals.shift();
        clock.after(answerMs, () => {
          if (refusal !== undefined) return reject(new ProblemError(refusal));
          const sid = run(request);
          resolve(sid);
          const one = running.get(sid);
          if (one !== undefined) clock.after(answerMs, () => started(one));
        });
      }),
    stop: async (_callSid, sid) => ends(sid),
  };
}

/** Why a request was refused. */
export function refusal(kind: Problem['kind']): Problem {
  return { kind, message: `Refused: ${kind}.`, remedy: 'Wait.' };
}
