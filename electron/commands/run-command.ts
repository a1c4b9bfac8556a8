import { readWav } from '../audio/wav-file.ts';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import { renderDigits } from '../core/audio/tones.ts';
import type { Command } from '../core/commands.ts';
import { holdOthers } from '../core/desk-rules.ts';
import type { Outcome } from '../core/outcome.ts';
import { ProblemError } from '../core/problem.ts';
import { auditOfCalls, exportAudit } from './audit.ts';
import { exportDiagnostics } from './diagnostics.ts';
import { conversation, sendMessage } from './messages.ts';
import { placeCall, say } from './place-call.ts';
import {
  deleteRecording,
  exportRecordingTo,
  pauseRecording,
  record,
  recordingsOfCall,
} from './recordings.ts';
import { replay } from './replays.ts';
import { hear, qualities, testSpeaker } from './sound.ts';
import { performSupervision } from './supervise.ts';
import {
  type CommandTargets,
  comingIn,
  live,
  named,
  nobodyThere,
  noStream,
  notAvailable,
  notYourOwn,
  notYours,
  openLine,
  playable,
  ringingHere,
  wordsOnly,
  wrongState,
} from './targets.ts';
import { exportTranscript, searchCalls, transcriptOf } from './transcript-reading.ts';
import { performTranscripts } from './transcripts.ts';

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
    case 'notify':
      return placeCall(command, targets);
    case 'answer': {
      const call = comingIn(command, targets);
      for (const fact of holdOthers(lane.state(), call.id)) lane.emit(fact);
      await openLine(targets).answer(call.id);
      return;
    }
    case 'enqueue':
      openLine(targets).enqueue(ringingHere(command, targets).id);
      return;
    case 'decline':
      await openLine(targets).hangUp(comingIn(command, targets).id);
      return;
    case 'say':
      await say(playable(command, targets), command.text, command.voice, targets);
      return;
    case 'gather': {
      const { text, voice, input = 'both', numDigits, timeoutSeconds = 5 } = command;
      const turn = await openLine(targets).gather(playable(command, targets).id, {
        ...(text === undefined ? {} : { text }),
        ...(numDigits === undefined ? {} : { numDigits }),
        voice: voice ?? lane.state().settings.voice,
        input,
        timeoutS: timeoutSeconds,
      });
      return { ok: true, turn };
    }
    case 'hang-up': {
      const call = named(command, targets);
      if (call.status === 'ended') throw wrongState('This call is over.');
      if (call.kind === 'supervised') throw notYourOwn();
      await openLine(targets).hangUp(call.id);
      return;
    }
    case 'mute':
      lane.emit({ event: 'mute-changed', callId: live(command, targets).id, on: command.on });
      return;
    case 'hold': {
      const { id, kind } = live(command, targets);
      if (kind === 'supervised') throw notYourOwn();
      lane.emit({ event: 'hold-changed', callId: id, on: command.on });
      return;
    }
    case 'set-volume':
    case 'set-pan':
    case 'silence':
    case 'solo':
      hear(command, targets);
      return;
    case 'quality':
      return qualities(command, targets);
    case 'record':
      return record(command, targets);
    case 'pause-recording':
      return pauseRecording(command, targets);
    case 'recordings':
      return recordingsOfCall(command, targets);
    case 'export-recording':
      return exportRecordingTo(command, targets);
    case 'delete-recording':
      return deleteRecording(command, targets);
    case 'start-replay':
    case 'pause-replay':
    case 'seek-replay':
    case 'tune-replay':
    case 'end-replay':
      await replay(command, targets);
      return;
    case 'send-digits': {
      const { id, carrier } = playable(command, targets);
      if (carrier === 'gather') throw wordsOnly();
      if (!engine.playInto(id, renderDigits(command.digits))) throw noStream();
      lane.emit({ event: 'digits-sent', callId: id, digits: command.digits });
      return;
    }
    case 'play-file': {
      const { id, carrier } = playable(command, targets);
      if (carrier === 'gather') throw wordsOnly();
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
    case 'look-for-devices':
      targets.card?.devicesChanged();
      return;
    case 'open-line':
      if (targets.lines.line() !== null) throw wrongState('The line is open.');
      await targets.lines.open(command.port);
      return;
    case 'check-account':
      return { ok: true, ...(await targets.lines.check(command)) };
    case 'connect-account':
      await targets.lines.connect(command);
      return;
    case 'disconnect-account':
      await targets.lines.disconnect();
      return;
    case 'use-line':
      await targets.lines.use(command.kind);
      return;
    case 'take-number':
      await targets.lines.takeNumber();
      return;
    case 'give-number-back':
      await targets.lines.giveNumberBack();
      return;
    case 'test-line':
      return { ok: true, test: await targets.lines.test() };
    case 'retry-tunnel':
      targets.lines.retryTunnel();
      return;
    case 'alerts':
      return { ok: true, alerts: await targets.lines.alerts() };
    case 'dismiss-problem':
      lane.emit({ event: 'problem-cleared', id: command.problemId });
      return;
    case 'ring-me': {
      const { ringsOnRequest, directory } = lane.state().line;
      const isKnown = directory.some(entry => entry.number === command.number);
      if (ringsOnRequest && command.number !== undefined && !isKnown) throw nobodyThere();
      const rung = await targets.ringIn(command.number);
      if (rung === null) throw notAvailable('Only the practice line rings on request.');
      return { ok: true, ...rung };
    }
    case 'practice-scene': {
      const begun = await targets.scene(command.scene);
      if (begun === null)
        throw notAvailable('Only the practice line has people who call each other.');
      await targets.readAccount();
      return { ok: true, ...begun };
    }
    case 'account-calls': {
      await targets.readAccount();
      const { accountCalls, accountWatch } = lane.state();
      return { ok: true, calls: accountCalls, watch: accountWatch };
    }
    case 'audit':
      return auditOfCalls(command, targets);
    case 'export-audit':
      return exportAudit(command, targets);
    case 'calls':
      return { ok: true, calls: lane.state().calls };
    case 'history':
      return {
        ok: true,
        calls: store.history(command.query ?? '', command.limit ?? HISTORY_LIMIT),
      };
    case 'send-message':
      return sendMessage(command, targets);
    case 'messages':
      return conversation(command, targets);
    case 'transcript':
      return transcriptOf(command, targets);
    case 'search':
      return searchCalls(command, targets);
    case 'export-transcript':
      return exportTranscript(command, targets);
    case 'transcribe':
    case 'dismiss-attention':
    case 'set-transcriber-key':
    case 'packs':
    case 'fetch-pack':
    case 'pause-pack':
    case 'remove-pack':
      return performTranscripts(command, targets);
    case 'check-for-updates':
      targets.updates.check();
      return;
    case 'install-update':
      targets.updates.install();
      return;
    case 'export-diagnostics':
      return exportDiagnostics(command, targets);
    case 'shut-down':
      targets.shutDown();
      return;
    default:
      return performSupervision(command, targets);
  }
}

function changeSettings(
  change: Extract<Command, { command: 'change-settings' }>['settings'],
  { lane, settings }: CommandTargets,
): void {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const { callerIds } = lane.state().line;
  const shown = change.callerId ?? null;
  if (shown !== null && callerIds.length > 0 && !callerIds.some(({ number }) => number === shown)) {
    throw notYours(callerIds);
  }
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
