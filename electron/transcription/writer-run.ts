import type { Cancel } from '../core/clock.ts';
import type { Side } from '../core/segment.ts';
import type { TranscriberName } from '../core/transcription.ts';
import type { PlanShape } from './twilio-plan.ts';
import { STARTING, type Writer, type WriterStatus } from './writer.ts';

/** Who is to write, and how. */
export type Choice = {
  readonly by: TranscriberName;
  readonly language: string;
  readonly hints: readonly string[];
};

/**
 * Words that are to be told to their end. @field isSure false: it shows in a moment whether there are any
 * @field sinceMs where they began, in ms of the call's sound; null when that is not known
 */
type Owed = { readonly isSure: boolean; readonly sinceMs: number | null };

/** A writer and its part. */
export type Run = {
  readonly run: number;
  readonly by: TranscriberName;
  readonly language: string;
  readonly choice: Choice;
  readonly shape: PlanShape;
  writer: Writer | null;
  status: WriterStatus;
  /** It only takes over from one that does the same in another shape. */
  readonly isReshaped: boolean;
  /** The sides on which somebody talked as the next took over: these words it tells to their end. */
  readonly owes: Map<Side, Owed>;
  /** Where the next took over, in ms of the call's sound; null when that is not known. */
  leftMs: number | null;
  hasWritten: boolean;
  /** The sides of what it has understood of which the last word did not come yet, by key. */
  readonly drafts: Map<string, Side>;
  isEnding: boolean;
  cancelLimit: Cancel;
};

/** One that begins. */
export function newRun(run: number, choice: Choice, shape: PlanShape, isReshaped: boolean): Run {
  const { by, language } = choice;
  return {
    run,
    by,
    language,
    choice,
    shape,
    writer: null,
    status: STARTING,
    isReshaped,
    owes: new Map(),
    leftMs: null,
    hasWritten: false,
    drafts: new Map(),
    isEnding: false,
    cancelLimit: () => {},
  };
}

/** Whether two choices are the same. */
export function isSame(one: Choice, other: Choice): boolean {
  return (
    one.by === other.by &&
    one.language === other.language &&
    one.hints.join('\n') === other.hints.join('\n')
  );
}
