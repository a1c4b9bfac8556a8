import type { Engine } from './audio/engine.ts';
import type { SoundCard } from './audio/sound-card.ts';
import { readWav } from './audio/wav-file.ts';
import { assertNever } from './core/assert-never.ts';
import { SAMPLE_RATE_HZ } from './core/audio/frame.ts';
import { renderDigits } from './core/audio/tones.ts';
import type { Call } from './core/call.ts';
import type { Clock } from './core/clock.ts';
import type { CallName, Command, Outcome } from './core/commands.ts';
import { holdOthers } from './core/desk-rules.ts';
import { parsePhoneNumber } from './core/phone-number.ts';
import { type Problem, ProblemError } from './core/problem.ts';
import type { FactLane } from './fact-lane.ts';
import type { CallStore } from './store/call-store.ts';
import type { SettingsFile } from './store/settings-file.ts';
import type { TwilioLine } from './twilio/twilio-line.ts';

/** What commands act on. */
export type CommandTargets = {
  readonly clock: Clock;
  readonly lane: FactLane;
  readonly engine: Engine;
  readonly card: SoundCard | null;
  readonly store: CallStore;
  readonly settings: SettingsFile;
  /** The open line, or null while it is down. */
  readonly line: () => TwilioLine | null;
  /** Opens the line again; how it went is told by events. */
  readonly openLine: (port?: number) => Promise<void>;
  /** Asks the line to ring here; null when it cannot. */
  readonly ringIn: ((number?: string) => Promise<{ readonly callSid: string }>) | null;
  /** Speaks a text. @returns 16-bit samples at 8 kHz */
  readonly speak: (text: string) => Promise<Int16Array>;
  /** Ends the app. */
  readonly shutDown: () => void;
};

/** How many calls a history answers when not told. */
const HISTORY_LIMIT = 200;

