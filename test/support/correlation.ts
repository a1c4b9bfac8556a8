/** How well two signals match at a shift. */
export type Match = {
  /** Samples by which `heard` is later than `said`. */
  readonly lag: number;
  /** Normalised correlation, 1 for the same shape. */
  readonly correlation: number;
};

/** Normalised correlation of `said[start, start + length)`, every `step`th sample, with `heard` shifted by `lag`. */
export function correlationAt(
  said: Int16Array,
  heard: Int16Array,
  start: number,
  length: number,
  lag: number,
  step = 1,
): number {
  let product = 0;
  let saidEnergy = 0;
  let heardEnergy = 0;
  for (let i = start; i < start + length; i += step) {
    const a = said[i] ?? 0;
    const b = heard[i + lag] ?? 0;
    product += a * b;
    saidEnergy += a * a;
    heardEnergy += b * b;
  }
  const scale = Math.sqrt(saidEnergy * heardEnergy);
  return scale === 0 ? 0 : product / scale;
}

/** The shift at which a stretch of `said` is found best in `heard`. */
export function findMatch(
  said: Int16Array,
  heard: Int16Array,
  start: number,
  length: number,
): Match {
  let best: Match = { lag: 0, correlation: -1 };
  for (let lag = -start; lag + start + length <= heard.length; lag += 1) {
    // A coarse look at every fourth sample is enough to leave most shifts out.
    if (correlationAt(said, heard, start, Math.min(length, 4000), lag, 4) < 0.3) continue;
    const correlation = correlationAt(said, heard, start, length, lag);
    if (correlation > best.correlation) best = { lag, correlation };
  }
  return best;
}

/** Where a signal is loud for the first time, as an index. */
export function loudStart(samples: Int16Array, threshold = 1500): number {
  return samples.findIndex(sample => Math.abs(sample) > threshold);
}
