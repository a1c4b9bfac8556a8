// The tests that need neither a display nor a sound card: the sources, and the built programs without a window.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Folders whose tests open whole lines, desks or processes: each file has a process of its own. */
const whole = ['commands', 'faults', 'line', 'practice', 'programs'].map(
  folder => `test/${folder}/**/*.test.ts`,
);

/** Folders with configurations of their own. */
const elsewhere = ['e2e', 'package', 'window'].map(folder => `test/${folder}/**`);

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    // Most of them wait for something: one more at once than two cores would have to work for.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'whole', include: whole } },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, ...whole],
          // What one file imports is there for the next: most of their time went into reading it in again.
          isolate: false,
        },
      },
    ],
  },
});
