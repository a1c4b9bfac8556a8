import { z } from 'zod';

/** Where the window's colours come from. */
const THEMES = ['system', 'light', 'dark'] as const;

/**
 * What the person chose, kept between runs. Every field has a default, so that a missing one is
 * never an error.
 */
export const settingsSchema = z.object({
  /** Microphone by device id; null follows the system's default. */
  inputDeviceId: z.string().max(500).nullable().default(null),
  /** Speaker by device id; null follows the system's default. */
  outputDeviceId: z.string().max(500).nullable().default(null),
  /** Loudness of everything heard here, 0 to 2; 1 is as received. */
  outputVolume: z.number().min(0).max(2).default(1),
  /** Loudness of the own microphone on the wire, 0 to 2. */
  inputVolume: z.number().min(0).max(2).default(1),
  /** `open`: answering opens the microphone. `hold`: a call starts muted and Space opens it while held. */
  talk: z.enum(['open', 'hold']).default('open'),
  /** Whether a ring is played on the speaker. */
  ringSound: z.boolean().default(true),
  theme: z.enum(THEMES).default('system'),
  /** Whether the practice line sends a call when the window opens. */
  practiceRing: z.boolean().default(true),
});

/** The person's choices. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** The choices of a person who has not chosen yet. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** Some settings to change; the others stay. */
export const settingsChangeSchema = z
  .object({
    inputDeviceId: z.string().max(500).nullable(),
    outputDeviceId: z.string().max(500).nullable(),
    outputVolume: z.number().min(0).max(2),
    inputVolume: z.number().min(0).max(2),
    talk: z.enum(['open', 'hold']),
    ringSound: z.boolean(),
    theme: z.enum(THEMES),
    practiceRing: z.boolean(),
  })
  .partial();

/** Some settings to change. */
export type SettingsChange = Partial<Settings>;
