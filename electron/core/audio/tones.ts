import { FRAME_MS, SAMPLE_RATE_HZ } from './frame.ts';

/** One stretch of a signal: frequencies sounding together for a time; none is silence. */
type Tone = {
  readonly hz: readonly number[];
  readonly ms: number;
  /** Loudness of each frequency, 0 to 1 of full scale. */
  readonly gain: number;
};

/** Length of the fade at both ends of a tone, so that it does not click. */
const FADE_MS = 5;

/** Plays tones one after the other: 16-bit samples at 8 kHz. */
function renderTones(tones: readonly Tone[]): Int16Array {
  const lengths = tones.map(tone => Math.round((tone.ms * SAMPLE_RATE_HZ) / 1000));
  const samples = new Int16Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const [index, tone] of tones.entries()) {
    const length = lengths[index] ?? 0;
    renderTone(tone, samples.subarray(start, start + length));
    start += length;
  }
  return samples;
}

function renderTone({ hz, gain }: Tone, into: Int16Array): void {
  const fade = (FADE_MS * SAMPLE_RATE_HZ) / 1000;
  for (let i = 0; i < into.length; i += 1) {
    const envelope = Math.min(1, i / fade, (into.length - 1 - i) / fade);
    let sum = 0;
    for (const frequency of hz) sum += Math.sin((2 * Math.PI * frequency * i) / SAMPLE_RATE_HZ);
    into[i] = Math.round(Math.max(-1, Math.min(1, sum * gain * envelope)) * 32767);
  }
}

/** Row and column frequencies of the telephone keys. Source: ITU-T Recommendation Q.23. */
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '3': [697, 1477],
  '4': [770, 1209],
  '5': [770, 1336],
  '6': [770, 1477],
  '7': [852, 1209],
  '8': [852, 1336],
  '9': [852, 1477],
  '*': [941, 1209],
  '0': [941, 1336],
  '#': [941, 1477],
};

/** Length of one key tone and of the pause after it (ITU-T Q.24 asks for at least 40 ms of each). */
const KEY_MS = 5 * FRAME_MS;

/** The keys as in-band tones (DTMF): 16-bit samples at 8 kHz. `w` is half a second of silence. */
export function renderDigits(digits: string): Int16Array {
  return renderTones(
    [...digits].flatMap(digit => {
      const hz = KEYS[digit];
      if (hz === undefined) return [{ hz: [], ms: 500, gain: 0 }];
      return [
        { hz, ms: KEY_MS, gain: 0.25 },
        { hz: [], ms: KEY_MS, gain: 0 },
      ];
    }),
  );
}

/** What is heard here while a call rings here: two soft chimes, then a pause. 4 s long, to be repeated. */
export function renderRing(): Int16Array {
  return renderTones([
    { hz: [659, 1319], ms: 220, gain: 0.12 },
    { hz: [880, 1760], ms: 380, gain: 0.12 },
    { hz: [], ms: 300, gain: 0 },
    { hz: [659, 1319], ms: 220, gain: 0.12 },
    { hz: [880, 1760], ms: 380, gain: 0.12 },
    { hz: [], ms: 2500, gain: 0 },
  ]);
}

/** What is heard here while a call rings there: the North American ringing tone (440 + 480 Hz, 2 s on, 4 s off). */
export function renderRingback(): Int16Array {
  return renderTones([
    { hz: [440, 480], ms: 2000, gain: 0.06 },
    { hz: [], ms: 4000, gain: 0 },
  ]);
}

/** What the other side hears on hold: a quiet broken chord, 6.4 s long, to be repeated. */
export function renderHoldMusic(): Int16Array {
  const chords = [
    [262, 330, 392, 523],
    [220, 262, 330, 440],
    [175, 220, 262, 349],
    [196, 247, 294, 392],
  ];
  return renderTones(
    chords.flatMap(chord => chord.map(note => ({ hz: [note, note * 2], ms: 400, gain: 0.05 }))),
  );
}
