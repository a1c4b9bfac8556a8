import type { Engine } from '../audio/engine.ts';
import type { SoundPath } from '../audio/sound-path.ts';
import type { CallerId } from '../core/account.ts';
import type { Call, LiveCall } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { CallName } from '../core/commands.ts';
import { type Problem, ProblemError } from '../core/problem.ts';
import { modeOf, type Scene } from '../core/room.ts';
import type { Voice } from '../core/settings.ts';
import type { KeyedTranscriber } from '../core/transcription.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { FactLane } from '../fact-lane.ts';
import type { Lines } from '../line/lines.ts';
import type { Packs } from '../offline/packs.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { Replays } from '../replay/replays.ts';
import type { AuditStore } from '../store/audit-store.ts';
import type { CallStore } from '../store/call-store.ts';
import type { MessageStore } from '../store/message-store.ts';
import type { SettingsFile } from '../store/settings-file.ts';
import type { Supervision } from '../supervision/supervision.ts';
import type { Transcripts } from '../transcription/transcripts.ts';
import type { TwilioLine } from '../twilio/twilio-line.ts';
import type { UpdateDesk } from '../updates/update-desk.ts';

/** What commands act on. */
export type CommandTargets = {
  readonly clock: Clock;
  readonly lane: FactLane;
  readonly engine: Engine;
  /** The way to speaker and microphone; null in a run without sound. */
  readonly card: SoundPath | null;
  readonly store: CallStore;
  readonly messages: MessageStore;
  readonly settings: SettingsFile;
  readonly recordings: Recordings;
  readonly replays: Replays;
  readonly supervision: Supervision;
  /** The transcripts, with what is fetched and the keys they need. */
  readonly words: {
    readonly transcripts: Transcripts;
    /** Uses a key from now on. One that cannot be kept is used all the same, and told as a problem. */
    readonly setKey: (transcriber: KeyedTranscriber, key: string | null) => void;
    /** Null where this computer cannot understand anything by itself. */
    readonly packs: Packs | null;
  };
  /** Reads what is live on the account, so that it is known; not for long. */
  readonly readAccount: () => Promise<void>;
  readonly audit: Pick<AuditStore, 'entries'>;
  /** What helps to find a fault; null where none is collected. */
  readonly diagnostics: Pick<Diagnostics, 'pack'> | null;
  /** Earshot's own folder: nothing is exported there. */
  readonly dataDir: string;
  /** The lines: which one is used, and all that is asked of it. */
  readonly lines: Lines;
  /** Asks the line to ring here; null when it cannot. */
  readonly ringIn: (number?: string) => Promise<{ readonly callSid: string } | null>;
  /** Lets people of the practice line call each other; null when there are none. */
  readonly scene: (scene: Scene) => Promise<{ readonly callSid: string } | null>;
  /** Speaks a text. @returns 16-bit samples at 8 kHz */
  readonly speak: (text: string, voice: Voice) => Promise<Int16Array>;
  /** What looks for newer versions of this app. */
  readonly updates: Pick<UpdateDesk, 'check' | 'install'>;
  /** Ends the app. */
  readonly shutDown: () => void;
};

/** The call a command names. Throws `no-such-call`. */
export function named({ callId, callSid }: CallName, { lane }: Pick<CommandTargets, 'lane'>): Call {
  const { calls } = lane.state();
  const call = calls.find(({ id, sid }) => id === callId || (sid !== null && sid === callSid));
  if (call === undefined) {
    throw new ProblemError({
      kind: 'no-such-call',
      message: 'There is no such call.',
      remedy: 'Name a call of this run by its callId or callSid.',
    });
  }
  return call;
}

/** The live call a command names. Throws `no-such-call` or `wrong-call-state`. */
export function live(name: CallName, targets: Pick<CommandTargets, 'lane'>): LiveCall {
  const call = named(name, targets);
  if (call.status !== 'live') throw wrongState('This call is not live.');
  return call;
}

/**
 * A live call that sound of this desk may be played into: one of its own. What is played into a call
 * of others, or beside a whisper, could come to other ears than were meant.
 */
export function playable(name: CallName, targets: Pick<CommandTargets, 'lane'>): LiveCall {
  const call = live(name, targets);
  const isAside = call.room !== null && modeOf(call.room) !== 'barge';
  if (call.kind !== 'supervised' && !isAside) return call;
  throw problem(
    'wrong-call-state',
    'Nothing is played into a call of others: only your own voice goes there.',
    'Speak instead, or do this on a call of your own.',
  );
}

/** A call that rings or waits here. */
export function comingIn(name: CallName, targets: CommandTargets): Call {
  const call = named(name, targets);
  return call.status === 'waiting' ? call : ringingHere(name, targets);
}

/** The call a command names, ringing here. Throws `no-such-call` or `wrong-call-state`. */
export function ringingHere(name: CallName, targets: CommandTargets): Call {
  const call = named(name, targets);
  if (call.status !== 'ringing' || call.direction !== 'inbound') {
    throw wrongState('This call does not ring here.');
  }
  return call;
}

/** The line in use. Throws `line-down`. */
export function openLine({ lines }: CommandTargets): TwilioLine {
  const open = lines.line();
  if (open === null) throw lineDown();
  return open;
}

/** The call is not in the state a command needs. */
export function wrongState(message: string): ProblemError {
  return problem('wrong-call-state', message, 'Look at the call’s status first.');
}

/** The call is of others: what this desk does there is its part only. */
export function notYourOwn(): ProblemError {
  return problem(
    'wrong-call-state',
    'This is a call of others. It goes on whatever this desk does.',
    'Leave it, or end it for everyone.',
  );
}

/** The call has no sound now. */
export function noStream(): ProblemError {
  return problem(
    'wrong-call-state',
    'The sound of this call is not connected yet.',
    'Try again in a moment.',
  );
}

/** The call is carried as words: no sound goes into it. */
export function wordsOnly(): ProblemError {
  return problem(
    'wrong-call-state',
    'Twilio carries this call as words only, so no keys and no sound go into it.',
    'Say what you mean: a text is spoken into it.',
  );
}

/** A number that may not be shown to those who are called. @param numbers those that may */
export function notYours(numbers: readonly CallerId[]): ProblemError {
  return problem(
    'invalid-number',
    'The number to call from is not the account’s, takes no voice calls, and is not verified.',
    `Call from one of: ${numbers.map(({ number }) => number).join(', ')}.`,
  );
}

/** This run or line cannot do it. */
export function notAvailable(message: string): ProblemError {
  return problem('not-available', message, 'Use the practice line or the window for this.');
}

/** Nobody on the practice line has the number that is to ring. */
export function nobodyThere(): ProblemError {
  return problem(
    'invalid-number',
    'Nobody on the practice line has this number.',
    'Name somebody of its directory.',
  );
}

/** There is no line in use. */
function lineDown(): ProblemError {
  return problem(
    'line-down',
    'The line is down, so calls cannot start.',
    'Look at the line’s problem.',
  );
}

/** A problem to throw. */
export function problem(kind: Problem['kind'], message: string, remedy: string): ProblemError {
  return new ProblemError({ kind, message, remedy });
}
