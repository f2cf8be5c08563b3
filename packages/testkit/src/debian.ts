/**
 * Tests that need a program from a Debian package, or a package of npm that is compiled on the machine. Where it is missing they say
 * so and are skipped; where it is required, as in CI (MACHIKADO_REQUIRE_DEBIAN=1), its absence is a failure.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { describe, test } from 'vitest';

export function withPrograms(programs: readonly string[], debianPackage: string, tests: () => void): void {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  unlessMissing(missing.join(', '), `apt-get install ${debianPackage}`, tests);
}

export function withNodePackage(name: string, version: string, tests: () => void): void {
  unlessMissing(isInstalled(name) ? '' : name, `npm install --no-save ${name}@${version}`, tests);
}

/** `missing`: what is, or nothing; `install`: what to do about it. */
export function unlessMissing(missing: string, install: string, tests: () => void): void {
  if (missing === '') {
    tests();
    return;
  }
  describe(`needs ${missing} (${install})`, () => {
    test('is there', (context) => {
      const word = `${missing} missing: NOT tested; ${install}`;
      if (process.env.MACHIKADO_REQUIRE_DEBIAN === '1') throw new Error(word);
      console.warn(word);
      context.skip();
    });
  });
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
