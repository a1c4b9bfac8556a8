import type { RecordingId } from './recording.ts';

/** What is known of the recordings of a call that are over. */
export type Recorded = {
  /** Whether a recording is kept here, or is still to come from Twilio. */
  readonly recorded: 'kept' | 'waiting' | null;
  /** What that is worked out from: each recording told in this run that is kept or still to come. */
  readonly recordings?: Readonly<Record<RecordingId, 'kept' | 'waiting'>>;
};

/** What is known once one of the recordings is kept or waited for, or with null is gone. */
export function recordedWith(
  { recordings = {} }: Recorded,
  id: RecordingId,
  status: Recorded['recorded'],
): Recorded {
  const { [id]: _, ...others } = recordings;
  const all = status === null ? others : { ...others, [id]: status };
  const statuses = Object.values(all);
  return {
    recorded: statuses.includes('kept') ? 'kept' : (statuses[0] ?? null),
    recordings: all,
  };
}
