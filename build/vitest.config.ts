// The tests that need neither a display nor a sound card: the sources, and the built programs without a window.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** They count what their whole process has open, so nobody else may be in it. */
const counting = ['test/practice/practice-line.test.ts'];

/** Folders with configurations of their own. */
const elsewhere = ['e2e', 'package', 'window'].map(folder => `test/${folder}/**`);

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    // Most of them wait for something: one more at once than two cores would have to work for.
    maxWorkers: 3,
    // A computer that others use too can stand still in any test: what fails twice is no accident.
    // A leak of what somebody said is none either: those tests have their own say.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'counting', include: counting } },
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, ...counting],
          // What one file imports is there for the next: a third of the time went into reading it in
          // again. Whatever a test opens it closes by `onTestFinished` or a hook of its own file: hooks
          // of a file that several import would run for the first of them alone.
          isolate: false,
        },
      },
    ],
  },
});
