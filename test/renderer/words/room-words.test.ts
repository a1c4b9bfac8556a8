import { expect, test } from 'vitest';
import type { Mode } from '../../../electron/core/room.ts';
import {
  callTitle,
  hearersWords,
  joinNames,
  legNames,
  pairWords,
  programName,
  shortTitle,
} from '../../../renderer/words/room-words.ts';
import { consoleState, liveCall } from '../console-states.ts';
import {
  DANA_LEG,
  leg,
  MARIA_LEG,
  room,
  servedCall,
  supervisedCall,
} from '../supervision/room-calls.ts';

test('people are listed, and counted from four on', () => {
  expect(joinNames([])).toBe('');
  expect(joinNames(['Dana'])).toBe('Dana');
  expect(joinNames(['Dana', 'Maria'])).toBe('Dana and Maria');
  expect(joinNames(['Dana', 'Maria', 'Sam'])).toBe('Dana, Maria and Sam');
  expect(joinNames(['Dana', 'Maria', 'Sam', 'Lee'])).toBe('Dana, Maria and 2 more');
});

test('those without a name are told by their number, clients by their address', () => {
  const unknown = leg({ sid: 'CA-1', party: { number: '+14155550190', name: null } });
  const client = leg({ sid: 'CA-2', party: { number: 'client:eva', name: null } });
  const name = legNames({ legs: [unknown, client] });
  expect(name(unknown)).toBe('…0190');
  expect(name(client)).toBe('eva');
});

test('a program is never taken for a person', () => {
  const nova = leg({
    sid: 'CA-1',
    party: { number: '+14155550190', name: 'Nova' },
    isProgram: true,
  });
  expect(legNames({ legs: [nova] })(nova)).toBe('Nova AI');
  expect(programName('Booker AI')).toBe('Booker AI');
});

test('a call is called by who talks with whom', () => {
  expect(callTitle(supervisedCall())).toBe('Dana Reyes ↔ Maria');
  expect(shortTitle(supervisedCall(), consoleState())).toBe('Dana ↔ Maria');
  expect(callTitle(servedCall())).toBe('Dana Reyes ↔ Booker AI');
  expect(callTitle(liveCall())).toBe('Dana Reyes');
  expect(callTitle(supervisedCall({}, { kind: 'direct' }))).toBe('Dana Reyes, Maria');
  expect(pairWords(room({ legs: [DANA_LEG] }))).toBe('Dana Reyes');
});

test.each([
  ['listen', 'nobody'],
  ['whisper', 'Maria only'],
  ['barge', 'Dana + Maria'],
  ['takeover', 'Dana; Maria held'],
] as const satisfies readonly (readonly [Mode, string])[])('%s is heard by %s', (mode, words) => {
  const both = room({ legs: [DANA_LEG, MARIA_LEG] });
  expect(hearersWords(both, mode, legNames(both))).toBe(words);
});
