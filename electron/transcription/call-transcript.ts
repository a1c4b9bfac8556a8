import type { LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { Side } from '../core/segment.ts';
import {
  NOT_TRANSCRIBED,
  type Transcription,
  type TranscriptionNews,
} from '../core/transcription.ts';
import { createSaidOnce } from './said-once.ts';
import type { SegmentTeller } from './segment-teller.ts';
import type { TalkStretches } from './talk-stretches.ts';
import type { PlanShape } from './twilio-plan.ts';
import type { Understood, Writer, WriterListener, WriterStatus } from './writer.ts';
import { type Choice, isSame, newRun, type Run } from './writer-run.ts';

/** What the transcript of a call needs. */
type CallTranscriptPorts = {
  readonly clock: Clock;
  readonly teller: SegmentTeller;
  readonly stretches: TalkStretches;
  /** Begins to write. @param onRefused Twilio does not transcribe the call in this shape */
  readonly open: (
    choice: Choice,
    shape: PlanShape,
    listener: WriterListener,
    onRefused: () => void,
  ) => Writer;
  /** The shape that tells most of the call now; null: that of before. */
  readonly bestShape: () => PlanShape | null;
  readonly onChange: (transcription: Transcription) => void;
};

/** One after the other, writers of one call: whoever comes next begins before the one before it ends. */
export type CallTranscript = {
  /** Lets somebody else write; null: nobody. */
  readonly choose: (choice: Choice | null) => void;
  readonly follow: (call: LiveCall) => void;
  readonly hear: (side: Side, atMs: number, mulaw: Uint8Array) => void;
  readonly talking: (side: Side, on: boolean, atMs: number) => void;
  /** From now on it is not told who talks, until it is again. */
  readonly talkUnknown: () => void;
  readonly told: (news: TranscriptionNews) => boolean;
  readonly retry: () => void;
  /** Ends it; done when the last words were told. @param isOver the call itself is over */
  readonly end: (isOver: boolean) => Promise<void>;
  /** Waits for no more words: drafts are final as they are. */
  readonly cut: () => void;
};

/** How long one that begins may take before it takes over all the same, in ms. */
const BEGIN_LIMIT_MS = 15_000;

/** How long one that leaves may tell words to their end, in ms. */
const LEAVE_LIMIT_MS = 10_000;

const SIDES: readonly Side[] = ['them', 'us'];

/** Talk is told, and its first draft comes, within so long, in ms. */
const SHOWS_MS = 800;

/** So long after the end of talk, in ms, no more words of it come. */
const WORDS_AFTER_TALK_MS = 2500;

/** Builds it; nobody writes yet. */
export function createCallTranscript(ports: CallTranscriptPorts): CallTranscript {
  const { clock, teller, stretches } = ports;
  const said = createSaidOnce();
  /** The oldest first. */
  const runs = new Set<Run>();
  const ends = new Set<Promise<void>>();
  let current: Run | null = null;
  let next: Run | null = null;
  let count = 0;
  /** Final words of the one who took over, on sides that the other still owes. */
  let held: readonly { readonly run: Run; readonly piece: Understood }[] = [];
  let mustBeBoth = false;
  let language = NOT_TRANSCRIBED.language;
  let isOver = false;
  /** Where the sound so far ends, in ms of the call; null before the first. */
  let heardMs: number | null = null;

  const show = (): void => {
    const shown = next === null || next.isReshaped ? current : next;
    if (shown === null) ports.onChange({ ...NOT_TRANSCRIBED, language });
    else ports.onChange({ by: shown.by, language: shown.language, ...shown.status });
  };
  const begin = (choice: Choice, isReshaped: boolean): void => {
    count += 1;
    const shape = mustBeBoth ? 'both' : (ports.bestShape() ?? current?.shape ?? 'both');
    language = choice.language;
    const run = newRun(count, choice, shape, isReshaped);
    runs.add(run);
    if (next !== null) leave(next);
    next = run;
    if (!isReshaped) run.cancelLimit = clock.after(BEGIN_LIMIT_MS, () => takeOver(run));
    const listener: WriterListener = {
      onStatus: status => statusOf(run, status),
      onPiece: piece => heard(run, piece),
    };
    run.writer = ports.open(choice, shape, listener, () => refused(run));
    if (current === null) takeOver(run);
    show();
  };
  const statusOf = (run: Run, status: WriterStatus): void => {
    run.status = status;
    const listens = status.status === 'on' || status.status === 'behind';
    // One that only reshapes lets the other write until it can.
    if (listens || (status.status === 'failed' && !run.isReshaped)) takeOver(run);
    if (run === current || run === next) show();
    // One that has left may yet come back to its last words.
    else if (status.status === 'failed' && status.retryAt === null) leave(run, true);
  };
  const takeOver = (run: Run): void => {
    if (run !== next) return;
    run.cancelLimit();
    const before = current;
    current = run;
    run.hasWritten = true;
    next = null;
    if (before === null) return;
    const canOwe = before.status.status !== 'failed' && run.status.status !== 'failed';
    for (const side of canOwe ? SIDES : []) {
      before.owes.set(side, { isSure: false, sinceMs: null });
      clock.after(SHOWS_MS, () => makeSure(before, side));
    }
    leave(before);
  };
  /** By now talk of before was told, and drafts of it came. */
  const makeSure = (run: Run, side: Side): void => {
    if (!run.owes.has(side)) return;
    const sinceMs = stretches.since(side);
    const isOpen = [...run.drafts.values()].includes(side);
    if (isOpen || sinceMs !== null) run.owes.set(side, { isSure: true, sinceMs });
    else settle(run, side);
  };
  /** Lets one go as soon as it owes nothing more. */
  const leave = (run: Run, atOnce = false): void => {
    if (run === current) current = null;
    if (run === next) next = null;
    run.leftMs ??= heardMs;
    run.cancelLimit();
    if (atOnce) run.owes.clear();
    if (run.owes.size === 0) finish(run);
    else {
      run.cancelLimit = clock.after(LEAVE_LIMIT_MS, () => {
        run.owes.clear();
        finish(run);
      });
    }
  };
  const finish = (run: Run): void => {
    if (run.isEnding) return;
    run.isEnding = true;
    run.cancelLimit();
    release();
    const last = run.writer?.end(isOver) ?? Promise.resolve();
    const over = (): void => {
      teller.finish(run);
      runs.delete(run);
      ends.delete(done);
    };
    // One that fails to end tells nothing more either.
    const done = last.then(over, over);
    ends.add(done);
  };
  const refused = (run: Run): void => {
    if (run.shape !== 'each' || mustBeBoth) return;
    mustBeBoth = true;
    if (run === next && current !== null) {
      leave(run, true);
      show();
      if (current.by !== 'twilio') begin(run.choice, false);
    } else if (run === current || run === next) begin(run.choice, false);
  };
  /** Whether one before it still has to tell what is said there. */
  const isOwed = (run: Run, side: Side): boolean =>
    [...runs].some(other => other.run < run.run && other.owes.has(side));
  const settle = (run: Run, side: Side): void => {
    if (!run.owes.delete(side)) return;
    release();
    if (run.owes.size === 0) finish(run);
  };
  const release = (): void => {
    const free = held.filter(({ run, piece }) => !isOwed(run, piece.speaker));
    held = held.filter(each => !free.includes(each));
    // Who listened first knows where the words began.
    for (const { run, piece } of free.sort((a, b) => a.run.run - b.run.run)) tell(run, piece);
  };
  /** Whether a piece began when the next had taken over: that is the other's to tell. */
  const isLeft = (run: Run, { key, place, isFinal }: Understood): boolean => {
    if (run === current || run.drafts.has(key)) return false;
    if (!run.hasWritten) return true;
    if (place !== null && run.leftMs !== null) return place.atMs >= run.leftMs;
    return !isFinal;
  };
  const heard = (run: Run, piece: Understood): void => {
    if (run === next) takeOver(run);
    const { speaker, isFinal } = piece;
    const isBegun = !isLeft(run, piece);
    if (isFinal) run.drafts.delete(piece.key);
    else if (isBegun) run.drafts.set(piece.key, speaker);
    if (!isBegun) return;
    if (isOwed(run, speaker)) {
      if (isFinal) held = [...held, { run, piece }];
      return;
    }
    tell(run, piece);
    const owed = run.owes.get(speaker);
    if (!isFinal || owed?.isSure !== true) return;
    // The last words before those that it owes may come now.
    const endMs = piece.place === null ? null : piece.place.atMs + piece.place.lengthMs;
    const isIt = owed.sinceMs === null || endMs === null || endMs > owed.sinceMs;
    if (isIt) settle(run, speaker);
  };
  const tell = (run: Run, piece: Understood): void => {
    const rest = said.rest(run.run, piece);
    if (rest === null) {
      if (teller.isOpen(run, piece.key)) teller.withdraw(run, piece);
      return;
    }
    teller.tell(run, rest);
    if (rest.isFinal) said.add(run.run, rest);
  };
  /** All that listen: one that has left no longer does. */
  const listening = (): readonly Run[] => [...runs].filter(({ isEnding }) => !isEnding);

  return {
    choose: choice => {
      if (choice !== null) {
        const now = next ?? current;
        if (now !== null && isSame(now.choice, choice)) now.writer?.retry();
        else begin(choice, false);
        return;
      }
      for (const run of [next, current]) if (run !== null) leave(run, true);
      show();
    },
    follow: call => {
      for (const { writer } of listening()) writer?.follow(call);
      const shape = ports.bestShape();
      const now = next ?? current;
      if (now === null || now.by !== 'twilio' || shape === null) return;
      if (shape === 'both') mustBeBoth = false;
      if ((mustBeBoth ? 'both' : shape) !== now.shape) {
        begin(now.choice, now === current || now.isReshaped);
      }
    },
    hear: (side, atMs, mulaw) => {
      heardMs = Math.max(heardMs ?? 0, atMs);
      for (const { writer } of listening()) writer?.hear(side, atMs, mulaw);
    },
    talking: (side, on, atMs) => {
      stretches.talking(side, on, atMs);
      for (const run of listening()) {
        run.writer?.talking(side, on, atMs);
        if (on || !run.owes.has(side)) continue;
        clock.after(WORDS_AFTER_TALK_MS, () => settle(run, side));
      }
    },
    talkUnknown: () => {
      for (const { writer } of listening()) {
        for (const side of SIDES) writer?.talking(side, true, heardMs ?? 0);
      }
    },
    told: news => [...runs].some(({ writer }) => writer?.told(news) ?? false),
    retry: () => {
      for (const run of [current, next]) run?.writer?.retry();
    },
    end: async over => {
      isOver = over;
      // Nobody writes after it: whatever it tells was said before the end, however late it comes.
      if (over && current !== null) current.leftMs = Number.POSITIVE_INFINITY;
      for (const run of [...runs]) leave(run, true);
      await Promise.all(ends);
    },
    cut: () => {
      for (const run of runs) teller.finish(run);
    },
  };
}