/** Does what a command asks, or says why not. Effects arrive as events. */
export async function runCommand(command: Command, targets: CommandTargets): Promise<Outcome> {
  try {
    return (await perform(command, targets)) ?? { ok: true };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

async function perform(command: Command, targets: CommandTargets): Promise<Outcome | undefined> {
  const { lane, engine, store } = targets;
  switch (command.command) {
    case 'dial':
      return dial(command.to, command.from, targets);
    case 'answer': {
      const call = ringingHere(command, targets);
      for (const fact of holdOthers(lane.state(), call.id)) lane.emit(fact);
      openLine(targets).answer(call.id);
      return;
    }
    case 'decline':
      await openLine(targets).hangUp(ringingHere(command, targets).id);
      return;
    case 'hang-up': {
      const call = named(command, targets);
      if (call.status === 'ended') throw wrongState('This call is over.');
      await openLine(targets).hangUp(call.id);
      return;
    }
    case 'mute':
      lane.emit({ event: 'mute-changed', callId: live(command, targets).id, on: command.on });
      return;
    case 'hold':
      lane.emit({ event: 'hold-changed', callId: live(command, targets).id, on: command.on });
      return;
    case 'set-volume': {
      const { id } = live(command, targets);
      lane.emit({ event: 'volume-changed', callId: id, volume: command.volume });
      return;
    }
    case 'send-digits': {
      const { id } = live(command, targets);
      if (!engine.playInto(id, renderDigits(command.digits))) throw noStream();
      lane.emit({ event: 'digits-sent', callId: id, digits: command.digits });
      return;
    }
    case 'play-file': {
      const { id } = live(command, targets);
      const samples = await readWav(command.path, SAMPLE_RATE_HZ);
      if (!engine.playInto(id, samples)) throw noStream();
      return;
    }
    case 'take-microphone':
      lane.emit({ event: 'microphone-moved', callId: live(command, targets).id });
      return;
    case 'hold-to-talk':
      lane.emit({ event: 'talk-key-changed', held: command.on });
      return;
    case 'change-settings':
      changeSettings(command.settings, targets);
      return;
    case 'sound-check':
      lane.emit({ event: 'sound-check-changed', on: command.on });
      return;
    case 'test-speaker':
      return testSpeaker(targets);
    case 'retry-sound':
      if (targets.card === null) throw notAvailable('This run has no sound card.');
      targets.card.retry();
      return;
    case 'open-line':
      if (targets.line() !== null) throw wrongState('The line is open.');
      await targets.openLine(command.port);
      return;
    case 'dismiss-problem':
      lane.emit({ event: 'problem-cleared', id: command.problemId });
      return;
    case 'ring-me':
      if (targets.ringIn === null) throw notAvailable('Only the practice line rings on request.');
      return { ok: true, ...(await targets.ringIn(command.number)) };
    case 'calls':
      return { ok: true, calls: lane.state().calls };
    case 'history':
      return {
        ok: true,
        calls: store.history(command.query ?? '', command.limit ?? HISTORY_LIMIT),
      };
    case 'shut-down':
      targets.shutDown();
      return;
    default:
      return assertNever(command);
  }
}

async function dial(to: string, from: string | undefined, targets: CommandTargets) {
  const { lane } = targets;
  const parsed = parsePhoneNumber(to);
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  const ours = from ?? lane.state().line.number;
  const line = openLine(targets);
  if (ours === null) throw lineDown();
  for (const fact of holdOthers(lane.state(), null)) lane.emit(fact);
  const callId = await line.dial({ number: parsed.number, name: null }, ours);
  return { ok: true, callId } as const;
}

function changeSettings(
  change: Extract<Command, { command: 'change-settings' }>['settings'],
  { lane, settings }: CommandTargets,
): void {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  try {
    lane.emit({
      event: 'settings-changed',
      settings: settings.change(Object.fromEntries(given)),
    });
  } catch (error) {
    throw new ProblemError(
      {
        kind: 'storage-failed',
        message: 'The settings could not be saved. They stay as they were.',
        remedy: 'Make room on the disk, then change them again.',
      },
      { cause: error },
    );
  }
}

async function testSpeaker({
  lane,
  engine,
  card,
  speak,
  clock,
}: CommandTargets): Promise<undefined> {
  if (card === null) throw notAvailable('This run has no sound card.');
  const voice = await speak('This is Earshot. You hear me on this speaker, and nobody else does.');
  engine.playHere(voice);
  if (lane.state().soundCheck) return;
  lane.emit({ event: 'sound-check-changed', on: true });
  const lengthMs = (voice.length / SAMPLE_RATE_HZ) * 1000;
  clock.after(lengthMs + 1000, () => lane.emit({ event: 'sound-check-changed', on: false }));
}

function named({ callId, callSid }: CallName, { lane }: CommandTargets): Call {
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

function live(name: CallName, targets: CommandTargets): Call {
  const call = named(name, targets);
  if (call.status !== 'live') throw wrongState('This call is not live.');
  return call;
}

function ringingHere(name: CallName, targets: CommandTargets): Call {
  const call = named(name, targets);
  if (call.status !== 'ringing' || call.direction !== 'inbound') {
    throw wrongState('This call does not ring here.');
  }
  return call;
}

function openLine({ line }: CommandTargets): TwilioLine {
  const open = line();
  if (open === null) throw lineDown();
  return open;
}

function wrongState(message: string): ProblemError {
  return problem('wrong-call-state', message, 'Look at the call’s status first.');
}

function noStream(): ProblemError {
  return problem(
    'wrong-call-state',
    'The sound of this call is not connected yet.',
    'Try again in a moment.',
  );
}

function notAvailable(message: string): ProblemError {
  return problem('not-available', message, 'Use the practice line or the window for this.');
}

function lineDown(): ProblemError {
  return problem(
    'line-down',
    'The line is down, so calls cannot start.',
    'Look at the line’s problem.',
  );
}

function problem(kind: Problem['kind'], message: string, remedy: string): ProblemError {
  return new ProblemError({ kind, message, remedy });
}
