import type { Offered } from './offered.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { readDialled } from './read-dialled.ts';

/** How long after a link's number came nothing is run by what was meant for the lines before, in ms. */
const STEADY_MS = 700;

/** Whether a key or a click comes too soon after a link's number to be meant for it; times in ms. */
export function isTooSoon(offeredAt: number, now: number): boolean {
  return now - offeredAt < STEADY_MS;
}

/** Whether a link's number may take the field: only an empty one, for what is typed is the person's. */
export function takesField(text: string): boolean {
  return text.trim() === '';
}

/** The lines with that of a link's number at the end, where no other line moves for it. */
export function withOffer(
  entries: readonly PaletteEntry[],
  offered: Offered | null,
): readonly PaletteEntry[] {
  if (offered === null) return entries;
  const { number, extension } = offered;
  return [
    ...entries,
    {
      kind: 'offered',
      id: 'offered',
      title: `Use ${readDialled(number).text} from the link`,
      detail: extension === null ? '' : `extension ${extension}`,
      offered,
    },
  ];
}
