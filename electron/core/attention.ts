/** Why a call wants to be looked at. */
export const ATTENTION_KINDS = ['watch-word', 'dead-air', 'over-talk', 'long-hold'] as const;

/** Why a call wants to be looked at. */
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/**
 * Something on a call that wants to be looked at. A watch word stays until somebody looked; the others
 * end by themselves.
 */
export type Attention = {
  readonly kind: AttentionKind;
  /** When it began, in ms since the epoch. */
  readonly since: number;
  /** What it is about in a word or two, such as the watch word; empty where the kind says all. */
  readonly label: string;
  /** Whether it comes to the front of the wall. */
  readonly toFront: boolean;
};
