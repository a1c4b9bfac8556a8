// The tests that open the built app and hear what it plays, one after the other: they share the sound card and the processor.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/e2e/**/*.test.{ts,tsx}'],
    globalSetup: ['test/package/given-app.ts'],
    fileParallelism: false,
    // The sound card keeps real time, and a computer that others use too cannot always: what fails three times is no accident.
    retry: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    passWithNoTests: true,
  },
});
