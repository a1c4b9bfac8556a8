import { describe, expect, it } from 'vitest';
import { createReplayCache, requestKey } from '../../electron/twilio/replay-cache.ts';
import { fakeClock } from '../support/fake-clock.ts';

const KEPT_MS = 10 * 60_000;

describe('a cache of answers', () => {
  const filled = () => {
    const clock = fakeClock();
    const cache = createReplayCache<number>(clock);
    let made = 0;
    const ask = (key: string) =>
      cache.answer(key, async () => {
        made += 1;
        return made;
      });
    return { clock, cache, ask };
  };

  it('makes an answer once for each key', async () => {
    const { ask } = filled();
    expect(ask('a').repeated).toBe(false);
    expect(ask('a').repeated).toBe(true);
    expect(await ask('a').answer).toBe(1);
    expect(await ask('b').answer).toBe(2);
    expect(await ask('a').answer).toBe(1);
  });

  it('shares an answer that is still being made', async () => {
    const cache = createReplayCache<string>(fakeClock());
    let finish = (_answer: string): void => {};
    const making = new Promise<string>(resolve => {
      finish = resolve;
    });
    const first = cache.answer('a', () => making);
    const second = cache.answer('a', async () => 'another');
    finish('the first');
    expect([await first.answer, await second.answer]).toEqual(['the first', 'the first']);
  });

  it('keeps an answer for ten minutes from the first request on', () => {
    const { clock, ask } = filled();
    ask('a');
    clock.advance(KEPT_MS - 1);
    expect(ask('a').repeated).toBe(true);
    clock.advance(1);
    expect(ask('a').repeated).toBe(false);
    clock.advance(KEPT_MS - 1);
    expect(ask('a').repeated).toBe(true);
  });

  it('keeps no answer that failed, and tells its failure to all who wait', async () => {
    const { cache, ask } = filled();
    const failing = () => cache.answer('a', () => Promise.reject(new Error('not now'))).answer;
    const both = [failing(), failing()];
    for (const each of both) await expect(each).rejects.toThrow('not now');
    expect(ask('a').repeated).toBe(false);
    expect(ask('a').repeated).toBe(true);
  });

  it('keeps the newest 10 000', () => {
    const { ask } = filled();
    for (let i = 0; i < 10_000; i += 1) ask(`${i}`);
    expect(ask('0').repeated).toBe(true);
    ask('10000');
    expect(ask('1').repeated).toBe(true);
    expect(ask('0').repeated).toBe(false);
    expect(ask('1').repeated).toBe(false);
    expect(ask('10000').repeated).toBe(true);
  });
});

describe('the key of a request', () => {
  const request = {
    url: '/voice/webhook?a=1',
    params: { CallSid: 'CA1', Add: ['b', 'a'] },
    signature: 'abc=',
    verified: false,
  };

  it('is short and the same for the same request, in whatever order its fields come', () => {
    const key = requestKey(request);
    expect(key).toMatch(/^[\w-]{22}$/);
    expect(requestKey({ ...request, params: { Add: ['a', 'b', 'a'], CallSid: 'CA1' } })).toBe(key);
  });

  it('is another for whatever is another in an unverified request', () => {
    const others = [
      { ...request, url: '/voice/webhook?a=2' },
      { ...request, params: { ...request.params, CallSid: 'CA2' } },
      { ...request, params: { ...request.params, CallSid: 'CA1Adda' } },
      { ...request, params: { CallSid: 'CA1', Add: 'b' } },
      { ...request, signature: 'def=' },
      { ...request, verified: true },
    ];
    const keys = [request, ...others].map(requestKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is that of its signature in a verified one', () => {
    const verified = requestKey({ ...request, verified: true });
    expect(requestKey({ ...request, verified: true, url: '/elsewhere' })).toBe(verified);
    expect(requestKey({ ...request, verified: true, signature: 'def=' })).not.toBe(verified);
  });
});
