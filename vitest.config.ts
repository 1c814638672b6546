import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Many tests start the real program, which has threads of its own: two at a time are enough for two cores.
    maxWorkers: 2,
    // Generous, because machines that run tests for others are noisy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
