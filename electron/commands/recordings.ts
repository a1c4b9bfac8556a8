import type { Command } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import { markersOf, soundStartOf } from '../recording/markers.ts';
import type { Recordings } from '../recording/recordings.ts';
import { type CommandTargets, live, named } from './targets.ts';

type Asked<Name extends Command['command']> = Extract<Command, { command: Name }>;

/** What commands about recordings act on. */
type RecordingTargets = Pick<CommandTargets, 'lane' | 'store' | 'clock'> & {
  readonly recordings: Recordings;
};

/** Starts or stops the recording of a live call. */
export async function record(
  command: Asked<'record'>,
  targets: RecordingTargets,
): Promise<undefined> {
  const { id } = live(command, targets);
  await (command.on ? targets.recordings.start(id) : targets.recordings.stop(id));
}

/** Leaves out of a recording what is said now, or records on. */
export async function pauseRecording(
  command: Asked<'pause-recording'>,
  targets: RecordingTargets,
): Promise<undefined> {
  await targets.recordings.pause(live(command, targets).id, command.on);
}

/** Tells the recordings of a call of any run, and what happened on it by its place in the sound. */
export async function recordingsOfCall(
  command: Asked<'recordings'>,
  targets: RecordingTargets,
): Promise<Outcome<'recordings'>> {
  const { store, clock, recordings } = targets;
  const call = store.ended(command) ?? named(command, targets);
  const events = store.eventsOf(call.id);
  const startedAt = soundStartOf(events);
  const until = call.status === 'ended' ? call.endedAt : clock.now();
  return {
    ok: true,
    recordings: await recordings.of(call.id),
    markers: startedAt === null ? [] : markersOf(events, startedAt, until),
  };
}

/** Writes a recording to a file of its own. */
export async function exportRecordingTo(
  { recordingId, path, format }: Asked<'export-recording'>,
  { recordings }: Pick<RecordingTargets, 'recordings'>,
): Promise<undefined> {
  await recordings.export(recordingId, path, format);
}

/** Deletes a recording. */
export async function deleteRecording(
  { recordingId }: Asked<'delete-recording'>,
  { recordings }: Pick<RecordingTargets, 'recordings'>,
): Promise<undefined> {
  await recordings.delete(recordingId);
}
