/** What docs/protocol/README.md says of bytes, by lines of its own: who follows that page gets what the code makes. */
import { createDecipheriv, createHash, createHmac, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ocspNonceFor } from './card-proof.ts';
import {
  cancellationEntry,
  certRef,
  kidOf,
  nameRef,
  sealCopy,
  selectionDigest,
  signStatement,
  subjectRef,
} from './index.ts';
import { encodeLoginMessage } from './login-message.ts';

const page = readFileSync(new URL('../../../docs/protocol/README.md', import.meta.url), 'utf8');
const hex = (text: string) => Buffer.from(text, 'hex');
const two = (n: number) => Buffer.from([n >> 8, n & 255]);
const F = (label: string, ...fields: Buffer[]) =>
  Buffer.concat([Buffer.from(label), Buffer.from([0]), ...fields.flatMap((field) => [two(field.length), field])]);
const hmac = (key: Buffer, bytes: Buffer) => createHmac('sha256', key).update(bytes).digest('hex');
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

const key = hex('07'.repeat(32));
const order = '0123456789abcdef0123456789abcdef';
const cert = { anchorFingerprint: 'ab'.repeat(32), serial: '1a2b3c4d' };
const [anchor, serial] = [hex(cert.anchorFingerprint), hex(cert.serial)];

test.each([
  ['certRef', hmac(key, F('machikado/cert-ref/v1', anchor, serial)), certRef(key, cert)],
  ['subjectRef', hmac(key, F('machikado/subject-ref/v1', hex(order), anchor, serial)), subjectRef(key, order, cert)],
  [
    'nameRef',
    hmac(key, F('machikado/name-ref/v1', hex(order), Buffer.from('架空太郎'))),
    nameRef(key, order, '架空太郎'),
  ],
])('%s is made so, and the page shows one', (_, made, ours) => {
  expect(ours).toBe(made);
  expect(page).toContain(made);
});

test('a sealed copy opens by the page alone, and the page shows the additional data', () => {
  const random = (bytes: number) => new Uint8Array(bytes).map((_, i) => i * 7 + bytes);
  const { ciphertext, kioskShare, centerShare } = sealCopy({
    orderId: order,
    copy: 2,
    pdf: Buffer.from('%PDF'),
    random,
  });
  const aad = F('machikado/seal/v1', hex(order), two(2));
  const contentKey = kioskShare.map((byte, i) => byte ^ (centerShare[i] ?? 0));
  const opened = createDecipheriv('aes-256-gcm', contentKey, ciphertext.subarray(0, 12));
  opened.setAAD(aad).setAuthTag(ciphertext.subarray(-16));
  expect(`${opened.update(ciphertext.subarray(12, -16), undefined, 'utf8')}${opened.final('utf8')}`).toBe('%PDF');
  expect(page.replaceAll(' ', '')).toContain(aad.toString('hex'));
});

test('the digest of a selection sorts persons and items, and leaves out a year that there is not', () => {
  const selection = { kind: 'resident-record', scope: 'part', copies: 2, feeYen: 600 } as const;
  const lists = { personRefs: ['b', 'a'], items: ['relationship', 'birth'] as const };
  const canonical = (year: string) =>
    `{"orderId":"${order}","selection":{"copies":2,"feeYen":600,${year}"items":["birth","relationship"],"kind":"resident-record","personRefs":["a","b"],"scope":"part"}}`;
  expect(selectionDigest(order, { ...selection, ...lists, items: [...lists.items] })).toBe(sha256(canonical('')));
  expect(selectionDigest(order, { ...selection, ...lists, items: [...lists.items], fiscalYear: 2026 })).toBe(
    sha256(canonical('"fiscalYear":2026,')),
  );
});

test('the login message and the nonce of its OCSP question', () => {
  const [centerId, operatorId, kioskId, expiresAt] = ['center-1', 'operator-a', 'kiosk-1', '2026-11-22T07:54:32.514Z'];
  const [nonce, exporter] = [hex('01'.repeat(32)), hex('02'.repeat(32))];
  const ids = [centerId, order, operatorId, kioskId].map((id) => Buffer.from(id));
  const message = F('machikado/login/v1', ...ids, nonce, exporter, Buffer.from(expiresAt));
  const told = { centerId, sessionId: order, operatorId, kioskId, nonce: nonce.toString('hex'), exporter, expiresAt };
  expect(Buffer.from(encodeLoginMessage(told))).toEqual(message);
  const signature = hex('03'.repeat(256));
  expect(Buffer.from(ocspNonceFor(message, signature)).toString('hex')).toBe(
    sha256(F('machikado/ocsp-nonce/v1', message, signature)),
  );
});

test('kid, header and payload of a statement, and an entry of the cancellation list', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
  expect(kidOf(publicKey)).toBe(kid);
  const jws = await signStatement('machikado-seal', { b: 1, a: 'x' }, { privateKey, kid });
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const text = (part: string) => Buffer.from(part, 'base64url').toString();
  expect([text(header), text(payload)]).toEqual([
    `{"alg":"EdDSA","kid":"${kid}","typ":"machikado-seal"}`,
    '{"a":"x","b":1}',
  ]);
  expect(verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(cancellationEntry({ lgCode: '990019', issueNumber: '00000000000000aa' })).toBe(
    sha256('990019:00000000000000aa'),
  );
});
