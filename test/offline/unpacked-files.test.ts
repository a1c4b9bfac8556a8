import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../electron/core/problem.ts';
import { partsInside, unpackInto } from '../../electron/offline/unpacked-files.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('what is unpacked', () => {
  it.each(['../x', 'a/../../x', '/etc/x', 'C:/x', 'a\\..\\x', 'a/b:stream', 'nul\0', '', './'])(
    'goes nowhere else: %j',
    path => {
      expect(() => partsInside(path)).toThrow(ProblemError);
    },
  );

  it('keeps its folders', () => {
    expect(partsInside('./model/am/final.mdl')).toEqual(['model', 'am', 'final.mdl']);
  });

  it('is not larger than it may be', async () => {
    const folder = tempFolder();
    const files = unpackInto(folder, 100);
    const file = files.begin('large');
    file.write(new Uint8Array(60));
    expect(() => file.write(new Uint8Array(60))).toThrow(ProblemError);
    await files.written();
    expect(readdirSync(folder)).toEqual(['large']);
  });
});
