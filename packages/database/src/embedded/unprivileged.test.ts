import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { restoreSymlinks } from './binaries.ts';
import {
  assertReachable,
  firstClosedFolder,
  makePassableFolder,
  reachableCopy,
  reachableFolder,
} from './unprivileged.ts';

const nobody = { uid: 65534, gid: 65534 };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-unprivileged-'));
  chmodSync(dir, 0o755);
});
afterEach(() => rmSync(dir, { recursive: true }));

test('names the outermost folder that nobody cannot pass, and the ways out', () => {
  const target = path.join(dir, 'home/clone/data');
  mkdirSync(target, { recursive: true });
  for (const folder of [target, path.dirname(target), path.join(dir, 'home')]) chmodSync(folder, 0o755);
  assert.equal(firstClosedFolder(target, nobody), undefined);
  chmodSync(path.join(dir, 'home'), 0o700);
  assert.equal(firstClosedFolder(target, nobody), path.join(dir, 'home'));
  assert.throws(
    () => assertReachable('its data', target, nobody),
    (error: Error) => error.message.includes(path.join(dir, 'home')) && error.message.includes('DATABASE_URL'),
  );
});

test('a folder that is not there yet closes nothing', () => {
  assert.equal(firstClosedFolder(path.join(dir, 'a/b/c'), nobody), undefined);
});

test('folders are made passable whatever the umask is', () => {
  const before = process.umask();
  // Worker threads cannot set the umask; mode bits are then those of the folder itself.
  makePassableFolder(path.join(dir, 'a/b'));
  for (const made of ['a', 'a/b']) assert.equal(statSync(path.join(dir, made)).mode & 0o777, 0o755);
  assert.equal(process.umask(), before);
});

test('links that a skipped install script left out are made, and those that are there stay', () => {
  mkdirSync(path.join(dir, 'native/lib'), { recursive: true });
  writeFileSync(path.join(dir, 'native/lib/libx.so.1.2'), 'x');
  const links = ['native/lib/libx.so.1', 'native/lib/libx.so'];
  const list = links.map((target) => ({ source: 'native/lib/libx.so.1.2', target }));
  writeFileSync(path.join(dir, 'native/pg-symlinks.json'), JSON.stringify(list));
  restoreSymlinks(dir);
  restoreSymlinks(dir);
  for (const link of links) {
    assert.equal(readlinkSync(path.join(dir, link)), 'libx.so.1.2');
    assert.ok(existsSync(path.join(dir, link)));
  }
});

test('a clone below a closed folder gets a place outside, the same every time', () => {
  const clone = path.join(dir, 'home/clone');
  const open = path.join(dir, 'open');
  for (const folder of [clone, open]) mkdirSync(folder, { recursive: true });
  assert.equal(reachableFolder(clone, nobody, open), clone);
  chmodSync(path.join(dir, 'home'), 0o700);
  assert.equal(path.dirname(reachableFolder(clone, nobody, open)), open);
  assert.equal(reachableFolder(clone, nobody, open), reachableFolder(clone, nobody, open));
  assert.equal(reachableFolder(clone, undefined, open), clone);
});

test('binaries below a closed folder are copied once, links and all', () => {
  const installed = path.join(dir, 'home/binaries');
  const open = path.join(dir, 'open');
  for (const folder of [path.join(installed, 'native/lib'), open]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(installed, 'native/lib/libx.so.1'), 'x');
  symlinkSync('libx.so.1', path.join(installed, 'native/lib/libx.so'));
  chmodSync(path.join(dir, 'home'), 0o700);
  const copy = reachableCopy(installed, nobody, open);
  assert.equal(firstClosedFolder(path.join(copy, 'native/lib/libx.so'), nobody), undefined);
  assert.equal(readlinkSync(path.join(copy, 'native/lib/libx.so')), 'libx.so.1');
  assert.equal(reachableCopy(installed, nobody, open), copy);
});
