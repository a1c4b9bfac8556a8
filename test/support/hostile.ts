import { once } from 'node:events';
import { connect } from 'node:net';

/** Chooses by chance, the same way for the same seed. */
export type Dice = {
  readonly below: (limit: number) => number;
  readonly one: <Item>(items: readonly Item[]) => Item;
  /** Some JSON value, mostly of the sort nobody expects. */
  readonly json: (depth?: number) => unknown;
  readonly text: () => string;
};

const TEXTS = [
  '',
  '0',
  '-1',
  'null',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  '\u202e',
  '\ud800',
  '../../etc/passwd',
  '<Response/>',
  "' OR 1=1 --",
  '%00%ff',
  '+14155550101',
  'CA00000000000000000000000000000000',
  'A'.repeat(5000),
  '1e309',
  '{"a":1}',
] as const;

const NUMBERS = [0, -0, -1, 1e308, Number.MAX_SAFE_INTEGER, 0.1, 2 ** 31, -(2 ** 63)] as const;

/** Makes such dice. @param chance numbers from 0 to 1 */
export function diceOf(chance: () => number): Dice {
  const below = (limit: number): number => Math.floor(chance() * limit);
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  };
  const text = (): string =>
    chance() < 0.7
      ? one(TEXTS)
      : Array.from({ length: below(40) }, () => String.fromCharCode(below(0x3000))).join('');
  const json = (depth = 0): unknown => {
    switch (below(depth > 4 ? 4 : 6)) {
      case 0:
        return text();
      case 1:
        return one(NUMBERS);
      case 2:
        return one([true, false, null]);
      case 3:
        return one([[], {}]);
      case 4:
        return Array.from({ length: below(5) }, () => json(depth + 1));
      default: {
        const pairs = Array.from({ length: below(5) }, () => [text(), json(depth + 1)] as const);
        // Read from text, so that `__proto__` becomes a field of its own.
        const fields = pairs.map(
          ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
        );
        return JSON.parse(`{${fields.join(',')}}`);
      }
    }
  };
  return { below, one, json, text };
}

/**
 * Writes raw bytes to a server, in pieces, and goes away after a moment.
 * @returns what it answered until then, for as long as it kept the connection
 */
export async function throwAt(port: number, pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', data => {
    answer += data.toString('latin1');
  });
  socket.on('error', () => {});
  const gone = new Promise<void>(resolve => socket.once('close', () => resolve()));
  await Promise.race([once(socket, 'connect').catch(() => {}), gone]);
  for (const piece of pieces) {
    if (!socket.writable) break;
    await new Promise(resolve => socket.write(piece, resolve));
  }
  await Promise.race([gone, new Promise(resolve => setTimeout(resolve, 15))]);
  socket.destroy();
  return answer;
}
