import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { usage } from './staff-commands.ts';

const program = fileURLToPath(new URL('./staff.ts', import.meta.url));
const run = (...words: string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', program, ...words]);

test('help is an answer, with and without a command; an unknown command is a mistake', async () => {
  for (const words of [['--help'], ['release-suspension', '--help']]) {
    const { stdout, stderr } = await run(...words);
    expect(stdout).toContain('release-suspension --');
    expect(stderr).toBe('');
  }
  await expect(run('no-such-command')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm run center'),
  });
});

test('every option of the help is one that the program knows', async () => {
  const names = new Set(
    [...usage.matchAll(/--([a-z-]+) </g)].map(([, name]) => name ?? '').filter((n) => n !== 'config'),
  );
  expect(names.size).toBeGreaterThan(5);
  const line = [...names].map((name) => `--${name}=1`);
  await expect(run('notices', ...line, '--config', 'no-such-file.json')).rejects.toMatchObject({
    stderr: expect.stringContaining('no-such-file.json'),
  });
});
