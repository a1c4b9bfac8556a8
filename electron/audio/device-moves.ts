import type { SoundDevice } from '../core/sound.ts';

/**
 * What a new list of devices means for one that is open: it stays, it is gone, or another one is
 * to be used: the chosen one came back, or the default changed that is followed.
 */
export type DeviceMove = 'stay' | 'gone' | 'move';

/** Tells what a new list means. @param inUse null where none could be opened: any new one is worth a try */
export function deviceMove(
  before: readonly SoundDevice[],
  after: readonly SoundDevice[],
  chosenId: string | null,
  inUse: SoundDevice | null,
): DeviceMove {
  if (inUse === null) return after.some(({ id }) => !hasDevice(before, id)) ? 'move' : 'stay';
  if (!hasDevice(after, inUse.id)) return 'gone';
  if (chosenId !== null && hasDevice(after, chosenId)) {
    return chosenId === inUse.id ? 'stay' : 'move';
  }
  const followed = defaultId(after);
  const changed = followed !== null && followed !== defaultId(before);
  return changed && followed !== inUse.id ? 'move' : 'stay';
}

/** Whether a list has a device. */
export function hasDevice(list: readonly SoundDevice[], id: string | null): boolean {
  return list.some(device => device.id === id);
}

/** The default device of a list. */
export function defaultId(list: readonly SoundDevice[]): string | null {
  return list.find(({ isDefault }) => isDefault)?.id ?? null;
}
