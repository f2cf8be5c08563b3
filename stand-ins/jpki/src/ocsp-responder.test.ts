import { verify, X509Certificate } from 'node:crypto';
import { buildOcspRequest, parseAnchor, verifyOcspResponse } from '@machikado/pki';
import { BasicOCSPResponse, OCSPResponse, OCSPResponseStatus } from '@peculiar/asn1-ocsp';
import { AsnParser } from '@peculiar/asn1-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOcspResponder } from './ocsp-responder.ts';
import { freshJpki, now, quickOrder, strangerJpki, testClock } from './test-support.ts';

const nonce = new Uint8Array(32).fill(9);

async function setUp(signer: 'rsa' | 'p256' = 'p256', generation: 1 | 2 | 3 = 3) {
  const clock = testClock();
  const jpki = await freshJpki(clock);
  const card = await jpki.issueCard({ ...quickOrder, generation });
  const respond = createOcspResponder(jpki, { signer, now: clock.now });
  const anchor = parseAnchor(jpki.anchors('auth')[generation - 1] as Uint8Array);
  const ask = (question: { serial?: string; hash?: 'sha1' | 'sha256'; nonce?: Uint8Array } = {}) =>
    respond(buildOcspRequest({ anchor, serial: card.auth.serial, hash: 'sha256', ...question }));
  const expected = { anchor, serial: card.auth.serial, now, maxAgeMs: 60_000, skewMs: 0 };
  return { clock, jpki, card, respond, anchor, ask, expected };
}

const cases = (['rsa', 'p256'] as const).flatMap((signer) =>
  ([1, 2, 3] as const).flatMap((generation) =>
    (['sha1', 'sha256'] as const).map((hash) => ({ signer, generation, hash })),
  ),
);
test.each(cases)('answers good, revoked and unknown: %o', async ({ signer, generation, hash }) => {
  const { jpki, card, ask, expected } = await setUp(signer, generation);
  expect(verifyOcspResponse(ask({ hash, nonce }), { ...expected, nonce })).toEqual({ status: 'good' });
  jpki.revoke(card.auth, 'certificateHold');
  expect(verifyOcspResponse(ask({ hash, nonce }), { ...expected, nonce })).toEqual({
    status: 'revoked',
    at: now,
    reason: 6,
  });
  const serial = '0badcafe';
  expect(verifyOcspResponse(ask({ hash, nonce, serial }), { ...expected, nonce, serial })).toEqual({
    status: 'unknown',
  });
});

test.each(['rsa', 'p256'] as const)(
  'an independent reader finds the %s answer well-formed and signed by the delegate',
  async (signer) => {
    const { jpki, card, ask } = await setUp(signer);
    jpki.revoke(card.auth, 'affiliationChanged');
    const response = AsnParser.parse(ask({ nonce }), OCSPResponse);
    expect(response.responseStatus).toBe(OCSPResponseStatus.successful);
    const basic = AsnParser.parse(response.responseBytes?.response.buffer as ArrayBuffer, BasicOCSPResponse);
    const [single] = basic.tbsResponseData.responses;
    expect(single?.certStatus.revoked).toMatchObject({ revocationTime: now });
    expect(Buffer.from(single?.certID.serialNumber as ArrayBuffer).toString('hex')).toBe(card.auth.serial);
    expect(single?.nextUpdate).toEqual(new Date(now.getTime() + 600_000));
    const [extension] = basic.tbsResponseData.responseExtensions ?? [];
    expect(Buffer.from(extension?.extnValue.buffer as ArrayBuffer).toString('hex')).toBe(`0420${'09'.repeat(32)}`);
    const delegate = new X509Certificate(jpki.generations[2]?.signers[signer].cert as Uint8Array);
    expect(delegate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.9']);
    const signed = Buffer.from(basic.tbsResponseDataRaw as ArrayBuffer);
    expect(verify('sha256', signed, delegate.publicKey, Buffer.from(basic.signature))).toBe(true);
  },
);

test('a question about another CA, or about two, is unauthorized', async () => {
  const { respond, card } = await setUp();
  const other = await strangerJpki();
  const anchor = parseAnchor(other.anchors('auth')[2] as Uint8Array);
  const answer = respond(buildOcspRequest({ anchor, serial: card.auth.serial, hash: 'sha256', nonce }));
  expect(AsnParser.parse(answer, OCSPResponse).responseStatus).toBe(OCSPResponseStatus.unauthorized);
});

test('answers any bytes at all, and says malformedRequest to those that are no question', async () => {
  const { respond, ask } = await setUp();
  expect(ask().length).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { responseStatus } = AsnParser.parse(respond(bytes), OCSPResponse);
      expect(responseStatus).toBe(OCSPResponseStatus.malformedRequest);
    }),
  );
});

test('signs beforehand without a nonce: the same bytes for a minute, then fresh ones', async () => {
  const { clock, ask, expected } = await setUp();
  const first = ask();
  clock.advance(59_999);
  expect(ask()).toBe(first);
  expect(ask({ hash: 'sha1' })).not.toEqual(first);
  const at = clock.advance(1);
  const second = ask();
  expect(second).not.toEqual(first);
  expect(verifyOcspResponse(second, { ...expected, now: at })).toEqual({ status: 'good' });
});

test('a revocation shows at once, also where an answer was signed beforehand', async () => {
  const { jpki, card, ask, expected } = await setUp();
  ask();
  jpki.revoke(card.auth, 'keyCompromise');
  expect(verifyOcspResponse(ask(), expected)).toMatchObject({ status: 'revoked', reason: 1 });
});

test('signs anew for every nonce', async () => {
  const { ask, expected } = await setUp();
  const other = new Uint8Array(32).fill(8);
  expect(() => verifyOcspResponse(ask({ nonce: other }), { ...expected, nonce })).toThrow('nonce-differs');
});
