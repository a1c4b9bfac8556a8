import { describe, expect, it } from 'vitest';
import { MULAW_SILENCE } from '../../../electron/core/audio/mulaw.ts';
import { SoundTape, TAPE_MS, tapeBudget } from '../../../electron/core/audio/sound-tape.ts';

const PIECE = 32_768;
const HALF_HOUR = TAPE_MS * 8;

function bytes(count: number, byte: number): Uint8Array {
  return new Uint8Array(count).fill(byte);
}

describe('the tape of a call', () => {
  it('gives back both sides in their places, and silence where nobody spoke', () => {
    const tape = new SoundTape(tapeBudget());
    tape.write('them', 160, bytes(160, 1));
    tape.write('us', 400, bytes(80, 2));
    expect(tape.read('them', { from: 80, to: 400 })).toEqual(
      Uint8Array.of(...bytes(80, MULAW_SILENCE), ...bytes(160, 1), ...bytes(80, MULAW_SILENCE)),
    );
    expect(tape.read('us', { from: 399, to: 402 })).toEqual(Uint8Array.of(MULAW_SILENCE, 2, 2));
    expect([tape.endOf('them'), tape.endOf('us'), tape.end]).toEqual([320, 480, 480]);
  });

  it('reads across its pieces into memory that is there', () => {
    const tape = new SoundTape(tapeBudget());
    const sound = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    for (let at = 0; at < sound.length; at += 160) {
      tape.write('them', at, sound.subarray(at, at + 160));
    }
    const target = bytes(90_002, 7);
    tape.readInto('them', { from: 5000, to: 95_000 }, target, 1);
    expect(target.subarray(1, -1)).toEqual(sound.subarray(5000, 95_000));
    expect([target[0], target.at(-1)]).toEqual([7, 7]);
  });

  it('tells what was written since it was asked, early changes included', () => {
    const tape = new SoundTape(tapeBudget());
    expect(tape.takeChanged()).toBeNull();
    tape.write('them', 800, bytes(160, 1));
    tape.write('us', 320, bytes(160, 2));
    expect(tape.takeChanged()).toEqual({ from: 320, to: 960 });
    expect(tape.takeChanged()).toBeNull();
    tape.write('them', 160, bytes(160, 3));
    expect(tape.takeChanged()).toEqual({ from: 160, to: 960 });
    expect(tape.read('them', { from: 160, to: 161 })).toEqual(Uint8Array.of(3));
  });

  it('keeps the last half hour', () => {
    const tape = new SoundTape(tapeBudget());
    for (let at = 0; at < HALF_HOUR + 10 * PIECE; at += PIECE) {
      tape.write('them', at, bytes(PIECE, 1));
    }
    expect(tape.end - tape.start).toBeGreaterThanOrEqual(HALF_HOUR);
    expect(tape.end - tape.start).toBeLessThan(HALF_HOUR + PIECE);
    expect(tape.read('them', { from: 0, to: 1 })).toEqual(Uint8Array.of(MULAW_SILENCE));
    tape.takeChanged();
    tape.write('them', 0, bytes(160, 1));
    expect(tape.takeChanged()).toBeNull();
    expect(tape.read('them', { from: 0, to: 1 })).toEqual(Uint8Array.of(MULAW_SILENCE));
  });

  it('goes on after a pause that is longer than what it keeps', () => {
    const budget = tapeBudget();
    const tape = new SoundTape(budget);
    tape.write('them', 0, bytes(160, 1));
    tape.write('them', 3 * HALF_HOUR, bytes(160, 2));
    expect(tape.read('them', { from: 3 * HALF_HOUR, to: 3 * HALF_HOUR + 1 })).toEqual(
      Uint8Array.of(2),
    );
    expect(budget.usedBytes).toBe(PIECE);
  });

  it('begins late in a call, far behind what it keeps', () => {
    const tape = new SoundTape(tapeBudget());
    tape.write('us', 2 * HALF_HOUR, bytes(160, 1));
    expect(tape.endOf('us')).toBe(2 * HALF_HOUR + 160);
    expect(tape.start).toBeGreaterThan(0);
  });
});

describe('the memory that tapes share', () => {
  it('costs a tape its oldest sound when it is used up, though never the newest', () => {
    const budget = tapeBudget(4 * PIECE);
    const tape = new SoundTape(budget);
    for (let at = 0; at < 10 * PIECE; at += 160) tape.write('them', at, bytes(160, 1));
    expect(budget.usedBytes).toBe(4 * PIECE);
    expect(tape.start).toBe(6 * PIECE);

    const other = new SoundTape(budget);
    for (let at = 0; at < 10 * PIECE; at += 160) other.write('us', at, bytes(160, 1));
    expect(other.end - other.start).toBeGreaterThan(PIECE);
    expect(budget.usedBytes).toBeLessThanOrEqual(6 * PIECE);
  });

  it('no longer counts a tape whose call is over, which can still be read', () => {
    const budget = tapeBudget();
    const tape = new SoundTape(budget);
    for (const side of ['them', 'us'] as const) tape.write(side, 0, bytes(3 * PIECE + 1, 1));
    expect(budget.usedBytes).toBe(8 * PIECE);
    tape.release();
    expect(budget.usedBytes).toBe(0);
    expect(tape.read('them', { from: 0, to: 1 })).toEqual(Uint8Array.of(1));
    tape.release();
    expect(budget.usedBytes).toBe(0);
  });
});
