import { describe, expect, it } from 'vitest';
import { decodeMulaw, encodeMulaw, MULAW_SILENCE } from '../../../electron/core/audio/mulaw.ts';

describe('µ-law', () => {
  it('decodes the corners of G.711 table 2 to their 16-bit values', () => {
    const samples = decodeMulaw(Uint8Array.of(0x00, 0x80, 0xff, 0x7f, 0xf0, 0x8f));
    expect([...samples]).toEqual([-32124, 32124, 0, 0, 120, 16764]);
  });

  it('brings every byte back to itself, but for the second zero', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const back = encodeMulaw(decodeMulaw(bytes));
    const changed = [...bytes].filter(byte => back[byte] !== byte);
    expect(changed).toEqual([0x7f]);
  });

  it('encodes silence as 0xff', () => {
    expect(encodeMulaw(Int16Array.of(0))).toEqual(Uint8Array.of(MULAW_SILENCE));
  });

  it('keeps every sample within half a step of its segment', () => {
    const samples = Int16Array.from({ length: 65536 }, (_, i) => i - 32768);
    const back = decodeMulaw(encodeMulaw(samples));
    for (let i = 0; i < samples.length; i += 1) {
      const magnitude = Math.abs(samples[i] ?? 0);
      const clipped = Math.max(0, magnitude - 32124);
      const segmentStep = 2 ** Math.max(0, Math.floor(Math.log2(magnitude + 132)) - 7) * 8;
      const error = Math.abs((samples[i] ?? 0) - (back[i] ?? 0));
      expect(error).toBeLessThanOrEqual(segmentStep / 2 + clipped);
    }
  });
});
