import type { Latency, SoundPathName } from '../../electron/core/sound.ts';

/** The ways sound may take, as they are chosen. */
export const PATH_OPTIONS: readonly (readonly [value: SoundPathName, name: string])[] = [
  ['card', 'Sound card directly'],
  ['window', 'Window, with echo cancelled'],
];

/** What each way means, in one sentence. */
export const PATH_WORDS: Readonly<Record<SoundPathName, string>> = {
  card: 'The shortest way, best with a headset. On open speakers others may hear their own echo.',
  window:
    'For open speakers: the echo is taken out of your microphone. Sound comes a little later.',
};

/** How much may be kept ready, as it is chosen. */
export const LATENCY_OPTIONS: readonly (readonly [value: Latency, name: string])[] = [
  ['safe', 'Safe'],
  ['balanced', 'Balanced'],
  ['low', 'Low'],
];

/** What is kept ready for the speaker in ms: frames asked for ahead and pieces queued (electron/audio/latency). */
const READY_MS: Readonly<Record<Latency, number>> = { safe: 160, balanced: 60, low: 30 };

const LATENCY_USE: Readonly<Record<Latency, string>> = {
  safe: 'for a computer that is very busy.',
  balanced: 'right for most computers.',
  low: 'for a fast computer; sound may stutter on a busy one.',
};

/** What a latency means, in one sentence. */
export function latencyWords(latency: Latency): string {
  return `About ${READY_MS[latency]} ms of sound are kept ready: ${LATENCY_USE[latency]}`;
}

/** Sound systems to choose from: the best by itself, those there are, and one that is set but gone. */
export function hostOptions(
  hosts: readonly string[],
  set: string | null,
): readonly (readonly [value: string, name: string])[] {
  const all = set === null || hosts.includes(set) ? hosts : [...hosts, set];
  const [best] = hosts;
  return [
    ['', best === undefined ? 'The best' : `The best, ${best}`],
    ...all.map(host => [host, host] as const),
  ];
}
