import fs from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLog, type Log, type LogLevel } from '../electron/log.ts';

/** What a log writes to standard error. */
function writtenBy(run: (log: Log) => void, level: LogLevel = 'warning'): string {
  const written: string[] = [];
  const write = vi.spyOn(fs, 'writeSync').mockImplementation((_fd, text) => {
    written.push(String(text));
    return Buffer.byteLength(String(text));
  });
  onTestFinished(() => write.mockRestore());
  run(createLog(level));
  write.mockRestore();
  return written.join('');
}

/** What an error of a line might say and carry. */
function badError(): Error {
  const headers = { Authorization: 'Basic c2VjcmV0' };
  const cause = new Error('the key SKdeadbeefdeadbeefdeadbeefdeadbeef of maria@example.com');
  return Object.assign(
    new RangeError('the number +14155550188 said "I am Maria" at https://example.com/maria', {
      cause,
    }),
    { code: 'ECONNRESET', config: { headers } },
  );
}

const PRIVATE = /4155550188|Maria|maria|example\.com|deadbeef|c2VjcmV0/;

describe('the log', () => {
  it('blanks what is private, however deep it stands', () => {
    const text = writtenBy(log =>
      log.warn(
        { to: '+14155550101', call: { leg: { token: 'abc' }, list: [{ text: 'yes' }] } },
        'told',
      ),
    );
    expect(text).toContain('"msg":"told"');
    expect(text).not.toMatch(/14155550101|abc|yes/);
  });

  it.each(['info', 'warning', 'error'] as const)(
    'tells at %s of an error what it is and where it came from, never its words',
    level => {
      const text = writtenBy(log => {
        log.error({ err: badError() }, 'failed');
        log.error({ deep: { error: badError() } }, 'failed again');
        log.error(badError(), 'failed at last');
      }, level);
      expect(JSON.parse(text.split('\n')[0] ?? '')).toMatchObject({
        msg: 'failed',
        err: { name: 'RangeError', code: 'ECONNRESET', cause: { name: 'Error' } },
      });
      expect(text.match(/"name":"RangeError"/g)).toHaveLength(3);
      expect(text).not.toMatch(/said|number|the key/);
      expect(text).not.toMatch(PRIVATE);
    },
  );

  it('says nothing of an error that comes without a sentence', () => {
    const text = writtenBy(log => log.error(badError()));
    expect(text).toContain('"name":"RangeError"');
    expect(text).not.toMatch(/said|number/);
  });

  it('tells what errors say at debug, masked', () => {
    const text = writtenBy(log => log.error({ err: badError() }, 'failed'), 'debug');
    expect(JSON.parse(text)).toMatchObject({
      err: {
        message: 'the number … said "…" at (address)',
        cause: { message: 'the key SK… of (address)' },
      },
    });
    expect(text).not.toMatch(PRIVATE);
  });

  it('tells the codes of Twilio and of the system', () => {
    const text = writtenBy(log => log.warn({ code: '20003', reason: '20003' }, 'refused'));
    expect(JSON.parse(text)).toMatchObject({ code: '20003', reason: '[private]' });
    expect(writtenBy(log => log.warn({ code: 'ECONNRESET' }, 'lost'))).toContain('ECONNRESET');
  });

  it('tells single words of the program and short numbers, and no text with spaces', () => {
    const fields = {
      code: 31_921,
      caller: 14_155_550_188,
      reason: 'model-missing',
      callSid: 'CAdeadbeefdeadbeefdeadbeefdeadbeef',
      callId: '0b0e7f3c-12ab-4cde-8f01-123456789012',
      detail: 'hello this is Maria',
      error: 'Error: no voice for +14155550188',
    };
    const written = JSON.parse(writtenBy(log => log.warn(fields, 'odd')));
    expect(written).toMatchObject({
      code: 31_921,
      caller: '[private]',
      reason: 'model-missing',
      callSid: 'CA…',
      callId: fields.callId,
      detail: '[private]',
      error: '[private]',
    });
    const inWords = writtenBy(log => log.warn(fields, 'odd'), 'debug');
    expect(inWords).toContain('Error: no voice for …');
  });

  it('masks numbers in its sentences too, and takes nothing to put into them', () => {
    const text = writtenBy(log => log.warn('%s was called at (415) 555-0188', 'Maria'));
    expect(text).toContain('%s was called at');
    expect(text).not.toMatch(/555|0188|Maria/);
  });

  it('does not tell what was thrown when it is no error', () => {
    const text = writtenBy(log => log.error({ err: 'Maria at home' }, 'failed'));
    expect(text).toContain('"err":"[private]"');
  });
});
