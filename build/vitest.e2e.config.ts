// The tests that open the built app and hear what it plays. They share the processor, and sound keeps real time.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const all = 'test/e2e/**/*.test.{ts,tsx}';

/** They need no window, mostly wait, and have a card each: two at once lose nothing. */
const cards = ['test/e2e/sound-card*.test.ts', 'test/e2e/virtual-sound-card.test.ts'];

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    globalSetup: ['test/package/given-app.ts'],
    // The sound card keeps real time, and a computer that others use too cannot always: what fails five times is no accident.
    retry: 4,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'window',
          include: [all],
          exclude: cards,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'cards', include: cards, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
