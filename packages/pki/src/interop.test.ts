/**
 * Other people’s implementations on the other side: Node’s X509Certificate and @peculiar/asn1-ocsp read what we write, and certs and
 * answers that @peculiar/x509 and @peculiar/asn1-ocsp write are taken by us.
 */
import 'reflect-metadata';
import { sign, webcrypto, X509Certificate } from 'node:crypto';
import * as ocsp from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate as AsnCert, Extension, Extensions } from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { AUTH_POLICY, NOW } from '../test/test-certs.ts';
import { anchor, answerOf, authCert, ca, later, responder, SERIAL } from '../test/test-login.ts';
import { parseAnchors } from './anchors.ts';
import { toHex } from './bytes.ts';
import { certIdOf, encodeCertId } from './ocsp-cert-id.ts';
import { buildOcspRequest, nonceExtension, parseOcspRequest } from './ocsp-request.ts';
import { keyHashOf } from './ocsp-response.ts';
import { verifyOcspResponse } from './ocsp-verification.ts';
import { checkUserAuthCert } from './user-auth-cert.ts';
import { parseCert } from './x509.ts';

const nonce = new Uint8Array(32).fill(9);
const profile = { policyOids: [AUTH_POLICY], algorithms: ['rsa-pkcs1-sha256'] } as const;

test('our test certs are real certs to Node', () => {
  const [user, issuer] = [new X509Certificate(authCert), new X509Certificate(anchor.der)];
  expect(user.checkIssued(issuer) && user.verify(issuer.publicKey)).toBe(true);
  expect(user.serialNumber.toLowerCase()).toBe(SERIAL);
  expect([user.validFrom, user.validTo].map((text) => new Date(text))).toEqual([
    parseCert(authCert).notBefore,
    parseCert(authCert).notAfter,
  ]);
  expect([user.ca, issuer.ca]).toEqual([false, true]);
});

test('a cert by another implementation passes the profile', async () => {
  x509.cryptoProvider.set(webcrypto);
  const alg = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const make = () => webcrypto.subtle.generateKey(alg, true, ['sign', 'verify']);
  const [caKeys, keys] = [await make(), await make()];
  const times = { notBefore: new Date('2024-01-01T00:00:00Z'), notAfter: new Date('2060-01-01T00:00:00Z') };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...times,
    serialNumber: '06d18006',
    name: 'C=JP, O=JPKI-TEST, OU=JPKI for user authentication',
    signingAlgorithm: alg,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const user = await x509.X509CertificateGenerator.create({
    ...times,
    serialNumber: '00f1a2b3c4',
    subject: 'C=JP, CN=opaque',
    issuer: root.subject,
    signingAlgorithm: alg,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.CertificatePolicyExtension([AUTH_POLICY], true),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2'], true),
      await x509.AuthorityKeyIdentifierExtension.create(root),
    ],
  });
  const anchors = parseAnchors([new Uint8Array(root.rawData)]);
  const verdict = checkUserAuthCert(new Uint8Array(user.rawData), { anchors, profile, now: NOW });
  expect(verdict).toMatchObject({ kind: 'valid', key: { serial: 'f1a2b3c4' }, notAfter: times.notAfter });
});

test('our request and our answer are read by another implementation', () => {
  const request = AsnConvert.parse(
    buildOcspRequest({ anchor, serial: SERIAL, hash: 'sha256', nonce }),
    ocsp.OCSPRequest,
  );
  expect(request.tbsRequest.requestList).toHaveLength(1);
  expect(toHex(new Uint8Array(request.tbsRequest.requestList[0]?.reqCert.serialNumber as ArrayBuffer))).toBe(SERIAL);
  const answer = AsnConvert.parse(answerOf({ status: 'revoked', at: NOW, reason: 1 }, nonce), ocsp.OCSPResponse);
  const basic = AsnConvert.parse(answer.responseBytes?.response.buffer as ArrayBuffer, ocsp.BasicOCSPResponse);
  const [single] = basic.tbsResponseData.responses;
  expect(single?.certStatus.revoked?.revocationTime).toEqual(NOW);
  expect([single?.thisUpdate, single?.nextUpdate]).toEqual([NOW, later(600_000)]);
});

test('a request and an answer by another implementation are read by us', () => {
  const certId = AsnConvert.parse(encodeCertId(certIdOf(anchor, SERIAL, 'sha256')), ocsp.CertID);
  const extension = AsnConvert.parse(nonceExtension(nonce), Extension);
  const tbsRequest = new ocsp.TBSRequest({
    requestList: [new ocsp.Request({ reqCert: certId })],
    requestExtensions: new Extensions([extension]),
  });
  const request = parseOcspRequest(new Uint8Array(AsnConvert.serialize(new ocsp.OCSPRequest({ tbsRequest }))));
  expect(request).toEqual({ certIds: [certIdOf(anchor, SERIAL, 'sha256')], nonce });

  const tbsResponseData = new ocsp.ResponseData({
    responderID: new ocsp.ResponderID({ byKey: new OctetString(keyHashOf(parseCert(responder.cert).keyBits)) }),
    producedAt: NOW,
    responses: [
      new ocsp.SingleResponse({
        certID: certId,
        certStatus: new ocsp.CertStatus({ good: null }),
        thisUpdate: NOW,
        nextUpdate: later(600_000),
      }),
    ],
    responseExtensions: new Extensions([extension]),
  });
  const basic = new ocsp.BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
    signature: Uint8Array.from(sign('sha256', Buffer.from(AsnConvert.serialize(tbsResponseData)), responder.privateKey))
      .buffer,
    certs: [AsnConvert.parse(responder.cert, AsnCert)],
  });
  const answer = new ocsp.OCSPResponse({
    responseStatus: ocsp.OCSPResponseStatus.successful,
    responseBytes: new ocsp.ResponseBytes({
      responseType: ocsp.id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  });
  const bytes = new Uint8Array(AsnConvert.serialize(answer));
  expect(verifyOcspResponse(bytes, { anchor, serial: SERIAL, nonce, now: NOW, maxAgeMs: 60_000, skewMs: 0 })).toEqual({
    status: 'good',
  });
  expect(ca.algorithm).toBe(anchor.algorithm);
});
