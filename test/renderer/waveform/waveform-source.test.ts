import { describe, expect, test } from 'vitest';
import type { WaveformPart } from '../../../electron/core/signals.ts';
import { createWaveformSource } from '../../../renderer/waveform/waveform-source.ts';

const PART = 1024;

/** A call that has so many bytes at each zoom; each byte's level is its index. */
function call(length: number) {
  const asked: string[] = [];
  const told = { length };
  let arrived = 0;
  const source = createWaveformSource(
    async (zoom, first, count): Promise<WaveformPart | null> => {
      asked.push(`${zoom}: ${first}+${count}`);
      if (told.length < 0) throw new Error('gone');
      const here = Math.max(0, Math.min(count, told.length - first));
      const them = Uint8Array.from({ length: here }, (_, index) => (first + index) % 256);
      return { framesPerByte: zoom, first, length: told.length, them, us: them };
    },
    () => {
      arrived += 1;
    },
  );
  return { source, asked, told, arrived: () => arrived };
}

const settled = () => new Promise(resolve => setTimeout(resolve));

describe('a waveform', () => {
  test('is read in parts where it is looked at, once', async () => {
    const { source, asked, arrived } = call(10_000);
    source.want(8, 1500, 2100, 0);
    source.want(8, 1500, 2100, 1);
    await settled();
    source.want(8, 1500, 2100, 5000);
    expect(asked).toEqual([`8: ${PART}+${PART}`, `8: ${2 * PART}+${PART}`]);
    expect(arrived()).toBe(2);
  });

  test('tells the loudest of some bytes, and what is not known from silence', async () => {
    const { source } = call(100);
    expect(source.peak('them', 64, 0, 10)).toBe(-1);
    source.want(64, 0, 100, 0);
    await settled();
    expect(source.peak('them', 64, 0, 10)).toBe(9);
    expect(source.peak('us', 64, 95, 200)).toBe(99);
    expect(source.peak('us', 64, 100, 200)).toBe(-1);
    expect(source.peak('them', 8, 0, 10)).toBe(-1);
  });

  test('that grows is asked for again, not more than once a second', async () => {
    const { source, asked, told } = call(100);
    source.want(1, 0, 100, 0);
    await settled();
    told.length = 150;
    source.want(1, 0, 150, 500);
    await settled();
    expect(asked).toHaveLength(1);
    source.want(1, 0, 150, 1000);
    await settled();
    expect(asked).toHaveLength(2);
    expect(source.peak('them', 1, 149, 150)).toBe(149);
  });

  test('that could not be read stays unknown and is asked for again', async () => {
    const { source, asked, told } = call(-1);
    source.want(1, 0, 10, 0);
    await settled();
    expect(source.peak('them', 1, 0, 10)).toBe(-1);
    told.length = 10;
    source.want(1, 0, 10, 2000);
    await settled();
    expect(asked).toHaveLength(2);
    expect(source.peak('them', 1, 0, 10)).toBe(9);
  });
});
