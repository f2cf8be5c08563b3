import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type BindingRecord, type CancellationList, ProtocolError, type SealManifest } from '@machikado/protocol';
import { CompactSign } from 'jose';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import {
  cancellationEntry,
  generateSigningKey,
  kidOf,
  readBindingRecord,
  readCancellationList,
  readSealManifest,
  signStatement,
} from './statements.ts';

const orderId = '0123456789abcdef0123456789abcdef';
const digest = (letter: string) => letter.repeat(64);
const nameBoxes = [{ page: 1, xMm: 20.5, yMm: 30, wMm: 60, hMm: 8.25, nameRef: digest('a') }];
const record: BindingRecord = {
  v: 1,
  lgCode: '990019',
  orderId,
  orderReference: orderId.slice(0, 16),
  copy: 1,
  issueNumber: '0011223344556677',
  kind: 'resident-record',
  formVersion: '2026-04-01',
  subjectRef: digest('b'),
  selectionDigest: digest('c'),
  recordVersion: '42',
  feeYen: 200,
  pdfDigest: digest('d'),
  pages: [{ page: 1, of: 1, digest: digest('e') }],
  nameBoxes,
  freeBoxes: [{ page: 1, xMm: 166, yMm: 256, wMm: 22, hMm: 22 }],
  build: digest('f'),
  issuedAt: '2026-07-01T03:00:00Z',
};
const manifest: SealManifest = {
  v: 1,
  centerId: 'center',
  kioskId: 'kiosk-a-0001',
  sessionId: 'ff'.repeat(16),
  orderId,
  orderReference: orderId.slice(0, 16),
  lgCode: '990019',
  kind: 'resident-record',
  selectionDigest: digest('c'),
  test: false,
  feeYen: 200,
  copies: [
    {
      copy: 1,
      issueNumber: '0011223344556677',
      feeYen: 200,
      bindingDigest: digest('1'),
      ciphertextDigest: digest('2'),
      pdfDigest: digest('d'),
      nameBoxes,
    },
  ],
  sheets: [{ copy: 1, sheet: 1, of: 1 }],
  sealedAt: '2026-07-01T03:00:01Z',
  expiresAt: '2026-07-01T03:10:01Z',
};
const list: CancellationList = {
  v: 1,
  centerId: 'center',
  version: 7,
  issuedAt: '2026-07-01T03:00:00Z',
  entries: [cancellationEntry(record)],
};

/** The key of RFC 8037, appendix A. */
const privateKey = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
});
const signer = { privateKey, kid: kidOf(privateKey) };
const keys = new Map([[signer.kid, createPublicKey(privateKey)]]);
const sign = (
  payload: string,
  header: Record<string, unknown> = { alg: 'EdDSA', kid: signer.kid, typ: 'machikado-binding' },
) => new CompactSign(Buffer.from(payload)).setProtectedHeader(header as { alg: string }).sign(privateKey);
const refused = (jws: string, trusted = keys) =>
  expect(readBindingRecord(jws, trusted)).rejects.toMatchObject({ name: 'ProtocolError', code: 'BINDING_MISMATCH' });

