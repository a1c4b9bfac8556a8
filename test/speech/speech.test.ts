import { expect, it } from 'vitest';
import { createSpeech } from '../../electron/speech/speech.ts';

it('speaks each text only once per voice', async () => {
  const texts: string[] = [];
  const speech = createSpeech({
    async speak(text, voice) {
      texts.push(`${voice.name} ${text}`);
      return new Int16Array(8000);
    },
    close: async () => {},
  });
  await Promise.all([speech.speak('a', { name: 'rms' }), speech.speak('a', { name: 'rms' })]);
  await speech.speak('a', { name: 'slt' });
  expect(texts).toEqual(['rms a', 'slt a']);
});

it('forgets what was not used for longest', async () => {
  let spoken = 0;
  const speech = createSpeech({
    async speak() {
      spoken += 1;
      return new Int16Array(60 * 8000);
    },
    close: async () => {},
  });
  const voice = { name: 'rms' } as const;
  for (let minute = 0; minute < 20; minute += 1) await speech.speak(String(minute), voice);
  await speech.speak('0', voice);
  await speech.speak('20', voice);
  expect(spoken).toBe(21);
  await speech.speak('0', voice);
  expect(spoken).toBe(21);
  await speech.speak('1', voice);
  expect(spoken).toBe(22);
});

it('tries again after a failure', async () => {
  let tries = 0;
  const speech = createSpeech({
    async speak() {
      tries += 1;
      if (tries === 1) throw new Error('no voice');
      return new Int16Array(1);
    },
    close: async () => {},
  });
  await expect(speech.speak('a', { name: 'rms' })).rejects.toThrow('no voice');
  expect(await speech.speak('a', { name: 'rms' })).toHaveLength(1);
});
