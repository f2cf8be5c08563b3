import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimStateDir } from './claim-state-dir.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'claim-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('one at a time, by whatever name the folder is called, and the next one after it is given back', async () => {
  const claim = await claimStateDir(join(dir, 'state'));
  symlinkSync(join(dir, 'state'), join(dir, 'other-name'));
  await expect(claimStateDir(join(dir, 'other-name'))).rejects.toThrow(/another agent/);
  const neighbour = await claimStateDir(join(dir, 'state-2'));
  await claim.release();
  await (await claimStateDir(join(dir, 'state'))).release();
  await neighbour.release();
});

test('a process that was killed keeps nobody out', async () => {
  const module = fileURLToPath(new URL('claim-state-dir.ts', import.meta.url));
  const program = `import(${JSON.stringify(module)}).then(async (m) => { await m.claimStateDir(${JSON.stringify(dir)}); console.log('claimed'); setInterval(() => {}, 1000); })`;
  const holder = spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await expect(claimStateDir(dir)).rejects.toThrow(/another agent/);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await claimStateDir(dir)).release();
});
