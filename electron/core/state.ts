import type { Call, CallId } from './call.ts';
import { LINE_STARTING, type LineState } from './line.ts';
import type { Problem } from './problem.ts';
import type { Replay } from './replay.ts';
import { type AccountCall, type AccountWatch, NOT_WATCHED } from './room.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { SOUND_OFF, type SoundState } from './sound.ts';
import type { ToldSegment } from './transcript.ts';
import { NO_KEYS, type Pack, type TranscriberKeys } from './transcription.ts';
import { NO_UPDATES, type Updates } from './updates.ts';

/** A problem that still stands. */
type StandingProblem = {
  readonly id: string;
  readonly at: number;
  readonly problem: Problem;
};

/** Everything the window shows, except sound levels. Only `reduce` makes a new one. */
export type ConsoleState = {
  readonly line: LineState;
  /** Calls of this run in the order they began: all that live, and the last that ended. */
  readonly calls: readonly Call[];
  /** The calls of the account that are none of this desk's, the oldest first, with those it follows. */
  readonly accountCalls: readonly AccountCall[];
  readonly accountWatch: AccountWatch;
  /** The call this desk's one microphone belongs to. */
  readonly microphone: CallId | null;
  /** True while the talk key is held. */
  readonly talkKeyHeld: boolean;
  /** The call whose other side hears this desk now, by what the gate let out; null: nobody. */
  readonly reach: CallId | null;
  readonly sound: SoundState;
  /** True while microphone and speaker are open for a test without a call. */
  readonly soundCheck: boolean;
  /** Sound of the past that is played here; null when none is. */
  readonly replay: Replay | null;
  readonly settings: Settings;
  /** What was said lately on calls of this desk, oldest first: each piece as it was understood last. */
  readonly segments: readonly ToldSegment[];
  /** What can be fetched so that this computer understands languages by itself. */
  readonly packs: readonly Pack[];
  readonly transcriberKeys: TranscriberKeys;
  readonly updates: Updates;
  readonly problems: readonly StandingProblem[];
};

/** Before anything happened. */
export const INITIAL_STATE: ConsoleState = {
  line: LINE_STARTING,
  calls: [],
  accountCalls: [],
  accountWatch: NOT_WATCHED,
  microphone: null,
  talkKeyHeld: false,
  reach: null,
  sound: SOUND_OFF,
  soundCheck: false,
  replay: null,
  settings: DEFAULT_SETTINGS,
  segments: [],
  packs: [],
  transcriberKeys: NO_KEYS,
  updates: NO_UPDATES,
  problems: [],
};

/** The call with this id, or undefined. */
export function findCall(state: ConsoleState, id: CallId | null): Call | undefined {
  return state.calls.find(call => call.id === id);
}

/** Calls that are not over. */
export function standingCalls(state: ConsoleState): readonly Call[] {
  return state.calls.filter(call => call.status !== 'ended');
}
