import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Problem } from '../core/problem.ts';
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsChange,
  settingsSchema,
} from '../core/settings.ts';

/** The person's choices on disk. */
export type SettingsFile = {
  readonly settings: () => Settings;
  /** Changes some and writes all, at once or not at all. Throws when the disk refuses. */
  readonly change: (change: SettingsChange) => Settings;
  /** What had to be told about reading the file. */
  readonly problem: Problem | null;
};

/**
 * Reads the settings. A file that cannot be understood is set aside under another name, never
 * deleted, and the defaults are used.
 * @param suffix tells files set aside apart, such as a date
 */
export function openSettingsFile(path: string, suffix: string): SettingsFile {
  let settings = DEFAULT_SETTINGS;
  let problem: Problem | null = null;
  if (existsSync(path)) {
    try {
      settings = settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      const aside = `${path}.unreadable-${suffix}`;
      renameSync(path, aside);
      problem = {
        kind: 'settings-unreadable',
        message:
          'The settings could not be read, so Earshot uses its defaults: everybody may ring again. Calls work.',
        remedy: `Choose your devices, and who may ring, again. The old file is kept as ${aside}.`,
      };
    }
  }
  return {
    settings: () => settings,
    problem,
    change: change => {
      const changed = settingsSchema.parse({ ...settings, ...change });
      const draft = `${path}.new`;
      writeFileSync(draft, `${JSON.stringify(changed, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, path);
      settings = changed;
      return changed;
    },
  };
}
