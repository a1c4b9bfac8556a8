import { describe, expect, it } from 'vitest';
import { CONCEALMENT_HISTORY, Concealment } from '../../../electron/core/audio/concealment.ts';
import { roughness } from '../../support/playout-run.ts';
import { amplitudeAt, rms, sine } from '../../support/tones.ts';

const tone = sine(230, 100, 0.3);
const before = tone.slice(-CONCEALMENT_HISTORY);

function begun(): Concealment {
  const concealment = new Concealment();
  concealment.begin(before);
  return concealment;
}

describe('concealment', () => {
  it('goes on at the pitch of the sound before, with no step between', () => {
    const made = begun().make(new Int16Array(160));
    expect(amplitudeAt(made, 230)).toBeGreaterThan(0.7 * amplitudeAt(before, 230));
    const whole = Int16Array.from([...before, ...made]);
    expect(roughness(whole).step).toBeLessThan(1.1 * roughness(tone).step);
  });

  it('has fallen silent after 60 ms', () => {
    const concealment = begun();
    const made = concealment.make(new Int16Array(480));
    expect(rms(made.slice(400))).toBeLessThan(0.2 * rms(tone));
    expect(concealment.silent).toBe(true);
    expect(rms(concealment.make(new Int16Array(160)))).toBe(0);
  });

  it('has no step even after sound without a period', () => {
    const noise = Int16Array.from({ length: CONCEALMENT_HISTORY }, (_, i) =>
      Math.round(5000 * Math.sin(i * i * 0.7)),
    );
    const concealment = new Concealment();
    concealment.begin(noise);
    const whole = Int16Array.from([...noise, ...concealment.make(new Int16Array(480))]);
    expect(roughness(whole).step).toBeLessThanOrEqual(1.1 * roughness(noise).step);
  });

  it('fades over into the sound that returns, in payloads of any length', () => {
    const concealment = begun();
    const made = concealment.make(new Int16Array(200));
    const first = concealment.join(tone.slice(0, concealment.joins(15)));
    expect(concealment.active).toBe(true);
    const rest = concealment.join(tone.slice(15, 15 + concealment.joins(160)));
    expect(first.length + rest.length).toBe(40);
    expect(concealment.active).toBe(false);
    const whole = Int16Array.from([...made, ...first, ...rest, ...tone.slice(40)]);
    expect(roughness(whole).step).toBeLessThan(1.2 * roughness(tone).step);
  });
});