describe('a signed statement', () => {
  test('names its key as RFC 8037 does', () => {
    expect(signer.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  test('is the same text whenever the same is stated', async () => {
    const jws = await signStatement('machikado-binding', record, signer);
    expect(await signStatement('machikado-binding', Object.fromEntries(Object.entries(record).reverse()), signer)).toBe(
      jws,
    );
    expect(await sign(canonicalJson(record))).toBe(jws);
    expect(await readBindingRecord(jws, keys)).toEqual(record);
    expect(jws.split('.')[0]).toBe(
      Buffer.from(`{"alg":"EdDSA","kid":"${signer.kid}","typ":"machikado-binding"}`).toString('base64url'),
    );
  });

  test('is read back as it was stated, under a fresh key among others', async () => {
    const [one, two] = [generateSigningKey(), generateSigningKey()];
    const both = new Map([one, two].map(({ kid, publicKey }) => [kid, publicKey]));
    expect(await readBindingRecord(await signStatement('machikado-binding', record, two), both)).toEqual(record);
    expect(await readSealManifest(await signStatement('machikado-seal', manifest, one), both)).toEqual(manifest);
    expect(await readCancellationList(await signStatement('machikado-cancellations', list, two), both)).toEqual(list);
  });

  test('is refused when any single character differs', async () => {
    const jws = await signStatement('machikado-binding', record, signer);
    const others = [...jws].map((letter, at) => jws.slice(0, at) + (letter === 'A' ? 'B' : 'A') + jws.slice(at + 1));
    for (const other of others) await refused(other);
    // The last letter of an Ed25519 signature carries four bits that say nothing: all of its spellings but one are refused.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const letter of letters) if (!jws.endsWith(letter)) await refused(jws.slice(0, -1) + letter);
  });

  test('is refused with padding, spaces, fewer or more parts', async () => {
    const jws = await signStatement('machikado-binding', record, signer);
    for (const other of [`${jws}=`, ` ${jws}`, `${jws}\n`, `${jws}.`, jws.split('.').slice(0, 2).join('.'), '', '..'])
      await refused(other);
  });

  test('an entry of the cancellation list is the digest of municipality and issue number', () => {
    expect(list.entries).toEqual(['c93b56f1aef50f3dd4852b7c5e82be26a5f78abef7dda7dd8ccfbcac5be57cac']);
  });

  test('never passes for another kind of statement', async () => {
    await expect(readCancellationList(await signStatement('machikado-seal', list, signer), keys)).rejects.toMatchObject(
      { code: 'STATEMENT_REFUSED' },
    );
    const seal = await signStatement('machikado-seal', manifest, signer);
    await refused(seal);
    await refused(await signStatement('machikado-seal', record, signer));
    await expect(readSealManifest(await signStatement('machikado-binding', manifest, signer), keys)).rejects.toThrow(
      ProtocolError,
    );
  });

  test('is refused under a key that is not among those trusted, whatever it calls itself', async () => {
    const stranger = generateSigningKey();
    await refused(await signStatement('machikado-binding', record, stranger));
    await refused(await signStatement('machikado-binding', record, { ...stranger, kid: signer.kid }));
    await refused(await signStatement('machikado-binding', record, signer), new Map());
  });

  test.each<[string, Record<string, unknown>]>([
    ['a member more', { alg: 'EdDSA', kid: signer.kid, typ: 'machikado-binding', jwk: {} }],
    ['no type', { alg: 'EdDSA', kid: signer.kid }],
    ['another order of members', { typ: 'machikado-binding', alg: 'EdDSA', kid: signer.kid }],
  ])('is refused when its header has %s', async (_, header) => {
    await refused(await sign(canonicalJson(record), header));
  });

  test.each<[string, string]>([
    ['spaces', JSON.stringify(record, null, 1)],
    ['a member twice', canonicalJson(record).replace('{"build"', `{"build":"${digest('0')}","build"`)],
    ['a member unknown', canonicalJson({ ...record, extra: 1 })],
    ['a member missing', canonicalJson({ ...record, pages: [] })],
    ['a number as text', canonicalJson({ ...record, feeYen: '200' })],
    ['no JSON', 'binding'],
    ['a list', '[]'],
  ])('is refused, properly signed, when its payload has %s', async (_, payload) => {
    await refused(await sign(payload));
  });
});

const header = (alg: string) =>
  Buffer.from(canonicalJson({ alg, kid: signer.kid, typ: 'machikado-binding' })).toString('base64url');
test.each(['none', 'HS256'])('alg %s is never taken', async (alg) => {
  await refused(`${header(alg)}.${Buffer.from(canonicalJson(record)).toString('base64url')}.AAAA`);
});
