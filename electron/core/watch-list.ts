import { z } from 'zod';

/** The most phrases of one list, and lists. */
const MOST_PHRASES = 200;
const MOST_LISTS = 20;

const watchListSchema = z.object({
  /** Names the list for good; its title may change. */
  id: z.string().min(1).max(100),
  title: z.string().trim().min(1).max(60),
  /** Words and phrases; other endings of a word and slips of a letter count as well. */
  phrases: z.array(z.string().trim().min(2).max(100)).max(MOST_PHRASES),
  /** Whose words are looked at. */
  speaker: z.enum(['anybody', 'them', 'us']).default('anybody'),
  /** Whether the desktop shows a notification. */
  notify: z.boolean().default(true),
  /** Whether the call comes to the front of the wall. */
  toFront: z.boolean().default(false),
});

/** Phrases that raise a hand when they are said. */
export type WatchList = Readonly<z.output<typeof watchListSchema>>;

/** All lists of a desk. */
export const watchListsSchema = z.array(watchListSchema).max(MOST_LISTS);
