/**
 * Tests that need a program from a Debian package. Where it is missing they say so and are skipped; where it is required, as in
 * CI (MACHIKADO_REQUIRE_DEBIAN=1), its absence is a failure.
 */
import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';

export function withPrograms(programs: readonly string[], debianPackage: string, tests: () => void): void {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  if (missing.length === 0) {
    tests();
    return;
  }
  describe(`needs ${missing.join(', ')} (apt-get install ${debianPackage})`, () => {
    test('is there', (context) => {
      const word = `${missing.join(', ')} missing: NOT tested; apt-get install ${debianPackage}`;
      if (process.env.MACHIKADO_REQUIRE_DEBIAN === '1') throw new Error(word);
      console.warn(word);
      context.skip();
    });
  });
}
