/** A tone that glides from one pitch to another: no stretch of it is like any other. 16-bit samples. */
export function chirp(
  fromHz: number,
  toHz: number,
  ms: number,
  gain = 0.5,
  rateHz = 8000,
): Int16Array {
  const seconds = ms / 1000;
  return Int16Array.from({ length: Math.round(seconds * rateHz) }, (_, i) => {
    const t = i / rateHz;
    const turns = fromHz * t + ((toHz - fromHz) * t * t) / (2 * seconds);
    return Math.round(32_767 * gain * Math.sin(2 * Math.PI * turns));
  });
}
