/**
 * `npm test`: everything that CI runs, in one go. Each step prints what it is; the first failing steps are listed at the end.
 * Then stands each test that failed, with the first lines of why: of a long output often only the end is kept.
 * The last line says how many tests passed and failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'machikado-check-'));
const node = process.execPath;
const vitest = (name: string, ...args: string[]) => [
  node,
  'node_modules/vitest/vitest.mjs',
  'run',
  ...args,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(reports, `${name}.json`)}`,
];

const steps: { name: string; command: string[] }[] = [
  { name: 'format and lint', command: [node, 'node_modules/@biomejs/biome/bin/biome', 'ci', '.'] },
  ...['.', 'apps/kiosk/screen', 'stand-ins/workbench/web', 'apps/verification/web', 'e2e/browser/in-page'].map(
    (project) => ({
      name: `types of ${project}`,
      command: [node, 'node_modules/typescript7/bin/tsc', '-p', project],
    }),
  ),
  {
    name: 'import rules',
    command: [
      node,
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      'packages',
      'apps',
      'stand-ins',
      'town',
      'e2e',
      'bench',
      'scripts',
    ],
  },
  { name: 'generated documents', command: [node, '--import', 'tsx', 'scripts/gen.ts', '--check'] },
  { name: 'tests', command: vitest('tests') },
  { name: 'tests against Debian packages', command: vitest('debian', '--config', 'vitest.debian.config.ts') },
];

const only = process.argv.slice(2);
const failed: string[] = [];
for (const step of steps.filter((s) => only.length === 0 || only.some((word) => s.name.includes(word)))) {
  const started = performance.now();
  console.log(`\n── ${step.name}`);
  const [command = node, ...args] = step.command;
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(
    `── ${step.name}: ${status === 0 ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (status !== 0) failed.push(step.name);
}

const broken: string[] = [];
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const name of ['tests', 'debian']) {
  const file = join(reports, `${name}.json`);
  if (!existsSync(file)) continue;
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: {
      name: string;
      status: string;
      message: string;
      assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    }[];
  };
  for (const file of report.testResults.filter((result) => result.status === 'failed')) {
    const tests = file.assertionResults.filter((test) => test.status === 'failed');
    const path = relative(process.cwd(), file.name);
    // A file that fails outside its tests (an import, a hook) names none.
    if (tests.length === 0) broken.push(`${path}\n${beginning(file.message)}`);
    for (const test of tests) broken.push(`${path} > ${test.fullName}\n${beginning(test.failureMessages.join('\n'))}`);
  }
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests;
}
rmSync(reports, { recursive: true });
if (process.env.MACHIKADO_REQUIRE_DEBIAN === '1' && totals.skipped > 0) failed.push(`${totals.skipped} skipped tests`);
for (const test of broken) console.error(`\n✗ ${test}`);
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(failed.length > 0 ? 1 : 0);

function beginning(text: string): string {
  return text
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}
