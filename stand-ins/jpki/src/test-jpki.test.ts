import { X509Certificate } from 'node:crypto';
import { diagnoseCard, JpkiClient, VirtualCard, virtualCardTransport } from '@machikado/card';
import { checkCardSignature, checkUserAuthCert, encodeLoginMessage } from '@machikado/pki';
import type { ProofBundle } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { UnknownCert } from './register.ts';
import type { IssuedCard, TestJpki } from './test-jpki.ts';
import { bytesOf, checkWith, freshJpki, now, quickOrder, strangerJpki, testClock } from './test-support.ts';

const authCert = (card: IssuedCard) => bytesOf(card.file.auth?.cert);
const signCert = (card: IssuedCard) => bytesOf(card.file.sign?.cert);

async function login(card: IssuedCard, pin = '1234') {
  const client = new JpkiClient(virtualCardTransport(new VirtualCard(card.file, () => undefined)));
  await client.select();
  expect(await client.verifyPin(Uint8Array.from(Buffer.from(pin)))).toEqual({ kind: 'ok' });
  const message = encodeLoginMessage({
    centerId: 'center',
    sessionId: '00'.repeat(16),
    operatorId: 'operator-a',
    kioskId: 'kiosk-1',
    nonce: '11'.repeat(32),
    exporter: new Uint8Array(32).fill(7),
    expiresAt: '2026-06-01T03:01:30.000Z',
  });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const { algorithm, signature } = await client.signLogin(message);
  const authCert = base64(await client.readUserAuthCert());
  // The names of the algorithms are the wire’s own: this line does not compile otherwise.
  const named: ProofBundle['algorithm'] = algorithm;
  return { authCert, algorithm: named, message: base64(message), signature: base64(signature) };
}

test('three generations share one DN and differ in key and serial, for both purposes', async () => {
  const jpki = await freshJpki();
  for (const purpose of ['auth', 'signature'] as const) {
    const roots = jpki.anchors(purpose).map((der) => new X509Certificate(der));
    expect(new Set(roots.map((root) => root.subject)).size).toBe(1);
    expect(new Set(roots.map((root) => root.fingerprint256)).size).toBe(3);
    expect(roots[0]?.subject).toMatch(/O=JPKI-TEST\nOU=JPKI for .*\nOU=Japan Agency/);
  }
});

test.each([1, 2, 3] as const)(
  'a login with a card of generation %i is traced to that root by signature',
  async (generation) => {
    const jpki = await freshJpki();
    const card = await jpki.issueCard({ ...quickOrder, generation });
    const verdict = checkCardSignature(await login(card), checkWith(jpki));
    expect(verdict).toMatchObject({ kind: 'valid', certKey: card.auth });
    const root = jpki.generations.find((ca) => ca.purpose === 'auth' && ca.generation === generation);
    expect(card.auth.anchorFingerprint).toBe(root?.anchor.fingerprint);
  },
);

test('a card of today logs in with RSA-2048, and its signature cert is no key to anything', async () => {
  const jpki = await freshJpki();
  const card = await jpki.issueCard({ issuedBy: '99001', birthday: '02-17', pin: '4649', signPin: 'SECRET99' });
  const proof = await login(card, '4649');
  expect(proof.algorithm).toBe('rsa-pkcs1-sha256');
  expect(checkCardSignature(proof, checkWith(jpki))).toMatchObject({ kind: 'valid', certKey: card.auth });
  const withSignCert = { ...proof, authCert: Buffer.from(signCert(card)).toString('base64') };
  expect(checkCardSignature(withSignCert, checkWith(jpki)).kind).toBe('refused');
  // Not even for a verifier who pinned the wrong roots.
  const anchors = checkWith({ ...jpki, anchors: () => jpki.anchors('signature') });
  expect(checkUserAuthCert(signCert(card), anchors).kind).toBe('refused');
});

test('certs follow the profile: usages, policy, service name, subject without a name, end on the fifth birthday', async () => {
  const jpki = await freshJpki();
  const card = await jpki.issueCard({ ...quickOrder, withoutSignatureCert: false });
  const [auth, sign] = [new X509Certificate(authCert(card)), new X509Certificate(signCert(card))];
  expect(auth.subject).toMatch(/^C=JP\nCN=[0-9A-F]{14}99001\d{3}A$/);
  expect(new Date(auth.validTo).toISOString()).toBe('2031-02-17T14:59:59.000Z');
  expect(card.file.validUntil).toBe('20360217');
  const text = (cert: X509Certificate) => Buffer.from(cert.raw).toString('hex');
  const [digitalSignature, andNonRepudiation] = ['0404030207 80', '0404030206 c0'].map((hex) => hex.replace(' ', ''));
  expect(text(auth)).toContain(`551d0f0101ff${digitalSignature}`);
  expect(text(sign)).toContain(`551d0f0101ff${andNonRepudiation}`);
  expect(text(auth)).toContain('0603551d12');
  expect(text(auth)).toContain(Buffer.from('公的個人認証サービス').toString('hex'));
});

