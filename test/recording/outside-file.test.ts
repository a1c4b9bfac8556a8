import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeContentOutside, writeOutside } from '../../electron/recording/outside-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

const refused = (message: RegExp, code?: string) => ({
  problem: {
    kind: 'file-not-written',
    message: expect.stringMatching(message),
    ...(code === undefined ? {} : { code }),
  },
});

const RUNNING = new AbortController().signal;

describe('a file for somebody', () => {
  it('is written whole, over one that is there', async () => {
    const folder = tempFolder();
    const path = join(folder, 'audit.csv');
    writeFileSync(path, 'what was there before');
    await writeContentOutside('at,by\r\n', { path, own: [tempFolder()], of: 'audit' });
    expect(readFileSync(path, 'utf8')).toBe('at,by\r\n');
    expect(readdirSync(folder)).toEqual(['audit.csv']);
  });

  it('is never one of Earshot’s own, whatever links lead there', async () => {
    const own = tempFolder();
    const link = join(tempFolder(), 'link');
    mkdirSync(join(own, 'deep'));
    symlinkSync(own, link);
    for (const path of [join(own, 'x'), join(own, 'deep', 'x'), join(link, 'x')]) {
      const writing = writeContentOutside('x', { path, own: [own], of: 'audit' });
      await expect(writing).rejects.toMatchObject(refused(/own files/));
    }
    expect(readdirSync(own)).toEqual(['deep']);
  });

  it('that breaks off leaves what was there, says why, and nothing else behind', async () => {
    const folder = tempFolder();
    const path = join(folder, 'call.wav');
    writeFileSync(path, 'before');
    const file = { path, own: [], of: 'recording' } as const;
    const full = async (draft: string): Promise<void> => {
      writeFileSync(draft, 'half');
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    await expect(writeOutside(file, full, RUNNING)).rejects.toMatchObject(
      refused(/recording itself is as it was/, 'ENOSPC'),
    );
    const ending = new AbortController();
    const ended = async (draft: string): Promise<void> => {
      writeFileSync(draft, 'half');
      ending.abort();
      ending.signal.throwIfAborted();
    };
    await expect(writeOutside(file, ended, ending.signal)).rejects.toMatchObject(
      refused(/Earshot ended/),
    );
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['call.wav']);
  });
});
