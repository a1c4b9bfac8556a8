import type { TalkFigures } from '../../electron/core/talk.ts';
import { spellLength } from '../words/times.ts';
import type { Voices } from './voices.ts';

/** How the talk of a call was shared, in words; null when nobody talked. */
type TalkWords = {
  /** The share of the other side, 0 to 100. */
  readonly themPercent: number;
  readonly shares: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
};

/** Tells how the talk of a call was shared. */
export function talkWords(
  figures: TalkFigures,
  { them, us }: Pick<Voices, 'them' | 'us'>,
): TalkWords | null {
  const { themMs, usMs, overTalkMs, longestThemMs, longestUsMs, longestSilenceMs } = figures;
  if (themMs + usMs === 0) return null;
  const themPercent = Math.round((themMs / (themMs + usMs)) * 100);
  const here = us === 'You' ? 'you' : us;
  const [longest, by] = longestThemMs >= longestUsMs ? [longestThemMs, them] : [longestUsMs, here];
  return {
    themPercent,
    shares: `${them} ${themPercent} %, ${here} ${100 - themPercent} %`,
    facts: [
      ['Longest monologue', `${by}, ${spellLength(longest)}`],
      ['Longest silence', spellLength(longestSilenceMs)],
      ['Talked at once', spellLength(overTalkMs)],
    ],
  };
}
