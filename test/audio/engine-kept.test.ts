import { describe, expect, it } from 'vitest';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';
import { flat, flatClip, openEngine, planFor } from './engine-rig.ts';

const SAID = encodeMulaw(flat(2000));
const SPOKEN = encodeMulaw(flat(8000));

describe('the sound that is kept', () => {
  it('is told of both sides, each piece with its place', () => {
    const { engine, kept, stream, pass } = openEngine();
    const a = stream('a');
    engine.follow(planFor({ a: {} }, 'a'));
    pass(20, () => {
      a.says(flat(2000));
      engine.captured(flat(8000));
    });
    const of = (side: 'them' | 'us') => kept.filter(piece => piece.side === side);
    expect(of('them').map(({ atMs }) => atMs)).toEqual(
      Array.from({ length: 20 }, (_, i) => 20 * i),
    );
    expect(of('them').every(({ mulaw }) => Buffer.compare(mulaw, SAID) === 0)).toBe(true);
    expect(of('us').length).toBeGreaterThan(15);
    const spoken = of('us');
    for (const [i, { atMs, mulaw, callId }] of spoken.entries()) {
      expect(callId).toBe('a');
      if (i > 0) expect(atMs - (spoken[i - 1]?.atMs ?? 0)).toBe(20);
      expect(decodeMulaw(mulaw)).toEqual(a.sent[i]);
    }
  });

  it('leaves out the music a held call is played, but no clip', () => {
    const { engine, kept, stream, pass } = openEngine();
    const a = stream('a');
    engine.follow(planFor({ a: { holdMusic: true } }));
    pass(30, i => {
      a.says(flat(2000));
      if (i === 20) engine.playInto('a', flatClip(8000, 5));
    });
    expect(a.sent.length).toBeGreaterThan(25);
    const sent = kept.filter(({ side }) => side === 'us');
    expect(sent).toHaveLength(5);
    expect(sent.every(({ mulaw }) => Buffer.compare(mulaw, SPOKEN) === 0)).toBe(true);
    expect(kept.filter(({ side }) => side === 'them')).toHaveLength(30);
  });

  it('is, beside a call of others, what each of them says', () => {
    const { engine, kept, monitor, seat, pass } = openEngine();
    const beside = monitor('a');
    const own = seat('a');
    engine.follow(planFor({ a: { from: 'seat' } }, 'a'));
    pass(10, () => {
      own.says(flat(500));
      beside.brings(flat(2000), flat(8000));
      engine.captured(flat(1000));
    });
    const values = (side: 'them' | 'us') =>
      new Set(kept.filter(piece => piece.side === side).map(({ mulaw }) => mulaw[0]));
    expect(values('them')).toEqual(new Set([SAID[0]]));
    expect(values('us')).toEqual(new Set([SPOKEN[0]]));
    expect(kept).toHaveLength(20);
  });
});
