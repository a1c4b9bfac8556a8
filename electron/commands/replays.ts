import type { Command } from '../core/commands.ts';
import { type CommandTargets, named, notAvailable } from './targets.ts';

/** A command about sound of the past. */
export type ReplayCommand = Extract<
  Command,
  { command: 'start-replay' | 'pause-replay' | 'seek-replay' | 'tune-replay' | 'end-replay' }
>;

/** Plays sound of the past on the speaker, or stops. */
export async function replay(command: ReplayCommand, targets: CommandTargets): Promise<void> {
  const { replays } = targets;
  switch (command.command) {
    case 'start-replay':
      if (targets.card === null) throw notAvailable('This run has no sound card.');
      await replays.start(callIdOf(command, targets), command.atMs, command.speed);
      return;
    case 'pause-replay':
      replays.pause(command.on);
      return;
    case 'seek-replay':
      replays.seek(command.atMs);
      return;
    case 'tune-replay': {
      const { speed, skipSilence } = command;
      replays.tune({
        ...(speed === undefined ? {} : { speed }),
        ...(skipSilence === undefined ? {} : { skipSilence }),
      });
      return;
    }
    case 'end-replay':
      replays.end();
      return;
  }
}

/** The call to be played: also one that only the history knows. */
function callIdOf(
  command: Extract<ReplayCommand, { command: 'start-replay' }>,
  targets: CommandTargets,
): string {
  return targets.store.ended(command)?.id ?? named(command, targets).id;
}
