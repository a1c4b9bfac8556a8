/** The licence of something that is part of this app. */
export type Licence = {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
  readonly note: string;
};

/** Reads the list that lies among the window's own files. Rejects when it cannot be read. */
export async function readLicences(): Promise<readonly Licence[]> {
  const answer = await fetch('./licences.json');
  if (!answer.ok) throw new Error('the list of licences is not there');
  return answer.json();
}

/** Those whose name or licence has all the words that were typed. */
export function licencesFor(all: readonly Licence[], typed: string): readonly Licence[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name, licence }) => {
    const text = `${name} ${licence}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}
