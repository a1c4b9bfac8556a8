import { describe, expect, it } from 'vitest';
import { createSpeechGate, type SaidSound } from '../../electron/offline/speech-gate.ts';

const FRAME = new Uint8Array(160);

/** A gate that was fed frames from 0 up to so many ms. */
function gateFed(untilMs: number) {
  const said: SaidSound[] = [];
  const gate = createSpeechGate(sound => said.push(sound));
  const feed = (fromMs: number, toMs: number): void => {
    for (let atMs = fromMs; atMs < toMs; atMs += 20) gate.feed(atMs, FRAME);
  };
  feed(0, untilMs);
  return { gate, said, feed };
}

describe('what is let through to the recogniser', () => {
  it('is nothing while nobody talks', () => {
    expect(gateFed(3000).said).toEqual([]);
  });

  it('begins 300 ms before talk, although talk is told late', () => {
    const { gate, said, feed } = gateFed(3000);
    gate.talking(true, 2500);
    expect(said.map(({ atMs }) => atMs)).toEqual(range(2200, 3000));
    feed(3000, 3100);
    expect(said.at(-1)).toEqual({ atMs: 3080, mulaw: FRAME, ends: false });
  });

  it('ends 400 ms after talk', () => {
    const { gate, said, feed } = gateFed(1000);
    gate.talking(true, 900);
    feed(1000, 2000);
    gate.talking(false, 1900);
    feed(2000, 3000);
    expect(said.at(-1)).toEqual({ atMs: 2280, mulaw: FRAME, ends: true });
  });

  it('ends at once when the end of talk is told later than that', () => {
    const { gate, said, feed } = gateFed(1000);
    gate.talking(true, 900);
    feed(1000, 2000);
    gate.talking(false, 1500);
    expect(said.at(-1)).toEqual({ atMs: 2000, mulaw: new Uint8Array(), ends: true });
  });

  it('goes on without a gap when somebody talks again before the end', () => {
    const { gate, said, feed } = gateFed(1000);
    gate.talking(true, 900);
    feed(1000, 1200);
    gate.talking(false, 1100);
    gate.talking(true, 1180);
    feed(1200, 2500);
    expect(said.some(({ ends }) => ends)).toBe(false);
    expect(said.map(({ atMs }) => atMs)).toEqual(range(600, 2500));
  });

  it('says no sound twice when talk begins again right after', () => {
    const { gate, said, feed } = gateFed(1000);
    gate.talking(true, 900);
    gate.talking(false, 950);
    feed(1000, 1600);
    gate.talking(true, 1500);
    const places = said.filter(({ mulaw }) => mulaw.length > 0).map(({ atMs }) => atMs);
    expect(places).toEqual(range(600, 1600));
  });

  it('ends where sound was lost until after the end', () => {
    const { gate, said, feed } = gateFed(1000);
    gate.talking(true, 900);
    gate.talking(false, 980);
    feed(5000, 5040);
    expect(said.at(-1)).toEqual({ atMs: 1000, mulaw: new Uint8Array(), ends: true });
  });
});

function range(fromMs: number, toMs: number): number[] {
  return Array.from({ length: (toMs - fromMs) / 20 }, (_, i) => fromMs + i * 20);
}
