import type { Command } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Packs } from '../offline/packs.ts';
import { type CommandTargets, live, notAvailable } from './targets.ts';

/** A command about how what is said is written down. */
type TranscriptsCommand = Extract<
  Command,
  {
    command:
      | 'transcribe'
      | 'dismiss-attention'
      | 'set-transcriber-key'
      | 'packs'
      | 'fetch-pack'
      | 'pause-pack'
      | 'remove-pack';
  }
>;

/** Does what a command about transcripts asks. */
export async function performTranscripts(
  command: TranscriptsCommand,
  targets: CommandTargets,
): Promise<Outcome | undefined> {
  const { lane, words } = targets;
  switch (command.command) {
    case 'transcribe': {
      const { id, kind } = live(command, targets);
      if (kind === 'notify')
        throw notAvailable('A call that only speaks a message is not written down.');
      words.transcripts.transcribe(id, command.by);
      return;
    }
    case 'dismiss-attention': {
      const { id, attention } = live(command, targets);
      const { kind } = command;
      if (attention.some(each => each.kind === kind)) {
        lane.emit({ event: 'attention-ended', callId: id, kind });
      }
      return;
    }
    case 'set-transcriber-key':
      words.setKey(command.transcriber, command.key);
      return;
    case 'packs':
      return { ok: true, packs: words.packs?.list() ?? [] };
    case 'fetch-pack':
      packsOf(targets).fetch(command.packId);
      return;
    case 'pause-pack':
      packsOf(targets).pause(command.packId);
      return;
    case 'remove-pack':
      await packsOf(targets).remove(command.packId);
      return;
  }
}

function packsOf({ words }: Pick<CommandTargets, 'words'>): Packs {
  if (words.packs === null) throw notAvailable('This run understands nothing by itself.');
  return words.packs;
}
