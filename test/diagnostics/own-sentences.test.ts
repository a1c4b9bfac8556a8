import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownSentences, programText } from '../../electron/diagnostics/own-sentences.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('A sentence is told when it stands in the program, and only then', () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'main.cjs'), 'log.warn({}, "sound process ended"); // Maria was here');
  writeFileSync(join(folder, 'part.cjs'), "log.info('the line is open')");
  writeFileSync(join(folder, 'notes.txt'), '"Maria has a secret"');
  const sentence = ownSentences(programText(folder));
  expect(sentence('sound process ended')).toBe('sound process ended');
  expect(sentence('the line is open')).toBe('the line is open');
  for (const other of [
    'Maria was here',
    'Maria has a secret',
    'process ended',
    'sound',
    '',
    'call from +14155550177 ended',
    'sound process ended"); // Maria was here',
  ]) {
    expect(sentence(other), other).toBe('(not told)');
  }
});
