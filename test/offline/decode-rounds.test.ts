import { setImmediate as settle } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDecodeRounds, type Decoded } from '../../electron/offline/decode-rounds.ts';
import type { TakenSound } from '../../electron/offline/sound-queue.ts';

/** Rounds whose decoding is done by hand: each turn waits until it is let go. */
function roundsByHand(threads: number) {
  const turns: { side: number; sound: TakenSound; wantsPartial: boolean; done: () => void }[] = [];
  const told: string[] = [];
  const freed: number[] = [];
  const rounds = createDecodeRounds({
    threads,
    onDecoded: (side, { isFinal }) => told.push(`${side} ${isFinal ? 'final' : 'partial'}`),
    onSkipped: (side, { atMs, lengthMs }) => told.push(`${side} skipped ${lengthMs} at ${atMs}`),
    onClosed: side => told.push(`${side} closed`),
    onError: error => told.push(String(error)),
  });
  const open = (side: number): void => {
    rounds.open(side);
    begin(side);
  };
  const begin = (side: number): void => {
    rounds.begin(side, {
      decode: (sound, wantsPartial) =>
        new Promise<readonly Decoded[]>(resolve => {
          const final: Decoded = { words: null, isFinal: true, throughMs: 0 };
          const done = (): void => resolve(sound.ends ? [final] : []);
          turns.push({ side, sound, wantsPartial, done });
        }),
      free: () => freed.push(side),
    });
  };
  const say = (side: number, atMs: number, ms: number, ends = false): void => {
    rounds.push(side, atMs, new Uint8Array(ms * 8), ends, false);
    rounds.run();
  };
  const letGo = async (turn: number): Promise<void> => {
    turns[turn]?.done();
    await settle();
  };
  return { rounds, turns, told, freed, open, begin, say, letGo };
}

describe('decoding in rounds', () => {
  it('waits until 200 ms of a side are worth a turn, or its words end', () => {
    const { open, say, turns } = roundsByHand(4);
    open(1);
    open(2);
    say(1, 0, 100);
    say(2, 0, 20, true);
    expect(turns.map(({ side }) => side)).toEqual([2]);
    say(1, 100, 100);
    expect(turns.map(({ side }) => side)).toEqual([2, 1]);
  });

  it('gives every side its turn, one after the other, so many at once as there are threads', async () => {
    const { open, say, turns, letGo } = roundsByHand(1);
    for (const side of [1, 2, 3]) open(side);
    for (let i = 0; i < 2; i += 1) for (const side of [1, 2, 3]) say(side, i * 1000, 1000);
    for (let turn = 0; turn < 6; turn += 1) await letGo(turn);
    expect(turns.map(({ side }) => side)).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('does not ask for words that may change while a side is more than 2 s late', async () => {
    const { open, say, turns, letGo } = roundsByHand(1);
    open(1);
    open(2);
    say(1, 0, 200);
    for (let i = 0; i < 5; i += 1) say(2, i * 500, 500);
    say(1, 200, 200);
    for (let turn = 0; turn < 5; turn += 1) await letGo(turn);
    expect(turns.filter(({ side }) => side === 1).map(one => one.wantsPartial)).toEqual([
      true,
      true,
    ]);
    expect(turns.find(({ side }) => side === 2)?.wantsPartial).toBe(false);
  });

  it('skips to now on a side that is more than 6 s late, ends its words there, and tells', async () => {
    const { open, say, turns, told, letGo } = roundsByHand(1);
    open(1);
    open(2);
    say(1, 0, 200);
    for (let i = 0; i < 13; i += 1) say(2, i * 500, 500);
    expect(told).toEqual(['2 skipped 6500 at 0']);
    say(2, 6500, 500);
    await letGo(0);
    await letGo(1);
    await letGo(2);
    expect(told.slice(1)).toEqual(['2 final']);
    expect(turns[2]?.sound.pieces.map(({ atMs }) => atMs)).toEqual([6500]);
  });

  it('does not call late what came while the model was loaded', () => {
    const { rounds, begin, say, told, turns } = roundsByHand(1);
    rounds.open(1);
    for (let i = 0; i < 20; i += 1) say(1, i * 500, 500);
    expect(rounds.lateMs()).toBe(0);
    begin(1);
    expect(turns).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('decodes what waits before a side is closed, and frees it then', async () => {
    const { rounds, open, say, told, freed, letGo } = roundsByHand(1);
    open(1);
    say(1, 0, 100);
    rounds.close(1);
    expect(freed).toEqual([]);
    await letGo(0);
    expect(told).toEqual(['1 final', '1 closed']);
    expect(freed).toEqual([1]);
  });
});
