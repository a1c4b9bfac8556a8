import {
  type CallQuality,
  gradeOf,
  lossOf,
  type QualityGrade,
} from '../../electron/core/quality.ts';

/** One thing measured of a call's sound: what, how much with its unit, and what that means. */
export type QualityRow = {
  readonly name: string;
  readonly value: string;
  readonly means: string;
};

/** Length of one piece of sound. Source: Twilio Media Streams. */
const PIECE_MS = 20;

/** Added delay that nobody notices, in ms. */
const NEAR_MS = 60;

/** From this share of made-up or missing sound on it is named as the cause of a bad grade. */
const NOTICED_LOSS = 0.01;

/** How good the sound is, in four bars: the fourth only while nothing is lost and the delay is small. */
export function qualityBars(quality: CallQuality): 1 | 2 | 3 | 4 {
  const grade = gradeOf(quality);
  if (grade === 'poor') return 1;
  if (grade === 'fair') return 2;
  return lossOf(quality) < 0.001 && quality.addedMs <= NEAR_MS ? 4 : 3;
}

/** How good the sound is and why, as a sentence. @param live whether the call goes on */
export function qualitySentence(quality: CallQuality, live: boolean): string {
  const grade = gradeOf(quality);
  const is = live ? 'is' : 'was';
  const lost = `${sharePercent(lossOf(quality))} of the sound ${is} missing or made up`;
  const late = `the sound ${is} ${Math.round(quality.addedMs)} ms late`;
  if (grade === 'good') {
    return live ? 'Good: words come whole and in time.' : 'Good: words came whole and in time.';
  }
  const causes = lossOf(quality) >= NOTICED_LOSS ? lost : late;
  return `${gradeWord(grade)}: ${causes}.`;
}

/** The grade as the first word of a sentence. */
function gradeWord(grade: QualityGrade): string {
  return grade === 'good' ? 'Good' : grade === 'fair' ? 'Fair' : 'Poor';
}

/** Everything measured, in the order it matters to an ear. @param live whether the call goes on */
export function qualityRows(quality: CallQuality, live: boolean): readonly QualityRow[] {
  const all = quality.receivedFrames + quality.missingFrames;
  return [
    {
      name: 'Delay added',
      value: `${Math.round(quality.addedMs)} ms`,
      means: 'from its arrival here to the speaker',
    },
    {
      name: 'Uneven arrival',
      value: `${Math.round(quality.jitterMs)} ms`,
      means: 'how much sooner or later than due sound comes (jitter)',
    },
    {
      name: 'Kept back',
      value: `${Math.round(quality.depthMs)} of ${Math.round(quality.targetMs)} ms`,
      means: live ? 'sound that waits, of what is wanted' : 'at the end, of what was wanted',
    },
    {
      name: 'Late',
      value: lostPieces(quality.lateFrames, all),
      means: 'not here in time and made up',
    },
    {
      name: 'Missing',
      value: lostPieces(quality.missingFrames, all),
      means: 'never came',
    },
    {
      name: 'Left out',
      value: soundLength(quality.droppedMs),
      means: 'to catch up with the call',
    },
    {
      name: 'Stretched',
      value: soundLength(quality.insertedMs),
      means: 'to wait for what comes late',
    },
    {
      name: 'Not sent',
      value: soundLength(quality.unsentFrames * PIECE_MS),
      means: 'of your own sound: the connection did not take it',
    },
  ];
}

/** A length of sound: `none`, `240 ms`, `1.2 s`, `2 min 5 s`. */
export function soundLength(ms: number): string {
  const whole = Math.round(ms);
  if (whole <= 0) return 'none';
  if (whole < 1000) return `${whole} ms`;
  if (whole < 60_000) return `${(whole / 1000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1000);
  const rest = seconds % 60;
  return rest === 0
    ? `${Math.floor(seconds / 60)} min`
    : `${Math.floor(seconds / 60)} min ${rest} s`;
}

function lostPieces(pieces: number, all: number): string {
  if (pieces === 0 || all === 0) return 'none';
  return `${soundLength(pieces * PIECE_MS)}, ${sharePercent(pieces / all)}`;
}

function sharePercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
