import { defineConfig } from 'vitest/config';
import { LongFirst } from './vitest.long-first.ts';

/**
 * Tests that need programs from Debian packages (`.ci/run` lists them) or the optional package smartcard. A missing program makes its
 * test say so and be skipped; with MACHIKADO_REQUIRE_DEBIAN=1, as CI sets it, a missing program is a failure.
 */
export default defineConfig({
  test: {
    include: ['**/*.debian.test.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'threads',
    isolate: false,
    sequence: { sequencer: LongFirst },
    // Most of the time they wait, for a reader, a jam, a minute: two cores carry three files at once.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
