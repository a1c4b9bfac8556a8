import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { Command } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import type { CallQuality } from '../core/quality.ts';
import { type CommandTargets, live, named, notAvailable } from './targets.ts';

/** A command about how a call is heard here. */
export type HearingCommand = Extract<
  Command,
  { command: 'set-volume' | 'set-pan' | 'silence' | 'solo' }
>;

/** Changes how a call is heard here; the call knows nothing of it. */
export function hear(command: HearingCommand, targets: CommandTargets): void {
  const { lane } = targets;
  const { id: callId } = live(command, targets);
  switch (command.command) {
    case 'set-volume':
      lane.emit({ event: 'volume-changed', callId, volume: command.volume });
      break;
    case 'set-pan':
      lane.emit({ event: 'pan-changed', callId, pan: command.pan });
      break;
    case 'silence':
      lane.emit({ event: 'silence-changed', callId, on: command.on });
      break;
    case 'solo':
      for (const call of lane.state().calls) {
        const isOther = command.on && call.status === 'live' && call.solo && call.id !== callId;
        if (isOther) lane.emit({ event: 'solo-changed', callId: call.id, on: false });
      }
      lane.emit({ event: 'solo-changed', callId, on: command.on });
      break;
  }
}

/** How the sound of the live calls goes, or how that of one call went. */
export function qualities(
  command: Extract<Command, { command: 'quality' }>,
  targets: CommandTargets,
): Outcome<'quality'> {
  const { engine, store } = targets;
  const running = engine.qualities();
  if (command.callId === undefined && command.callSid === undefined) {
    return { ok: true, qualities: running };
  }
  const call = store.ended(command) ?? named(command, targets);
  const after: CallQuality | null = call.status === 'ended' ? call.quality : null;
  const only = running.filter(({ callId }) => callId === call.id);
  return { ok: true, qualities: after === null ? only : [{ callId: call.id, quality: after }] };
}

/** Plays a short voice on the speaker, which is opened for it. */
export async function testSpeaker({
  lane,
  engine,
  card,
  speak,
  clock,
}: CommandTargets): Promise<undefined> {
  if (card === null) throw notAvailable('This run has no sound card.');
  const voice = await speak(
    'This is Earshot. You hear me on this speaker, and nobody else does.',
    lane.state().settings.voice,
  );
  engine.playHere(voice);
  if (lane.state().soundCheck) return;
  lane.emit({ event: 'sound-check-changed', on: true });
  const lengthMs = (voice.length / SAMPLE_RATE_HZ) * 1000;
  clock.after(lengthMs + 1000, () => lane.emit({ event: 'sound-check-changed', on: false }));
}
