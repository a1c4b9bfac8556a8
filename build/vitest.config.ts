// The tests that need neither a display nor a sound card: the sources, and the built programs without a window.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** They count what their whole process has open, so nobody else may be in it. */
const counting = ['test/practice/practice-line.test.ts'];

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    // Most of them wait for something: one more at once than two cores would have to work for.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/window/**', 'test/package/**', ...counting],
          // Files of one worker share what they import: reading it in again took a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'counting', include: counting } },
    ],
  },
});
