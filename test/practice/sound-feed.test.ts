import { expect, it } from 'vitest';
import { FRAME_SAMPLES, SILENCE } from '../../electron/core/audio/frame.ts';
import { SoundFeed } from '../../electron/practice/sound-feed.ts';

const forever = new AbortController().signal;

function flat(sample: number, length = FRAME_SAMPLES): Int16Array {
  return new Int16Array(length).fill(sample);
}

it('gives out several sounds at once, and is silent when they are over', async () => {
  const feed = new SoundFeed();
  const long = feed.play(flat(1, FRAME_SAMPLES * 2), forever);
  const short = feed.play(flat(10), forever);
  expect([feed.next(), feed.next(), feed.next()]).toEqual([flat(11), flat(1), SILENCE]);
  await Promise.all([long, short]);
});

it('repeats an endless sound without a seam until it is stopped', async () => {
  const feed = new SoundFeed();
  const enough = new AbortController();
  const playing = feed.play(Int16Array.of(1, 2, 3), enough.signal, true);
  const [first, second] = [feed.next(), feed.next()];
  expect([...first, ...second].every((sample, at) => sample === (at % 3) + 1)).toBe(true);
  enough.abort();
  await playing;
  expect(feed.next()).toBe(SILENCE);
});

it('plays nothing that is empty or no longer wanted', async () => {
  const feed = new SoundFeed();
  await feed.play(new Int16Array(), forever, true);
  await feed.play(flat(1), AbortSignal.abort());
  expect(feed.next()).toBe(SILENCE);
});
