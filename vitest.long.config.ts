import { defineConfig } from 'vitest/config';

/** `npm run test:long`: the long forms; each prints its seed. MACHIKADO_SEED repeats a run. */
export default defineConfig({
  test: {
    include: ['**/*.long.test.ts'],
    globalSetup: './vitest.scratch.ts',
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
  },
});
