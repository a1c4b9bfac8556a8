// The tests that need neither a display nor a sound card: the sources, and the built programs without a window.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/window/**', 'test/package/**'],
    // Most of them wait for something: one more at once than two cores would have to work for.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
