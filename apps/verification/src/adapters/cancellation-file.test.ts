import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancellationEntry, generateSigningKey, signStatement } from '@machikado/pki';
import { verificationEndpoints } from '@machikado/protocol';
import { createClient } from '@machikado/server';
import { issueServicePki } from '@machikado/testkit';
import { expect, test } from 'vitest';
import { openSite } from '../testing/open-site.ts';
import { openCancellationFile } from './cancellation-file.ts';

const center = generateSigningKey();
const stranger = generateSigningKey();
const gone = { lgCode: '990019', issueNumber: '00000000000000aa' };
const fine = { lgCode: '990019', issueNumber: '00000000000000bb' };
const list = (version: number, entries = [gone], more: object = {}) => ({
  ...{ v: 1, centerId: 'center', version, issuedAt: '2026-11-22T00:00:00Z' },
  entries: entries.map(cancellationEntry).sort(),
  ...more,
});
const signed = (body: object, by = center) => signStatement('machikado-cancellations', body as never, by);

function book(at = '2026-11-22T01:00:00Z', stateDir = mkdtempSync(join(tmpdir(), 'machikado-list-'))) {
  const keys = new Map([[center.kid, center.publicKey]]);
  const options = { stateDir, centerId: 'center', keys, maxAgeMs: 86_400_000, now: () => new Date(at) };
  return { stateDir, file: join(stateDir, 'cancellations.jws'), opened: openCancellationFile(options) };
}

test('without a list nothing is known; with one, what is on it is cancelled and the rest is not', async () => {
  const cancellations = await book().opened;
  expect(cancellations.find(gone)).toEqual({ state: 'unknown' });
  expect(await cancellations.take(await signed(list(2)))).toBe(2);
  const held = { version: 2, listIssuedAt: '2026-11-22T00:00:00Z' };
  expect(cancellations.find(gone)).toEqual({ state: 'cancelled', ...held });
  expect(cancellations.find(fine)).toEqual({ state: 'not-cancelled', ...held });
});

test('versions only go up: an older list brings nothing back, the same one signed later counts as newer', async () => {
  const cancellations = await book().opened;
  await cancellations.take(await signed(list(3)));
  expect(await cancellations.take(await signed(list(2, [])))).toBe(3);
  expect(await cancellations.take(await signed(list(3, [], { issuedAt: '2026-11-21T00:00:00Z' })))).toBe(3);
  expect(cancellations.find(gone).state).toBe('cancelled');
  await cancellations.take(await signed(list(3, [gone], { issuedAt: '2026-11-22T00:30:00Z' })));
  expect(cancellations.find(gone).listIssuedAt).toBe('2026-11-22T00:30:00Z');
});

test('an old list still says what is cancelled, but no more what is not', async () => {
  const cancellations = await book('2026-11-24T00:00:00Z').opened;
  await cancellations.take(await signed(list(2)));
  expect([cancellations.find(gone).state, cancellations.find(fine).state]).toEqual(['cancelled', 'unknown']);
});

test('a list that has not room for all says no more what is not cancelled, until one is whole again', async () => {
  const cancellations = await book().opened;
  const found = () => [gone, fine].map((number) => cancellations.find(number));
  await cancellations.take(await signed(list(3)));
  const held = { version: 3, listIssuedAt: '2026-11-22T00:00:00Z' };
  expect(found()).toEqual([
    { state: 'cancelled', ...held },
    { state: 'unknown', ...held },
  ]);
  const other = { lgCode: '990019', issueNumber: '00000000000000cc' };
  await cancellations.take(await signed(list(3, [gone, other], { issuedAt: '2026-11-22T00:30:00Z' })));
  expect(found().map(({ state }) => state)).toEqual(['cancelled', 'not-cancelled']);
});

test('lists of somebody else, or of another center, are refused', async () => {
  const cancellations = await book().opened;
  for (const jws of [await signed(list(9), stranger), await signed(list(9, [], { centerId: 'other' }))])
    await expect(cancellations.take(jws)).rejects.toMatchObject({ code: 'STATEMENT_REFUSED' });
  expect(cancellations.find(gone)).toEqual({ state: 'unknown' });
});

test('a restart remembers it, from a file that holds hashes only; a file that does not hold is as good as none', async () => {
  const before = book();
  await (await before.opened).take(await signed(list(4)));
  const text = readFileSync(before.file, 'utf8');
  expect(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).not.toContain(gone.issueNumber);
  expect((await book(undefined, before.stateDir).opened).find(gone).state).toBe('cancelled');
  writeFileSync(before.file, text.replace(/.$/, ''));
  expect((await book(undefined, before.stateDir).opened).find(gone)).toEqual({ state: 'unknown' });
});

test('over the wire only the pinned center is heard', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-inner-'));
  const pki = await issueServicePki(join(dir, 'pki'), ['site', 'center', 'other']);
  const signerFile = join(dir, 'signer.pem');
  writeFileSync(signerFile, center.publicKey.export({ type: 'spki', format: 'pem' }));
  const site = await openSite({
    examine: () => ({ refused: 'INTERNAL' }),
    config: {
      inner: {
        ...{ host: '127.0.0.1', port: 0, tls: pki.peer('site'), centerId: 'center', stateDir: join(dir, 'state') },
        ...{ spkiPins: [pki.peer('center').pin], signerFiles: [signerFile] },
      },
    },
  });
  const push = async (name: string) => {
    const baseUrl = `https://127.0.0.1:${site.innerPort}`;
    const client = createClient({ baseUrl, tls: pki.peer(name), serverPins: [pki.peer('site').pin] });
    try {
      return await client.call(verificationEndpoints.takeCancellations, { body: { list: await signed(list(5)) } });
    } finally {
      await client.close();
    }
  };
  await expect(push('other')).rejects.toMatchObject({ code: 'PEER_NOT_ALLOWED' });
  expect(await push('center')).toEqual({ version: 5 });
  await site.close();
});
