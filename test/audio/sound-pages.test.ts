import { expect, test } from 'vitest';
import { createSoundPages } from '../../electron/audio/sound-pages.ts';
import type { SoundPage } from '../../electron/core/page-sound.ts';
import { pagePeer } from '../support/sound-page.ts';

test('a page that was there first is told of, and each that takes its place', () => {
  const pages = createSoundPages();
  const [first, second] = [pagePeer(), pagePeer()];
  const told: SoundPage[] = [];
  pages.join(first.page);
  const stop = pages.on(page => told.push(page));
  pages.join(second.page);
  expect(told).toEqual([first.page, second.page]);
  expect([first.isClosed(), second.isClosed()]).toEqual([true, false]);
  stop();
  pages.on(page => told.push(page));
  expect(told.at(-1)).toBe(second.page);
});

test('a page that went away while nobody listened is not told of', () => {
  const pages = createSoundPages();
  const peer = pagePeer();
  pages.join(peer.page);
  peer.says().onGone();
  const told: SoundPage[] = [];
  pages.on(page => told.push(page));
  expect(told).toEqual([]);
});
