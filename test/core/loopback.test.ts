import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../electron/core/loopback.ts';

describe('a host', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is here', host => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    'localhost.example.com',
    'notlocalhost',
    '127.0.0.1.example.com',
    '128.0.0.1',
    '0.0.0.0',
    '::1',
    '',
  ])('%s is elsewhere', host => {
    expect(isLoopback(host)).toBe(false);
  });
});
