import type { HeardPiece } from '../core/transcriber.ts';

/** A piece before it has a name that lasts longer than its connection. */
export type Unnamed = Omit<HeardPiece, 'id'>;

/** What a session told: every piece ends once, whichever connection understood it. */
type ToldPieces = {
  /** @param key the connection's own name for the piece @returns whether it was final for the first time */
  readonly tell: (connection: object, key: string, piece: Unnamed) => boolean;
  /** A connection is gone: what it had begun goes on under the same names when it is sent again. */
  readonly lost: (connection: object) => void;
  /** Nothing comes any more: what was only begun stays as it was told last. */
  readonly finish: () => void;
};

/** @param onPiece told every change; a final piece without text takes back what was told of it */
export function createToldPieces(onPiece: (piece: HeardPiece) => void): ToldPieces {
  type Told = { readonly id: string; last: Unnamed };
  const open = new Map<object, Map<string, Told>>();
  const ended = new WeakMap<object, Set<string>>();
  let left: Told[] = [];
  let count = 0;

  const endedOf = (connection: object): Set<string> => {
    const keys = ended.get(connection) ?? new Set();
    ended.set(connection, keys);
    return keys;
  };
  const openOf = (connection: object): Map<string, Told> => {
    const pieces = open.get(connection) ?? new Map<string, Told>();
    open.set(connection, pieces);
    return pieces;
  };
  const nextId = (): string => {
    count += 1;
    return String(count);
  };

  return {
    tell: (connection, key, piece) => {
      const keys = endedOf(connection);
      if (keys.has(key)) return false;
      const pieces = openOf(connection);
      const known = pieces.get(key);
      if (piece.isFinal) {
        keys.add(key);
        pieces.delete(key);
      }
      if (known === undefined && piece.text === '') return piece.isFinal;
      if (!piece.isFinal && known?.last.text === piece.text) return false;
      const id = known?.id ?? left.shift()?.id ?? nextId();
      if (!piece.isFinal) pieces.set(key, { id, last: piece });
      onPiece({ id, ...piece });
      return piece.isFinal;
    },
    lost: connection => {
      left.push(...openOf(connection).values());
      open.delete(connection);
    },
    finish: () => {
      const rest = [...left, ...[...open.values()].flatMap(pieces => [...pieces.values()])];
      left = [];
      open.clear();
      for (const { id, last } of rest) onPiece({ id, ...last, isFinal: true });
    },
  };
}
