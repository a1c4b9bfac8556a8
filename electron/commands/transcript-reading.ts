import type { Call } from '../core/call.ts';
import type { Command } from '../core/commands.ts';
import type { CallEvent } from '../core/events.ts';
import type { Outcome } from '../core/outcome.ts';
import type { ToldSegment, Transcript, TranscriptNote } from '../core/transcript.ts';
import { soundStartOf } from '../recording/markers.ts';
import { writeContentOutside } from '../recording/outside-file.ts';
import { exportOf } from '../transcription/export-transcript.ts';
import { type CommandTargets, named } from './targets.ts';

type Asked<Name extends Command['command']> = Extract<Command, { command: Name }>;

type ReadingTargets = Pick<CommandTargets, 'lane' | 'store' | 'dataDir'>;

/** How many calls a search tells when not asked otherwise. */
const SEARCH_LIMIT = 100;

/** Tells what was said on a call of any run. Throws `no-such-call`. */
export function transcriptOf(
  command: Asked<'transcript'>,
  targets: ReadingTargets,
): Outcome<'transcript'> {
  return { ok: true, ...transcriptFor(callOf(command, targets), targets) };
}

/** Looks for words in all transcripts, and for names and numbers. */
export async function searchCalls(
  { query, limit = SEARCH_LIMIT, ...filters }: Asked<'search'>,
  { store }: ReadingTargets,
): Promise<Outcome<'search'>> {
  return { ok: true, ...(await store.search({ query, ...filters }, limit)) };
}

/** Writes what was said on a call to a file of its own. Throws `no-such-call` or `file-not-written`. */
export async function exportTranscript(
  { path, format, ...name }: Asked<'export-transcript'>,
  targets: ReadingTargets,
): Promise<undefined> {
  const call = callOf(name, targets);
  const text = exportOf(format, { call, transcript: transcriptFor(call, targets) });
  await writeContentOutside(text, { path, own: [targets.dataDir], of: 'transcript' });
}

function callOf(
  name: Pick<Asked<'transcript'>, 'callId' | 'callSid'>,
  targets: ReadingTargets,
): Call {
  return targets.store.ended(name) ?? named(name, targets);
}

function transcriptFor({ id }: Call, { lane, store }: ReadingTargets): Transcript {
  const events = store.eventsOf(id);
  const soundStartedAt = soundStartOf(events);
  const kept = store.segmentsOf(id);
  const known = new Set(kept.map(({ segmentId }) => segmentId));
  // What may still change is nowhere but in the state.
  const open = lane
    .state()
    .segments.filter(
      ({ callId, segmentId, text }) => callId === id && text !== '' && !known.has(segmentId),
    );
  const began = ({ at, place }: ToldSegment): number =>
    place === null || soundStartedAt === null ? at : soundStartedAt + place.atMs;
  return {
    segments: [...kept, ...open].sort((one, other) => began(one) - began(other)),
    notes: events.filter(isNote),
    talks: events
      .filter(event => event.event === 'talk-ended')
      .map(({ speaker, atMs, lengthMs }) => ({ speaker, atMs, lengthMs }))
      .sort((one, other) => one.atMs - other.atMs),
    soundStartedAt,
  };
}

const NOTES: ReadonlySet<CallEvent['event']> = new Set<TranscriptNote['event']>([
  'text-said',
  'agent-told',
  'sound-lost',
  'watch-word-heard',
  'digits-received',
]);

function isNote(event: CallEvent): event is TranscriptNote {
  return NOTES.has(event.event);
}
