import type { Recorder, RecordPolicy } from '../../electron/core/recording.ts';

/** Which calls may be recorded unasked, as they are chosen. */
export const POLICY_OPTIONS: readonly (readonly [value: RecordPolicy, name: string])[] = [
  ['asked', 'Only when I press R'],
  ['practice', 'Practice calls'],
  ['account', 'Calls of my account'],
  ['always', 'All calls'],
];

/** Who may record, as it is chosen. */
export const RECORDER_OPTIONS: readonly (readonly [value: Recorder, name: string])[] = [
  ['here', 'This computer'],
  ['twilio', 'Twilio'],
];

/** What each means, in a sentence or two. */
export const RECORDER_WORDS: Readonly<Record<Recorder, string>> = {
  here: 'Costs nothing, is written while the call runs and there at once. Trial accounts carry no sound to record.',
  twilio:
    'Twilio charges per minute and for keeping it. It arrives some seconds after the call. Not on trial accounts.',
};

/** A notice to begin with. */
export const SAMPLE_NOTICE = 'This call is recorded.';

/** Lengths most people keep recordings for, in days. */
const USUAL_DAYS = [7, 30, 90, 365] as const;

/** How long recordings may be kept, with what is set although it is none of them. */
export function keepOptions(
  set: number | null,
): readonly (readonly [value: string, name: string])[] {
  const days = new Set<number>(USUAL_DAYS);
  if (set !== null) days.add(set);
  return [
    ['ever', 'For ever'],
    ...[...days]
      .sort((a, b) => a - b)
      .map(count => [String(count), count === 1 ? '1 day' : `${count} days`] as const),
  ];
}

/** The days that an option stands for; null for ever. */
export function daysOf(value: string): number | null {
  return value === 'ever' ? null : Number(value);
}
