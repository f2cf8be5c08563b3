import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(dir, 'clone/scripts'), { recursive: true });
  cpSync(program, join(dir, 'clone/scripts/install-if-needed.mjs'));
  writeFileSync(join(dir, 'clone/package-lock.json'), '{}');
});
afterEach(() => rmSync(dir, { recursive: true }));

const program = fileURLToPath(new URL('./install-if-needed.mjs', import.meta.url));

test('never empties the packages of somebody else, to which a link leads', () => {
  const theirs = join(dir, 'theirs/react');
  mkdirSync(theirs, { recursive: true });
  symlinkSync(join(dir, 'theirs'), join(dir, 'clone/node_modules'));
  const { status, stderr } = spawnSync(process.execPath, [join(dir, 'clone/scripts/install-if-needed.mjs')]);
  expect([status, `${stderr}`]).toEqual([1, expect.stringContaining('node_modules is a link')]);
  expect(existsSync(theirs)).toBe(true);
});

test('leaves alone what is installed from this lock file', () => {
  mkdirSync(join(dir, 'clone/node_modules'));
  writeFileSync(join(dir, 'clone/node_modules/.package-lock.json'), '{}');
  expect(`${execFileSync(process.execPath, [join(dir, 'clone/scripts/install-if-needed.mjs')])}`).toBe('');
});
