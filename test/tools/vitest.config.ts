import { defineConfig } from 'vitest/config';

/** One configuration for every suite. The end-to-end tests own real sockets, so they get more time. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
});
