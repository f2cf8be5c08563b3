import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Type } from 'typebox';
import { afterEach, beforeEach, test } from 'vitest';
import { ConfigError, loadConfig, readSecret } from './load-config.ts';

const Config = Type.Object({
  port: Type.Integer({ minimum: 0, maximum: 65535 }),
  tls: Type.Object({ keyFile: Type.String(), fontDirs: Type.Optional(Type.Array(Type.String())) }),
  towns: Type.Array(Type.Object({ lgCode: Type.String({ pattern: '^\\d{6}$' }) })),
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-config-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function load(value: unknown) {
  const file = path.join(dir, 'center.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return loadConfig(Config, file);
}

const good = {
  port: 1,
  tls: { keyFile: 'keys/a.pem', fontDirs: ['fonts', '/usr/fonts'] },
  towns: [{ lgCode: '990019' }],
};

test('resolves paths from the folder of the file and leaves everything else as it is', () => {
  assert.deepEqual(load(good), {
    ...good,
    tls: { keyFile: path.join(dir, 'keys/a.pem'), fontDirs: [path.join(dir, 'fonts'), '/usr/fonts'] },
  });
});

test.each([
  ['an unknown key', { ...good, prot: 1 }, '/prot is not a setting'],
  [
    'an unknown key further down',
    { ...good, towns: [{ lgCode: '990019', nmae: 'x' }] },
    '/towns/0/nmae is not a setting',
  ],
  ['a missing key', { ...good, tls: {} }, 'keyFile'],
  ['a wrong type', { ...good, port: 'hunter2' }, '/port must be integer'],
  ['a wrong pattern', { ...good, towns: [{ lgCode: 'hunter2' }] }, '/towns/0/lgCode'],
  ['not JSON', '{"port": hunter2', 'not JSON'],
])('%s is refused by its key, never quoting the value', (_what, value, says) => {
  assert.throws(
    () => load(value),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.ok(error.message.includes(says), error.message);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});

test('a secret comes without its last newline, and an empty one is refused', () => {
  const file = path.join(dir, 'secret');
  writeFileSync(file, 'a b\n');
  assert.equal(readSecret(file), 'a b');
  writeFileSync(file, '\n');
  assert.throws(() => readSecret(file), ConfigError);
});
