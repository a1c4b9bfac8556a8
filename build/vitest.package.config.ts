// The tests of what people install: a package is made once, installed apart from the project, and used.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/package/**/*.test.ts'],
    maxWorkers: 2,
    // A computer that others use too can stand still in any test: what fails twice is no accident.
    retry: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
