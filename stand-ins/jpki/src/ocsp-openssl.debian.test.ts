/** Interoperation with `openssl ocsp`, an implementation that shares nothing with ours. Needs the openssl program. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Listener } from './http-listener.ts';
import { startResponder } from './ocsp-http.ts';
import { createOcspResponder } from './ocsp-responder.ts';
import { createTestJpki, type IssuedCard, type TestJpki } from './test-jpki.ts';

const run = promisify(execFile);

withPrograms(['openssl'], 'openssl', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jpki-openssl-'));
  const file = (name: string) => join(dir, name);
  const listeners = new Map<string, Listener>();
  const cards = new Map<string, IssuedCard>();
  let jpki: TestJpki;

  const savePem = (name: string, der: Uint8Array) =>
    writeFileSync(
      file(name),
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
        .toString('base64')
        .match(/.{1,64}/g)
        ?.join('\n')}\n-----END CERTIFICATE-----\n`,
    );

  beforeAll(async () => {
    const now = () => new Date();
    jpki = await createTestJpki({ now });
    jpki.anchors('auth').forEach((der, i) => {
      savePem(`ca-${i + 1}.pem`, der);
    });
    const order = { issuedBy: '99001', birthday: '02-17', withoutSignatureCert: true } as const;
    for (const generation of [1, 2, 3] as const) {
      for (const status of ['good', 'revoked'] as const) {
        const card = await jpki.issueCard({ ...order, generation });
        if (status === 'revoked') jpki.revoke(card.auth, 'certificateHold');
        cards.set(`${status}-${generation}`, card);
      }
    }
    for (const signer of ['rsa', 'p256'] as const) {
      listeners.set(signer, await startResponder(createOcspResponder(jpki, { signer, now })));
    }
  });
  afterAll(async () => {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
    rmSync(dir, { recursive: true });
  });

  const ask = async (signer: string, generation: number, serial: string, options: readonly string[]) => {
    const ca = file(`ca-${generation}.pem`);
    const args = ['ocsp', ...options, '-issuer', ca, '-serial', `0x${serial}`, '-CAfile', ca];
    const { stdout, stderr } = await run('openssl', [...args, '-url', listeners.get(signer)?.url ?? ''], {
      timeout: 20_000,
    });
    return stdout + stderr;
  };
  const serialOf = (status: string, generation: number) => cards.get(`${status}-${generation}`)?.auth.serial ?? '01ab';

  const cases = (['rsa', 'p256'] as const).flatMap((signer) =>
    ([1, 2, 3] as const).flatMap((generation) =>
      (['-sha1', '-sha256'] as const).flatMap((hash) =>
        (['-nonce', '-no_nonce'] as const).map((nonce) => ({ signer, generation, options: [hash, nonce] })),
      ),
    ),
  );
  test.each(cases)('verifies our answers: %o', async ({ signer, generation, options }) => {
    const good = await ask(signer, generation, serialOf('good', generation), options);
    expect(good).toMatch(/Response verify OK/);
    expect(good).toMatch(/: good\n/);
    expect(good).not.toMatch(/WARNING: no nonce|Nonce Verify error/);
    const revoked = await ask(signer, generation, serialOf('revoked', generation), options);
    expect(revoked).toMatch(/: revoked\n[\s\S]*Reason: certificateHold/);
    expect(await ask(signer, generation, serialOf('unknown', generation), options)).toMatch(/: unknown\n/);
  });

  test('hears unauthorized for a CA that is not ours', async () => {
    const other = await createTestJpki({ now: () => new Date() });
    savePem('ca-9.pem', other.anchors('auth')[2] as Uint8Array);
    const stdout = expect.stringContaining('unauthorized (6)');
    await expect(ask('rsa', 9, '01ab', ['-sha256'])).rejects.toMatchObject({ stdout });
  });
});
