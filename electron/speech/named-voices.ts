import type { Voice } from '../core/settings.ts';
import type { Voice as Speaker } from './flite.ts';

/** Which of the synthesiser's voices stands for each name that a person chooses from. */
export const SPEAKERS: Readonly<Record<Voice, Speaker['name']>> = {
  alloy: 'slt',
  echo: 'rms',
  fable: 'awb',
  onyx: 'kal16',
  nova: 'slt',
  shimmer: 'slt',
};
