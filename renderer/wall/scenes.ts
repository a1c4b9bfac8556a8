import type { Scene } from '../../electron/core/room.ts';
import { act } from '../state/refusals.ts';

/** What people of the practice line can be asked to do, and what to expect of it. */
export const SCENE_WORDS: readonly (readonly [scene: Scene, act: string, about: string])[] = [
  [
    'conference',
    'Let two people talk',
    'A customer and an agent in a conference: every mode works.',
  ],
  [
    'dialled',
    'Join two by a dial',
    'Two people without a conference: speaking to them makes it one.',
  ],
  ['program', 'Let a program serve', 'Another program’s voice agent serves a customer.'],
  ['queue', 'Let somebody wait', 'A customer waits in a queue until somebody picks up.'],
];

/** Asks the practice line for people to supervise. */
export function playScene(scene: Scene): void {
  act({ command: 'practice-scene', scene });
}
