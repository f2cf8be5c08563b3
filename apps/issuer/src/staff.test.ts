import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

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
    stderr: expect.stringContaining('npm run issuer'),
  });
});

test('a file that is no font, or is not there, is said in one line', async () => {
  const missing = `${program}.ttf`;
  await expect(run('font-manifest', program)).rejects.toMatchObject({
    code: 1,
    stderr: `${program}: not a single font with TrueType outlines\n`,
  });
  await expect(run('font-manifest', missing)).rejects.toMatchObject({
    code: 1,
    stderr: `${missing}: cannot be read (ENOENT)\n`,
  });
});
