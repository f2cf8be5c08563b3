import { expect, test } from 'vitest';
import { swollen } from '../test/swollen.ts';
import { CA_NAME, caPlan, makeCert, NOW, testKey, userPlan } from '../test/test-certs.ts';
import { anchor, answerOf, authCert, ca, responder, SERIAL } from '../test/test-login.ts';
import { parseAnchor } from './anchors.ts';
import { toHex } from './bytes.ts';
import { enumerated, sequence } from './der-writer.ts';
import { MalformedInput } from './malformed-input.ts';
import { buildOcspRequest, parseOcspRequest } from './ocsp-request.ts';
import { errorOcspResponse, parseOcspResponse } from './ocsp-response.ts';
import { parseCert } from './x509.ts';

const nonce = new Uint8Array(32).fill(0xff);

test('an OCSP request has no room for anything more', () => {
  for (const asked of [{ nonce }, {}]) {
    const bytes = buildOcspRequest({ anchor, serial: SERIAL, hash: 'sha256', ...asked });
    const others = swollen(bytes);
    expect(others.length).toBeGreaterThan(5);
    for (const other of others) expect(() => parseOcspRequest(other), toHex(other)).toThrow(MalformedInput);
  }
});

test('an OCSP answer has no room for anything more', () => {
  for (const status of [{ status: 'good' }, { status: 'revoked', at: NOW, reason: 1 }] as const) {
    const others = swollen(answerOf(status, nonce), [responder.cert]);
    expect(others.length).toBeGreaterThan(15);
    for (const other of others) expect(() => parseOcspResponse(other), toHex(other)).toThrow(MalformedInput);
  }
  for (const other of swollen(errorOcspResponse('tryLater'))) {
    expect(() => parseOcspResponse(other)).toThrow(MalformedInput);
  }
  expect(() => parseOcspResponse(sequence(enumerated(0)))).toThrow(MalformedInput);
});

test('a cert has no room for anything more outside the names, which are compared as a whole', () => {
  const subject = parseCert(authCert).subject;
  const spared = swollen(authCert, [CA_NAME, subject]).filter((other) => {
    try {
      return parseCert(other);
    } catch (error) {
      if (error instanceof MalformedInput) return false;
      throw error;
    }
  });
  // An AlgorithmIdentifier is compared with the table later on; all else is refused at once.
  expect(spared.every((other) => !equalAlgorithms(other))).toBe(true);
});

test('a path length stands on a CA only, and a CA may have one', () => {
  const constraint = (hex: string) => Uint8Array.from(Buffer.from(`300f0603551d130101ff0405${hex}`, 'hex'));
  expect(() => parseAnchor(makeCert(caPlan(ca, { extensions: [constraint('3003020100')] })))).toThrow(MalformedInput);
  const user = makeCert(userPlan(testKey('card'), ca, { extensions: [constraint('3003020100')] }));
  expect(() => parseAnchor(user)).toThrow('path length on a cert that is no CA');
});

function equalAlgorithms(der: Uint8Array): boolean {
  const [a, b] = [parseCert(der), parseCert(authCert)];
  return (
    toHex(a.keyIdentifier) === toHex(b.keyIdentifier) && toHex(a.signatureIdentifier) === toHex(b.signatureIdentifier)
  );
}
