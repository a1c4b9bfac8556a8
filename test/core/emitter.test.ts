import { describe, expect, it } from 'vitest';
import { Emitter } from '../../electron/core/emitter.ts';

describe('an emitter', () => {
  it('tells every listener in order until it unsubscribes', () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>(() => {});
    const stop = emitter.on(value => heard.push(`a${value}`));
    emitter.on(value => heard.push(`b${value}`));
    emitter.emit(1);
    stop();
    stop();
    emitter.emit(2);
    expect(heard).toEqual(['a1', 'b1', 'b2']);
    expect(emitter.size).toBe(1);
  });

  it('keeps one listener’s error from the others', () => {
    const errors: unknown[] = [];
    const heard: number[] = [];
    const emitter = new Emitter<number>(error => errors.push(error));
    emitter.on(() => {
      throw new Error('broken');
    });
    emitter.on(value => heard.push(value));
    emitter.emit(1);
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(1);
  });
});
