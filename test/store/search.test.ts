import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Direction, Party } from '../../electron/core/call.ts';
import type { SearchResult } from '../../electron/core/transcript.ts';
import { createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { introduction } from '../support/builders.ts';
import { segment } from '../support/segments.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DANA: Party = { number: '+14155550111', name: 'Dana Reyes' };
const LEE: Party = { number: '+442079460123', name: 'Lee Wong' };

function openStore() {
  const { database } = openDatabase(join(tempFolder(), 'earshot.db'), 'then');
  const store = createCallStore(database, () => {});
  onTestFinished(() => database.close());
  /** Keeps a call that began at `at` seconds and went on for `seconds`. */
  const keep = (
    callId: string,
    at: number,
    said: readonly string[],
    { them = DANA, seconds = 60, direction = 'inbound' as Direction, ours = '+14155550100' } = {},
  ): void => {
    const from = at * 1000;
    const about = { ...introduction(callId, direction), them, ours };
    store.append({ event: 'call-ringing', ...about, at: from });
    store.append({ event: 'call-answered', callId, at: from });
    for (const [index, text] of said.entries()) {
      const words = segment({ callId, segmentId: `${callId}-${index}`, text });
      store.append({ event: 'segment', ...words, at: from + index });
    }
    store.append({
      event: 'call-ended',
      callId,
      reason: 'hung-up-there',
      at: from + seconds * 1000,
    });
  };
  return { store, keep };
}

function found({ hits }: SearchResult): Record<string, string[]> {
  return Object.fromEntries(
    hits.map(({ call, passages }) => [
      call.id,
      passages.map(({ segment: { text }, marks }) =>
        // Marks from the last to the first, so that those before stay where they are.
        [...marks]
          .reverse()
          .reduce(
            (shown, [from, to]) =>
              `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`,
            text,
          ),
      ),
    ]),
  );
}

describe('a search', () => {
  it('finds passages in the newest calls first, and marks the words in them', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['Hello.', 'I want a refund, please.', 'The REFUND is late.']);
    keep('b', 200, ['Is it refundable?']);
    keep('c', 300, ['The weather is fine.']);
    const result = await store.search({ query: 'refund' }, 10);
    expect(found(result)).toEqual({
      b: ['Is it [refundable]?'],
      a: ['I want a [refund], please.', 'The [REFUND] is late.'],
    });
    expect(Object.keys(found(result))).toEqual(['b', 'a']);
    expect(result).toMatchObject({ callCount: 2, passageCount: 3, instead: null });
  });

  it('wants every word in one passage, and a phrase as it stands', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['I want a refund.', 'A refund I want.', 'I want it.']);
    expect(found(await store.search({ query: 'want refund' }, 10))['a']).toHaveLength(2);
    expect(found(await store.search({ query: '"want a refund"' }, 10))['a']).toEqual([
      'I [want a refund].',
    ]);
  });

  it('takes letters with and without marks for the same, and knows other scripts', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['Das Café schließt um acht.', 'أريد استرداد المبلغ', 'もしもし']);
    expect(found(await store.search({ query: 'cafe' }, 10))).toEqual({
      a: ['Das [Café] schließt um acht.'],
    });
    expect(found(await store.search({ query: 'استرداد' }, 10))['a']).toEqual([
      'أريد [استرداد] المبلغ',
    ]);
    expect(found(await store.search({ query: 'もし' }, 10))['a']).toHaveLength(1);
  });

  it('finds calls by name and number too, without passages', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['Hello.']);
    keep('b', 200, ['Dana is not here.'], { them: LEE });
    expect(found(await store.search({ query: 'dana' }, 10))).toEqual({
      b: ['[Dana] is not here.'],
      a: [],
    });
    expect(Object.keys(found(await store.search({ query: '2079 46' }, 10)))).toEqual(['b']);
  });

  it('keeps to its filters, with words and without', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['refund'], { seconds: 30 });
    keep('b', 200, ['refund'], { them: LEE, seconds: 300, direction: 'outbound' });
    keep('c', 300, ['refund'], { ours: '+14155550199' });
    const ids = async (filters: object, query = 'refund') =>
      (await store.search({ query, ...filters }, 10)).hits.map(({ call }) => call.id);
    expect(await ids({ number: '+44 20' })).toEqual(['b']);
    expect(await ids({ since: 200_000 })).toEqual(['c', 'b']);
    expect(await ids({ until: 200_000 })).toEqual(['a']);
    expect(await ids({ direction: 'inbound' })).toEqual(['c', 'a']);
    expect(await ids({ ours: '+14155550199' })).toEqual(['c']);
    expect(await ids({ atLeastSeconds: 60 })).toEqual(['c', 'b']);
    expect(await ids({ atLeastSeconds: 60, atMostSeconds: 60 })).toEqual(['c']);
    expect(await ids({ atMostSeconds: 59 }, '')).toEqual(['a']);
    expect(await ids({}, '')).toEqual(['c', 'b', 'a']);
  });

  it('tells how much there is when it does not tell all', async () => {
    const { store, keep } = openStore();
    for (let i = 0; i < 4; i += 1) keep(`call-${i}`, i, Array<string>(7).fill('refund'));
    const { hits, callCount, passageCount, ours } = await store.search({ query: 'refund' }, 2);
    expect(hits.map(({ call, count, passages }) => [call.id, count, passages.length])).toEqual([
      ['call-3', 7, 5],
      ['call-2', 7, 5],
    ]);
    expect({ callCount, passageCount, ours }).toEqual({
      callCount: 4,
      passageCount: 28,
      ours: ['+14155550100'],
    });
  });

  it('offers a word that is said when the one that was typed is not', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['refund', 'my refund', 'friend']);
    const { instead, hits } = await store.search({ query: 'refud' }, 10);
    expect(hits).toEqual([]);
    expect(instead).toEqual({ words: 'refund', passages: 2 });
    expect((await store.search({ query: 'zebra' }, 10)).instead).toBeNull();
    expect((await store.search({ query: 'refud later' }, 10)).instead).toBeNull();
  });

  it('offers no word where the one that was typed is said on calls that are left out', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['my refund', 'our refunds', 'a café']);
    for (const query of ['refund', 'Refunds', 'Café', 'refun']) {
      const { instead, hits } = await store.search({ query, since: 1_000_000_000 }, 10);
      expect(hits).toEqual([]);
      expect(instead, query).toBeNull();
    }
  });

  it('takes quotes and commands for text', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['refund']);
    for (const query of [
      "'",
      '"',
      "' OR 1=1 --",
      'refund"; DROP TABLE calls; --',
      'NEAR(',
      'a AND',
      '*',
    ]) {
      await expect(store.search({ query }, 10), query).resolves.toBeDefined();
    }
    expect((await store.search({ query: 'refund' }, 10)).callCount).toBe(1);
  });

  it('finds a passage as it reads in the end', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['I want a refunt.']);
    const words = segment({ callId: 'a', segmentId: 'a-0', text: 'I want a refund.' });
    store.append({ event: 'segment', ...words, at: 200_000 });
    expect(found(await store.search({ query: 'refund' }, 10))).toEqual({
      a: ['I want a [refund].'],
    });
    expect((await store.search({ query: 'refunt' }, 10)).hits).toEqual([]);
    expect(store.segmentsOf('a')).toMatchObject([{ text: 'I want a refund.', at: 100_000 }]);
  });

  it('looks on while calls go on, also twice at once', async () => {
    const { store, keep } = openStore();
    keep('a', 100, Array<string>(400).fill('refund'));
    keep('b', 200, Array<string>(400).fill('parcel'));
    const first = store.search({ query: 'refund' }, 10);
    const second = store.search({ query: 'parcel' }, 10);
    keep('c', 300, Array<string>(50).fill('refund'));
    expect(Object.keys(found(await first))).toContain('a');
    expect(await second).toMatchObject({ callCount: 1, passageCount: 400, more: false });
    expect((await store.search({ query: 'refund' }, 10)).passageCount).toBe(450);
  });

  it('finds nothing of words that were taken back', async () => {
    const { store, keep } = openStore();
    keep('a', 100, ['I want a refund.']);
    const nothing = segment({ callId: 'a', segmentId: 'a-0', text: '' });
    store.append({ event: 'segment', ...nothing, at: 200_000 });
    expect((await store.search({ query: 'refund' }, 10)).hits).toEqual([]);
    expect(store.segmentsOf('a')).toEqual([]);
  });
});
