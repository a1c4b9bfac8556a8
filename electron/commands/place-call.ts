import type { LiveCall } from '../core/call.ts';
import type { Command } from '../core/commands.ts';
import { holdOthers } from '../core/desk-rules.ts';
import type { LineState } from '../core/line.ts';
import type { Outcome } from '../core/outcome.ts';
import { isEmergencyNumber, type PhoneNumber, parsePhoneNumber } from '../core/phone-number.ts';
import { ProblemError } from '../core/problem.ts';
import type { Voice } from '../core/settings.ts';
import { type CommandTargets, notYours, openLine, problem } from './targets.ts';

/** How long a call that spoke its message goes on, in seconds. */
const HANG_UP_AFTER_S = 3;

/** Our number where only a relay knows it, in Twilio's word for one that is not told. */
const UNKNOWN_NUMBER = 'unknown';

/** Calls somebody, to talk or to speak a message. */
export async function placeCall(
  command: Extract<Command, { command: 'dial' | 'notify' }>,
  targets: CommandTargets,
): Promise<Outcome> {
  const { lane } = targets;
  const { settings, line: shown } = lane.state();
  const number = isEmergencyNumber(command.to)
    ? emergencyNumber(command, shown.kind)
    : dialledNumber(command.to);
  const line = openLine(targets);
  const them = { number, name: null };
  const ours = callerId(command.from, targets);
  if (command.command === 'notify') {
    const callId = await line.notify(them, ours, {
      text: command.text,
      voice: command.voice ?? settings.voice,
      hangUpAfterS: command.hangUpAfter ?? HANG_UP_AFTER_S,
      detectMachine: settings.detectMachines,
    });
    return { ok: true, callId };
  }
  const held = shown.address.kind === 'none' ? [] : holdOthers(lane.state(), null);
  for (const fact of held) lane.emit(fact);
  const { sendDigits, detectMachine = settings.detectMachines } = command;
  try {
    const callId = await line.dial(them, ours, {
      ...(sendDigits === undefined ? {} : { sendDigits }),
      detectMachine,
    });
    if (command.record !== undefined) targets.recordings.asked(callId, command.record);
    return { ok: true, callId };
  } catch (error) {
    // Who was put on hold for a call that never came is talked with again.
    for (const fact of held) if (fact.event === 'hold-changed') lane.emit({ ...fact, on: false });
    throw error;
  }
}

/** Emergency calls are never refused, except where nobody real can be reached. */
function emergencyNumber(
  { command, to }: Extract<Command, { command: 'dial' | 'notify' }>,
  kind: LineState['kind'],
): PhoneNumber {
  if (kind === 'twilio' && command === 'dial') return to.replace(/\D/g, '');
  throw problem(
    'not-available',
    kind === 'practice'
      ? 'The practice line reaches nobody real.'
      : 'An emergency centre takes calls, not spoken messages.',
    'Use a phone.',
  );
}

/** Understands a number as typed. Throws `invalid-number`. */
export function dialledNumber(typed: string): PhoneNumber {
  const parsed = parsePhoneNumber(typed);
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  return parsed.number;
}

/** The number shown to who is called: the one asked for, the one chosen, or the line's own. */
function callerId(asked: string | undefined, { lane }: CommandTargets): PhoneNumber {
  const { settings, line } = lane.state();
  const may = (number: string): boolean =>
    line.callerIds.length === 0 || line.callerIds.some(known => known.number === number);
  if (asked !== undefined) {
    const number = dialledNumber(asked);
    if (may(number)) return number;
    throw notYours(line.callerIds);
  }
  const chosen = settings.callerId;
  if (chosen !== null && line.callerIds.some(known => known.number === chosen)) return chosen;
  return line.number ?? UNKNOWN_NUMBER;
}

/** Speaks into a call: by a voice made here where there is a stream, by Twilio's where there is none. */
export async function say(
  call: LiveCall,
  text: string,
  asked: Voice | undefined,
  targets: CommandTargets,
): Promise<void> {
  const { engine, lane } = targets;
  const voice = asked ?? lane.state().settings.voice;
  if (call.carrier === 'stream' && call.stream) {
    const samples = await targets.speak(text, voice);
    if (engine.playInto(call.id, samples)) {
      lane.emit({ event: 'text-said', callId: call.id, text, by: 'stream' });
      return;
    }
  }
  await openLine(targets).say(call.id, text, voice);
}
