/** A piece of a track as Twilio tells it. */
type ToldPiece = {
  /** One counter over all tracks of a transcription. */
  readonly sequence: number;
  readonly text: string;
  readonly isFinal: boolean;
  readonly confidence: number | null;
};

/** A piece of an utterance. */
export type UtterancePiece = Omit<ToldPiece, 'sequence'> & { readonly key: string };

/** Sorts what is told of one track of a transcription into utterances: everything between two final pieces. */
export type Utterances = {
  /** Takes a piece, in whatever order and however often they come. @returns what is to be told because of it */
  readonly take: (piece: ToldPiece) => readonly UtterancePiece[];
};

/** Sequences are remembered for so long, to know a piece that comes again. */
const REMEMBERED = 1000;

/** Nothing was told yet. @param name names the track; no two share it */
export function createUtterances(name: string): Utterances {
  const seen = new Set<number>();
  let begun = 0;
  let open: { readonly key: string; first: number; last: number; text: string } | null = null;
  let lastFinal = 0;

  const newKey = (): string => {
    begun += 1;
    return `${name}/${begun}`;
  };
  const draft = (piece: ToldPiece): readonly UtterancePiece[] => {
    const { sequence, ...words } = piece;
    // The words on it were said already.
    if (sequence < lastFinal || words.text === '') return [];
    if (open === null) open = { key: newKey(), first: sequence, last: sequence, text: words.text };
    else if (sequence < open.last) {
      open.first = Math.min(open.first, sequence);
      return [];
    } else {
      open.last = sequence;
      open.text = words.text;
    }
    return [{ ...words, key: open.key }];
  };
  const last = ({ sequence, ...words }: ToldPiece): readonly UtterancePiece[] => {
    lastFinal = Math.max(lastFinal, sequence);
    // It is about what was said before that which is open.
    if (open === null || open.first > sequence) {
      return words.text === '' ? [] : [{ ...words, key: newKey() }];
    }
    const { key, last: latest, text } = open;
    const closing = { ...words, key };
    if (latest < sequence) {
      open = null;
      return [closing];
    }
    // What was taken for a draft of it belongs to the next.
    open = { key: newKey(), first: latest, last: latest, text };
    return [closing, { key: open.key, text, isFinal: false, confidence: null }];
  };

  return {
    take: piece => {
      if (seen.has(piece.sequence)) return [];
      seen.add(piece.sequence);
      if (seen.size > 2 * REMEMBERED) {
        for (const one of seen) if (one < piece.sequence - REMEMBERED) seen.delete(one);
      }
      const trimmed = { ...piece, text: piece.text.trim() };
      return piece.isFinal ? last(trimmed) : draft(trimmed);
    },
  };
}
