import { describe, expect, it } from 'vitest';
import { createResampler } from '../../electron/audio/resampler.ts';
import { createSpeakerFeed } from '../../electron/audio/speaker-feed.ts';
import { FRAME_SAMPLES, type StereoFrame } from '../../electron/core/audio/frame.ts';
import { amplitudeAt, joinFrames, sine } from '../support/tones.ts';

/** A second of 500 Hz in the left ear and 1200 Hz in the right, in frames. */
const LEFT_HZ = 500;
const RIGHT_HZ = 1200;
const PEAK = 0.5 * 32_767;
const left = sine(LEFT_HZ, 1000);
const right = sine(RIGHT_HZ, 1000);

function frameAt(index: number): StereoFrame {
  const frame = new Int16Array(2 * FRAME_SAMPLES);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const at = (index * FRAME_SAMPLES + i) % left.length;
    frame[2 * i] = left[at] ?? 0;
    frame[2 * i + 1] = right[at] ?? 0;
  }
  return frame;
}

/** A feed whose app answers at once, except while it is told not to. */
async function feedOf(rateHz: number, channels: number, aheadFrames = 2, pieceMs = 10) {
  const resamplers = await Promise.all(
    Array.from({ length: Math.min(2, channels) }, () => createResampler(8000, rateHz)),
  );
  let given = 0;
  const app = { answers: true, needs: 0, unanswered: 0 };
  const pieceSamples = Math.round((rateHz * pieceMs) / 1000);
  const answer = (): void => feed.push(frameAt(given++));
  const feed = createSpeakerFeed({ channels, pieceSamples }, resamplers, aheadFrames, () => {
    app.needs += 1;
    if (app.answers) answer();
    else app.unanswered += 1;
  });
  const play = (pieces: number): Int16Array =>
    joinFrames(Array.from({ length: pieces }, () => feed.nextPiece()));
  return { feed, app, answer, play, given: () => given };
}

function channelOf(samples: Int16Array, channels: number, channel: number): Int16Array {
  return samples.filter((_, index) => index % channels === channel);
}

function steepest(samples: Int16Array): number {
  let most = 0;
  for (let i = 1; i < samples.length; i += 1) {
    most = Math.max(most, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)));
  }
  return most;
}

describe('the feed of a speaker', () => {
  it.each([8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000])(
    'keeps both ears apart at %i Hz',
    async rateHz => {
      const { feed, play } = await feedOf(rateHz, 2);
      feed.start();
      const heard = play(100).subarray(2 * Math.round(rateHz / 10));
      const ears = [channelOf(heard, 2, 0), channelOf(heard, 2, 1)] as const;
      expect(amplitudeAt(ears[0], LEFT_HZ, rateHz) / PEAK).toBeCloseTo(1, 1);
      expect(amplitudeAt(ears[1], RIGHT_HZ, rateHz) / PEAK).toBeCloseTo(1, 1);
      expect(amplitudeAt(ears[0], RIGHT_HZ, rateHz)).toBeLessThan(0.01 * PEAK);
      expect(amplitudeAt(ears[1], LEFT_HZ, rateHz)).toBeLessThan(0.01 * PEAK);
    },
  );

  it.each([11_025, 22_050, 44_100])(
    'takes exactly 50 frames a second for %i Hz, in pieces of whole samples',
    async rateHz => {
      const { feed, play, given } = await feedOf(rateHz, 2, 1);
      feed.start();
      const seconds = 60;
      const pieceSamples = Math.round(rateHz / 100);
      play(Math.round((seconds * rateHz) / pieceSamples));
      // One is waiting, and one may be in use: what is left never grows.
      expect(Math.abs(given() - 50 * seconds)).toBeLessThanOrEqual(2);
    },
  );

  it('gives a mono card the mean of both ears', async () => {
    const { feed, play } = await feedOf(48_000, 1);
    feed.start();
    const heard = play(100).subarray(9600);
    expect(amplitudeAt(heard, LEFT_HZ, 48_000) / PEAK).toBeCloseTo(0.5, 1);
    expect(amplitudeAt(heard, RIGHT_HZ, 48_000) / PEAK).toBeCloseTo(0.5, 1);
  });

  it('fills the first two channels of a card with six', async () => {
    const { feed, play } = await feedOf(48_000, 6);
    feed.start();
    const heard = play(100).subarray(57_600);
    const peaks = [0, 1, 2, 3, 4, 5].map(channel => Math.max(...channelOf(heard, 6, channel)));
    expect(peaks.slice(0, 2).every(peak => peak > 0.9 * PEAK)).toBe(true);
    expect(peaks.slice(2)).toEqual([0, 0, 0, 0]);
  });

  it('conceals frames that come too late without a click, counts them, and catches up', async () => {
    const { feed, app, answer, play } = await feedOf(48_000, 2);
    feed.start();
    const before = play(50);
    app.answers = false;
    const during = play(20);
    app.answers = true;
    for (; app.unanswered > 0; app.unanswered -= 1) answer();
    const after = play(50);

    const whole = joinFrames([before, during, after]);
    for (const channel of [0, 1]) {
      const samples = channelOf(whole, 2, channel);
      const hz = channel === 0 ? LEFT_HZ : RIGHT_HZ;
      const ofTone = (2 * Math.PI * hz * PEAK) / 48_000;
      expect(steepest(samples)).toBeLessThan(1.4 * ofTone);
    }
    // 200 ms are ten frames; two had been asked for and were there.
    expect(feed.takeStarved()).toBe(8);
    expect(feed.takeStarved()).toBe(0);
    expect(app.needs).toBe(50 / 2 + 50 / 2 + 2 + 2);
  });

  it('never asks for more than it may keep, however long nobody answers', async () => {
    const { feed, app, play } = await feedOf(48_000, 2, 5);
    app.answers = false;
    feed.start();
    play(100);
    expect(app.needs).toBe(5);
    expect(feed.takeStarved()).toBe(0);
  });
});
