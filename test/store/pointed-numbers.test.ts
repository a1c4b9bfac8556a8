import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../electron/store/database.ts';
import { createPointedNumbers, type PointedNumber } from '../../electron/store/pointed-numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';

function openNumbers(folder = tempFolder()) {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return { folder, numbers: createPointedNumbers(database) };
}

const FIRST: PointedNumber = {
  numberSid: 'PN1',
  accountSid: 'AC1',
  here: 'https://desk.example.com/voice/webhook',
  before: '{"voiceUrl":"https://before.example.com/"}',
};

describe('numbers that were pointed here', () => {
  it('are kept by account until they are forgotten', () => {
    const { numbers } = openNumbers();
    const second = { ...FIRST, numberSid: 'PN2' };
    const foreign = { ...FIRST, numberSid: 'PN3', accountSid: 'AC2' };
    for (const number of [FIRST, second, foreign]) numbers.keep(number);
    expect(numbers.of('AC1')).toEqual([FIRST, second]);
    expect(numbers.of('AC2')).toEqual([foreign]);
    expect(numbers.of('AC3')).toEqual([]);
    numbers.forget('PN1');
    numbers.forget('PN1');
    expect(numbers.of('AC1')).toEqual([second]);
  });

  it('outlive the run', () => {
    const { folder, numbers } = openNumbers();
    numbers.keep(FIRST);
    expect(openNumbers(folder).numbers.of('AC1')).toEqual([FIRST]);
  });

  it('are kept once, as they were kept last', () => {
    const { numbers } = openNumbers();
    const moved = { ...FIRST, here: 'https://new.example.com/voice/webhook' };
    numbers.keep(FIRST);
    numbers.keep(moved);
    expect(numbers.of('AC1')).toEqual([moved]);
  });
});
