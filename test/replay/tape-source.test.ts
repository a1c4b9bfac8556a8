import { describe, expect, it } from 'vitest';
import { tapeSource } from '../../electron/replay/tape-source.ts';
import { asOnTheWire, glidingSound } from '../support/gliding-sound.ts';
import { openTape, turns } from './live-tape.ts';

const said = glidingSound(4);

describe('the tape of a live call', () => {
  it('is both sides in one voice, without clipping over', () => {
    const { tape, waveform, keep } = openTape();
    const loud = asOnTheWire(new Int16Array(320).fill(30_000));
    keep(loud, 'them');
    keep(loud.subarray(0, 160), 'us');
    const heard = tapeSource({ tape, waveform }, () => false).read(0, 320);
    expect([heard[0], heard[160]]).toEqual([32_767, loud[0]]);
  });

  it('grows as long as the call lives', () => {
    const { tape, waveform, keep } = openTape();
    let isLive = true;
    const source = tapeSource({ tape, waveform }, () => isLive);
    expect([source.grows(), source.end(), source.read(0, 160).length]).toEqual([true, 0, 0]);
    keep(said);
    expect([source.grows(), source.end()]).toEqual([true, said.length]);
    expect(source.read(said.length - 100, 160)).toEqual(said.slice(-100));
    isLive = false;
    expect(source.grows()).toBe(false);
  });

  it('goes only as far as the other side was heard, though this side is ahead', () => {
    const { tape, waveform, keep } = openTape();
    keep(said.subarray(0, 16_000), 'them');
    keep(said.subarray(0, 16_960), 'us');
    let isLive = true;
    const source = tapeSource({ tape, waveform }, () => isLive);
    expect([source.end(), source.read(15_900, 160).length]).toEqual([16_000, 100]);
    keep(said.subarray(16_960), 'us');
    expect(source.end()).toBe(tape.end - 8000);
    isLive = false;
    expect(source.end()).toBe(tape.end);
  });

  it('tells where somebody speaks again, on either side', () => {
    const { tape, waveform, keep } = openTape();
    keep(asOnTheWire(turns(1000, 60_000, 1000)), 'them');
    keep(asOnTheWire(turns(200)), 'us', 30 * 8000);
    const source = tapeSource({ tape, waveform }, () => true);
    expect(source.speechAfter(5)).toBe(5);
    expect(source.speechAfter(8001)).toBe(30 * 8000);
    expect(source.speechAfter(31 * 8000)).toBe(61 * 8000);
    expect(source.speechAfter(62 * 8000)).toBe(62 * 8000);
  });
});
