import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { issueServicePki } from '@machikado/testkit';
import { test } from 'vitest';
import { pemBlocks, revokedSerials } from './revoked-serials.ts';

test('reads from a CRL exactly the serials that stand on it, as X509Certificate writes them', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-crl-'));
  const pki = await issueServicePki(dir, ['a', 'b', 'c']);
  const read = () => pemBlocks(readFileSync(pki.crlFile, 'utf8'), 'X509 CRL').flatMap(revokedSerials);
  const serial = (name: string) => new X509Certificate(readFileSync(pki.peer(name).certFile)).serialNumber;
  assert.deepEqual(read(), []);
  await pki.revoke(['a', 'c']);
  assert.deepEqual(read(), [serial('a'), serial('c')]);
  rmSync(dir, { recursive: true });
});

test('something else than a CRL is an error, not an empty list', () => {
  assert.throws(() => revokedSerials('-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----'));
});
