import { expect, it } from 'vitest';
import { CallListeners } from '../../electron/audio/call-listeners.ts';

it('are told of their own call only, and it is known whether there was anybody', () => {
  const listeners = new CallListeners<[number, string]>();
  const heard: string[] = [];
  listeners.add('a', (number, word) => heard.push(`${number} ${word}`));
  expect([listeners.tell('a', 1, 'one'), listeners.tell('b', 2, 'two')]).toEqual([true, false]);
  expect(heard).toEqual(['1 one']);
});

it('stop each by itself, also while they are told', () => {
  const listeners = new CallListeners<[]>();
  const heard: string[] = [];
  const stopFirst = listeners.add('a', () => {
    heard.push('first');
    stopFirst();
  });
  const stopSecond = listeners.add('a', () => heard.push('second'));
  listeners.tell('a');
  listeners.tell('a');
  expect(heard).toEqual(['first', 'second', 'second']);
  stopSecond();
  stopSecond();
  expect(listeners.tell('a')).toBe(false);
});

it('are let go with their call', () => {
  const listeners = new CallListeners<[]>();
  const stop = listeners.add('a', () => {});
  listeners.forget('a');
  stop();
  expect(listeners.tell('a')).toBe(false);
});
