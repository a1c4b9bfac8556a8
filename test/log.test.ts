import fs from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLog, type Log } from '../electron/log.ts';

/** What a log writes to standard error. */
function writtenBy(run: (log: Log) => void): string {
  const written: string[] = [];
  const write = vi.spyOn(fs, 'writeSync').mockImplementation((_fd, text) => {
    written.push(String(text));
    return String(text).length;
  });
  onTestFinished(() => write.mockRestore());
  run(createLog('debug'));
  write.mockRestore();
  return written.join('');
}

describe('the log', () => {
  it('blanks what is private', () => {
    const text = writtenBy(log => log.warn({ to: '+14155550101', call: { token: 'abc' } }, 'told'));
    expect(text).toContain('"msg":"told"');
    expect(text).not.toMatch(/14155550101|abc/);
  });

  it('tells of an error what it says, not the request it carries', () => {
    const headers = { Authorization: 'Basic c2VjcmV0' };
    const error = Object.assign(new Error('socket hang up'), { config: { headers } });
    const text = writtenBy(log => log.error({ err: error }, 'failed'));
    expect(text).toContain('socket hang up');
    expect(text).toContain('log.test.ts');
    expect(text).not.toContain('c2VjcmV0');
  });

  it('tells what was thrown though it is no error', () => {
    expect(writtenBy(log => log.error({ err: 'secret' }, 'failed'))).toContain('"type":"string"');
  });
});
