import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import type { Release, UpdateChannel } from '../core/updates.ts';
import { plainNotes } from './plain-notes.ts';
import { isNothingReleased } from './update-problem.ts';

/** What a feed says of a version. Its notes are foreign content of any shape. */
const offerSchema = z.object({
  version: z
    .string()
    .max(64)
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/),
  releaseNotes: z.unknown().optional(),
});

/**
 * The names of the channels. On a plain server they are those of two feeds. A release on GitHub has
 * the first feed only: there the second name picks a release among all, and electron-updater takes
 * the first feed once the second is missing.
 */
const FEEDS = { stable: 'latest', beta: 'beta' } as const satisfies Record<UpdateChannel, string>;

/** A version as its feed tells it. */
type Offer = Omit<Release, 'link'>;

/** The version offered on a channel; null when none is newer than this one. Rejects when that could not be learnt. */
export async function askFeed(engine: AppUpdater, channel: UpdateChannel): Promise<Offer | null> {
  if (channel === 'stable') return offerOn(engine, channel);
  try {
    return await offerOn(engine, channel);
  } catch (error) {
    if (!isNothingReleased(error)) throw error;
  }
  // A version has a tag before it is released; until then it hides the finished ones.
  return offerOn(engine, 'stable').catch((error: unknown) => {
    if (isNothingReleased(error)) return null;
    throw error;
  });
}

async function offerOn(engine: AppUpdater, channel: UpdateChannel): Promise<Offer | null> {
  engine.channel = FEEDS[channel];
  engine.allowPrerelease = channel === 'beta';
  // Naming a channel allows older versions, which nobody asked for.
  engine.allowDowngrade = false;
  const result = await engine.checkForUpdates();
  if (result === null || !result.isUpdateAvailable) return null;
  const { version, releaseNotes } = offerSchema.parse(result.updateInfo);
  // What is still being tried is not for all, wherever it was published.
  if (channel === 'stable' && version.includes('-')) return null;
  return { version, notes: plainNotes(releaseNotes) };
}
