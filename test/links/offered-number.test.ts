import { expect, test } from 'vitest';
import { createNumberOffers } from '../../electron/links/offered-number.ts';

const offered = (number: string) => ({ number, extension: null });

test('A number waits for the page, and only the last one does', () => {
  const offers = createNumberOffers();
  for (let i = 10; i < 1000; i += 1) offers.offer(offered(String(i)));
  const shown: string[] = [];
  offers.follow(({ number }) => shown.push(number));
  expect(shown).toEqual(['999']);
  offers.offer(offered('112'));
  expect(shown).toEqual(['999', '112']);
});

test('A link that was refused offers nothing', () => {
  const offers = createNumberOffers();
  offers.offer(null);
  const shown: string[] = [];
  offers.follow(({ number }) => shown.push(number));
  offers.offer(null);
  expect(shown).toEqual([]);
});

test('A page that is gone is told nothing; the next one gets what came meanwhile', () => {
  const offers = createNumberOffers();
  const shown: string[] = [];
  const stop = offers.follow(({ number }) => shown.push(`first ${number}`));
  stop();
  offers.offer(offered('112'));
  const stopSecond = offers.follow(({ number }) => shown.push(`second ${number}`));
  // What a page says when it goes must not silence the one that came after it.
  stop();
  offers.offer(offered('911'));
  stopSecond();
  expect(shown).toEqual(['second 112', 'second 911']);
});

test('Until links are wanted no number is shown, nor kept for later', () => {
  const offers = createNumberOffers();
  const shown: string[] = [];
  let wanted = false;
  offers.offer(offered('112'));
  offers.limit(() => wanted);
  wanted = true;
  const stop = offers.follow(({ number }) => shown.push(number));
  wanted = false;
  offers.offer(offered('911'));
  expect(shown).toEqual([]);
  wanted = true;
  offers.offer(offered('999'));
  expect(shown).toEqual(['999']);
  // One that waits while the setting is turned off is not shown by the page that comes.
  stop();
  offers.offer(offered('000'));
  wanted = false;
  offers.follow(({ number }) => shown.push(number));
  expect(shown).toEqual(['999']);
});

test('A link that came before the settings is shown when they want it', () => {
  const offers = createNumberOffers();
  const shown: string[] = [];
  offers.offer(offered('112'));
  offers.limit(() => true);
  offers.follow(({ number }) => shown.push(number));
  expect(shown).toEqual(['112']);
});
