import { setImmediate as turn } from 'node:timers/promises';
import pino from 'pino';
import type { Problem } from '../../electron/core/problem.ts';
import type {
  HeardPiece,
  ListeningSession,
  ListenRequest,
  TranscriberListener,
} from '../../electron/core/transcriber.ts';
import type { Log } from '../../electron/log.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';

/** A key that must stand in no log and no problem. */
export const KEY = 'sk-the-secret-key';

/** What is asked for in these tests. */
export const REQUEST: ListenRequest = {
  callId: 'call-1',
  speaker: 'them',
  language: 'en-US',
  hints: ['Earshot', 'AC-42'],
};

/** A listener that notes what it is told. */
export type Heard = TranscriberListener & {
  readonly pieces: HeardPiece[];
  readonly finals: () => HeardPiece[];
  readonly faults: { readonly problem: Problem; readonly retryAt: number | null }[];
  readonly behind: (Problem | null)[];
  readonly ready: () => number;
};

/** Makes one. */
export function listener(): Heard {
  const pieces: HeardPiece[] = [];
  const faults: { problem: Problem; retryAt: number | null }[] = [];
  const behind: (Problem | null)[] = [];
  let ready = 0;
  return {
    pieces,
    faults,
    behind,
    finals: () => pieces.filter(({ isFinal }) => isFinal),
    ready: () => ready,
    onReady: () => {
      ready += 1;
    },
    onPiece: piece => pieces.push(piece),
    onFault: (problem, retryAt) => faults.push({ problem, retryAt }),
    onBehind: problem => behind.push(problem),
  };
}

/** A clock of its own, and a log that is read as it would be written. */
export function bench(): {
  readonly clock: FakeClock;
  readonly log: Log;
  readonly lines: readonly string[];
} {
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  return { clock: fakeClock(), log: pino({ level: 'debug' }, { write }), lines };
}

/** Sound that tells where it is from: every 100 ms has a byte of its own. @param atMs in ms of the call */
export function speech(atMs: number, lengthMs: number): Uint8Array {
  return Uint8Array.from({ length: lengthMs * 8 }, (_, index) => toneAt(atMs + index / 8));
}

/** The byte that stands at a place of the call. */
export function toneAt(atMs: number): number {
  return Math.floor(atMs / 100) % 251;
}

/** Says sound in frames of 20 ms. */
export function say(session: ListeningSession, fromMs: number, untilMs: number): void {
  for (let atMs = fromMs; atMs < untilMs; atMs += 20) session.feed(atMs, speech(atMs, 20));
}

/** Moves time on in steps, and lets what is on the way arrive between them, until something is so. */
export async function passUntil(clock: FakeClock, isSo: () => boolean, stepMs = 50): Promise<void> {
  await until(async () => {
    if (isSo()) return true;
    clock.advance(stepMs);
    await turn();
    return isSo();
  });
}
