import { defineConfig } from 'vitest/config';
import { LongFirst } from './vitest.long-first.ts';

export default defineConfig({
  test: {
    include: ['{packages,apps,stand-ins,town,scripts}/**/*.test.ts', 'e2e/**/*.test.ts', '*.test.ts'],
    globalSetup: './vitest.scratch.ts',
    exclude: ['**/node_modules/**', '**/*.long.test.ts', '**/*.debian.test.ts'],
    // Files share one process per worker: fork-and-isolate was measured 45 times slower on this many small files.
    pool: 'threads',
    isolate: false,
    sequence: { sequencer: LongFirst },
    // Left alone, Vitest keeps one of two cores free.
    maxWorkers: 2,
    // Only against tests that hang: how fast anything is, `npm run bench` says.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
