// The tests that open the built app and do not listen closely to what it plays: two at once, as they mostly wait.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/window/**/*.test.{ts,tsx}'],
    globalSetup: ['test/package/given-app.ts'],
    maxWorkers: 2,
    // A computer that others use too can stand still in any test: what fails twice is no accident.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    passWithNoTests: true,
  },
});