test('a root with the same DN from another hierarchy vouches for nobody here', async () => {
  const [jpki, other] = await Promise.all([freshJpki(), strangerJpki()]);
  const stranger = await other.issueCard(quickOrder);
  expect(checkUserAuthCert(authCert(stranger), checkWith(jpki)).kind).toBe('refused');
  expect(jpki.statusOf(stranger.auth)).toEqual({ status: 'unknown' });
});

test('a card of long ago has expired, and says so before any PIN', async () => {
  const jpki = await freshJpki();
  const card = await jpki.issueCard({ ...quickOrder, generation: 1, issuedAt: '2020-04-01T00:00:00Z' });
  expect(checkUserAuthCert(authCert(card), checkWith(jpki))).toEqual({ kind: 'expired' });
  const client = new JpkiClient(virtualCardTransport(new VirtualCard(card.file, () => undefined)));
  expect(await diagnoseCard(client, now)).toEqual({ kind: 'unusable', cause: 'expired' });
});

test('a cert ends when it was told to, and never after its root', async () => {
  const jpki = await freshJpki();
  const end = async (order: Parameters<TestJpki['issueCard']>[0]) =>
    new Date(new X509Certificate(authCert(await jpki.issueCard(order))).validTo).toISOString();
  expect(await end({ ...quickOrder, notAfter: '2026-06-01T03:00:05Z' })).toBe('2026-06-01T03:00:05.000Z');
  expect(await end({ ...quickOrder, generation: 1 })).toBe('2027-06-01T03:00:00.000Z');
});

test('phones, children, cards without PIN and damaged chips can be ordered', async () => {
  const jpki = await freshJpki();
  const { file } = await jpki.issueCard({ ...quickOrder, medium: 'iphone', pin: null, chip: 'damaged' });
  expect(file).toMatchObject({ medium: 'iphone', chip: 'damaged', sign: null, auth: { pin: null, triesLeft: 0 } });
});

test('many cards at once get serials of their own, all good', async () => {
  const jpki = await freshJpki();
  const cards = await Promise.all(Array.from({ length: 50 }, () => jpki.issueCard(quickOrder)));
  expect(new Set(cards.map((card) => card.auth.serial)).size).toBe(50);
  expect(cards.every((card) => jpki.statusOf(card.auth).status === 'good')).toBe(true);
});

test('renewal gives a new serial and supersedes the old one', async () => {
  const jpki = await freshJpki();
  const old = await jpki.issueCard(quickOrder);
  const next = await jpki.renewCard([old.auth], quickOrder);
  expect(next.auth.serial).not.toBe(old.auth.serial);
  expect(jpki.statusOf(old.auth)).toEqual({ status: 'revoked', at: now, reason: 4 });
  expect(jpki.statusOf(next.auth)).toEqual({ status: 'good' });
});

test('a revocation stays as it was, a hold can become final and is never lifted', async () => {
  const clock = testClock();
  const jpki = await freshJpki(clock);
  const { auth } = await jpki.issueCard(quickOrder);
  jpki.revoke(auth, 'certificateHold');
  expect(jpki.statusOf(auth)).toEqual({ status: 'revoked', at: now, reason: 6 });
  const later = clock.advance(60_000);
  jpki.revoke(auth, 'keyCompromise');
  expect(jpki.statusOf(auth)).toEqual({ status: 'revoked', at: later, reason: 1 });
  clock.advance(60_000);
  jpki.revoke(auth, 'affiliationChanged');
  expect(jpki.statusOf(auth)).toEqual({ status: 'revoked', at: later, reason: 1 });
});

test('what was never issued cannot be revoked', async () => {
  const jpki = await freshJpki();
  const { auth } = await jpki.issueCard(quickOrder);
  expect(() => jpki.revoke({ ...auth, serial: '0102' }, 'keyCompromise')).toThrow(UnknownCert);
});
