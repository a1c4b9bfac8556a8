import { expect, it } from 'vitest';
import { readWav } from '../../electron/core/audio/wav.ts';
import { Recording } from '../../electron/practice/recording.ts';

const frame = (value: number): Int16Array => new Int16Array(160).fill(value);

function begin(channels: 1 | 2): Recording {
  return new Recording({
    callSid: 'CA1',
    source: 'DialVerb',
    channels,
    at: 0,
    urlOf: sid => `http://127.0.0.1/${sid}`,
  });
}

it('mixes both sides without overflow when it is mono', () => {
  const recording = begin(1);
  recording.add(frame(1000), frame(500));
  recording.add(frame(30_000), frame(30_000));
  recording.finish(5);
  const { samples, sampleRateHz } = readWav(recording.wav());
  expect(sampleRateHz).toBe(8000);
  expect([samples[0], samples[160], samples.length]).toEqual([1500, 32_767, 320]);
});

it('leaves a pause out, or keeps silence in its place', () => {
  const recording = begin(2);
  recording.add(frame(1), frame(1));
  recording.pause(false, 1);
  recording.add(frame(2), frame(2));
  recording.resume(2);
  recording.pause(true, 3);
  recording.add(frame(3), frame(3));
  recording.resume(4);
  recording.add(frame(4), frame(4));
  recording.finish(5);
  const { samples } = readWav(recording.wav());
  expect([samples[0], samples[160], samples[320]]).toEqual([1, 0, 4]);
  expect(recording.status).toBe('completed');
  recording.resume(6);
  expect(recording.status).toBe('completed');
});

it('is absent when nothing came', () => {
  const recording = begin(1);
  recording.finish(1);
  expect(recording.status).toBe('absent');
  expect(recording.hasSound).toBe(false);
  expect(recording.errorCode).toBe(16_101);
});

it('has its sound when that is prepared, with as many channels as are asked for', () => {
  const recording = begin(2);
  recording.add(frame(1000), frame(500));
  recording.stop(5);
  recording.add(frame(1), frame(1));
  expect([recording.status, recording.hasSound]).toEqual(['processing', false]);
  recording.finish(6);
  expect([recording.status, recording.hasSound]).toEqual(['completed', true]);
  expect(recording.errorCode).toBeNull();
  expect(readWav(recording.wav()).samples[0]).toBe(1000);
  expect(readWav(recording.wav(1)).samples[0]).toBe(1500);
});
