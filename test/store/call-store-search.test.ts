import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EndedCall, Party } from '../../electron/core/call.ts';
import { type CallStore, createCallStore } from '../../electron/store/call-store.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { introduction } from '../support/builders.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DANA: Party = { number: '+14155550111', name: 'Dana Reyes' };
const LEE: Party = { number: '+442079460123', name: 'Lee Wong' };
const UNKNOWN: Party = { number: '+33155550199', name: null };

function ids(calls: readonly EndedCall[]): string[] {
  return calls.map(({ id }) => id);
}

describe('searching the history', () => {
  function storeOfThree(): CallStore {
    const { database } = openDatabase(join(tempFolder(), 'earshot.db'), 'then');
    onTestFinished(() => database.close());
    const store = createCallStore(database, () => {});
    const calls = [
      ['dana', DANA],
      ['lee', LEE],
      ['unknown', UNKNOWN],
    ] as const;
    for (const [i, [callId, them]] of calls.entries()) {
      store.append({ event: 'call-ringing', ...introduction(callId), them, at: 1000 * i });
      store.append({ event: 'call-ended', callId, reason: 'missed', at: 1000 * i + 500 });
    }
    return store;
  }

  it('finds part of a name in any case', () => {
    const store = storeOfThree();
    for (const query of ['dana', 'REY', ' a R ', 'Dana Reyes']) {
      expect(ids(store.history(query, 10)), query).toEqual(['dana']);
    }
    expect(store.history('nobody', 10)).toEqual([]);
  });

  it('finds digits however they are written', () => {
    const store = storeOfThree();
    for (const query of ['+14155550111', '(415) 555-0111', '415.555.0111', '1 415', '50111']) {
      expect(ids(store.history(query, 10)), query).toEqual(['dana']);
    }
    expect(ids(store.history('5550', 10))).toEqual(['unknown', 'dana']);
  });

  it('takes the wildcards of the database for nothing', () => {
    const store = storeOfThree();
    expect(store.history('d%s', 10)).toEqual([]);
    expect(store.history('L_Wong', 10)).toEqual([]);
    expect(store.history('415%111', 10)).toEqual([]);
    expect(ids(store.history('Dan%', 10))).toEqual(['dana']);
  });

  it('takes quotes and commands for text', () => {
    const store = storeOfThree();
    for (const query of ["'", '"', "' OR 1=1 --", "'; DROP TABLE calls; --"]) {
      expect(store.history(query, 10).length, query).toBeLessThan(3);
    }
    expect(store.history('', 10)).toHaveLength(3);
  });
});
