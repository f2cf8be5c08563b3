import { describe, expect, test } from 'vitest';
import { extension, NOW } from '../test/test-certs.ts';
import { anchor, answerOf, later, responder, SERIAL } from '../test/test-login.ts';
import {
  bitString,
  der,
  derNull,
  enumerated,
  explicit,
  generalizedTime,
  objectIdentifier,
  octetString,
  sequence,
} from './der-writer.ts';
import { MalformedInput } from './malformed-input.ts';
import { certIdOf, encodeCertId } from './ocsp-cert-id.ts';
import { buildOcspRequest, parseOcspRequest } from './ocsp-request.ts';
import { parseOcspResponse } from './ocsp-response.ts';
import { parseCert } from './x509.ts';

const certId = encodeCertId(certIdOf(anchor, SERIAL, 'sha1'));
const unknown = (critical: boolean) => extension('1.2.3', derNull, critical);

describe('a request', () => {
  const request = (single: Uint8Array, count = 1, ...more: Uint8Array[]) =>
    sequence(sequence(sequence(...Array.from({ length: count }, () => single)), ...more));

  test('may ask about sixteen certs and not more', () => {
    expect(parseOcspRequest(request(sequence(certId), 16)).certIds).toHaveLength(16);
    expect(() => parseOcspRequest(request(sequence(certId), 17))).toThrow(MalformedInput);
    expect(() => parseOcspRequest(request(certId, 0))).toThrow(MalformedInput);
  });

  test('may carry extensions that are not known, if they are not critical', () => {
    const parse = (critical: boolean) => () =>
      parseOcspRequest(request(sequence(certId), 1, explicit(2, sequence(unknown(critical)))));
    const parseSingle = (critical: boolean) => () =>
      parseOcspRequest(request(sequence(certId, explicit(0, sequence(unknown(critical))))));
    expect([parse(false)().nonce, parseSingle(false)().nonce]).toEqual([undefined, undefined]);
    const behind = sequence(certId, explicit(0, sequence(unknown(false))), derNull);
    expect(() => parseOcspRequest(request(behind))).toThrow('DER: trailing data');
    expect(parse(true)).toThrow('critical extension');
    expect(parseSingle(true)).toThrow('critical extension');
  });

  test.each([
    [0, false],
    [1, true],
    [128, true],
    [129, false],
  ])('with a nonce of %i octets: %s', (length, taken) => {
    const parse = () =>
      parseOcspRequest(buildOcspRequest({ anchor, serial: SERIAL, hash: 'sha1', nonce: new Uint8Array(length) }));
    if (taken) expect(parse().nonce).toHaveLength(length);
    else expect(parse).toThrow('nonce length');
  });

  test('names its hash exactly', () => {
    const id = certIdOf(anchor, SERIAL, 'sha1');
    expect(() => parseOcspRequest(request(sequence(encodeCertId({ ...id, hash: 'sha256' }))))).toThrow(
      'CertID: hash length',
    );
    const bare = Buffer.from(certId)
      .toString('hex')
      .replace('300906052b0e03021a0500', '300706052b0e03021a')
      .replace(/^30../, '');
    const withoutNull = sequence(Uint8Array.from(Buffer.from(bare, 'hex')));
    expect(parseOcspRequest(request(sequence(withoutNull))).certIds).toEqual([id]);
    const md5 = Uint8Array.from(
      Buffer.from(Buffer.from(certId).toString('hex').replace('2b0e03021a', '2b0e03021b'), 'hex'),
    );
    expect(() => parseOcspRequest(request(sequence(md5)))).toThrow('CertID: hash algorithm');
  });
});

describe('an answer', () => {
  const time = generalizedTime(NOW);
  const byName = explicit(1, parseCert(responder.cert).subject);
  const single = (status: Uint8Array, ...more: Uint8Array[]) => sequence(certId, status, time, ...more);
  const good = single(der(0x80));
  const answer = (data: readonly Uint8Array[], type = '1.3.6.1.5.5.7.48.1.1') => {
    const algorithm = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
    const basic = sequence(sequence(...data), algorithm, bitString(new Uint8Array(70)));
    return sequence(enumerated(0), explicit(0, sequence(objectIdentifier(type), octetString(basic))));
  };
  const parse = (...data: readonly Uint8Array[]) => parseOcspResponse(answer(data));

  test('may name its responder by name, leave out certs and carry what is not critical', () => {
    const response = parse(byName, time, sequence(good), explicit(1, sequence(unknown(false))));
    expect(response).toMatchObject({
      responderId: { byName: parseCert(responder.cert).subject },
      certs: [],
      nonce: undefined,
    });
    expect(parse(byName, time, sequence(single(der(0x80), explicit(1, sequence(unknown(false))))))).toMatchObject({
      producedAt: NOW,
    });
  });

  test.each<[string, () => unknown]>([
    ['another type', () => parseOcspResponse(answer([byName, time, sequence(good)], '1.3.6.1.5.5.7.48.1.2'))],
    ['a written default version', () => parse(explicit(0, der(2, Uint8Array.of(0))), byName, time, sequence(good))],
    ['a responder of another form', () => parse(explicit(3, octetString(new Uint8Array(20))), time, sequence(good))],
    [
      'something behind the extensions of one cert',
      () => parse(byName, time, sequence(single(der(0x80), explicit(1, sequence(unknown(false))), derNull))),
    ],
    ['no cert in it', () => parse(byName, time, sequence())],
    ['a status of another form', () => parse(byName, time, sequence(single(der(0x83))))],
    ['content in good', () => parse(byName, time, sequence(single(der(0x80, Uint8Array.of(0)))))],
    ['a critical extension', () => parse(byName, time, sequence(good), explicit(1, sequence(unknown(true))))],
    [
      'a critical extension of one cert',
      () => parse(byName, time, sequence(single(der(0x80), explicit(1, sequence(unknown(true)))))),
    ],
    [
      'an extension twice',
      () => parse(byName, time, sequence(good), explicit(1, sequence(unknown(false), unknown(false)))),
    ],
    ['no extension where the list stands', () => parse(byName, time, sequence(good), explicit(1, sequence()))],
    ['a local time', () => parse(byName, der(0x18, Buffer.from('20260701030000+0900')), sequence(good))],
    [
      'a reason of two octets',
      () => parse(byName, time, sequence(single(explicit(1, time, explicit(0, der(0x0a, Uint8Array.of(0, 1))))))),
    ],
  ])('with %s is malformed', (_, read) => {
    expect(read).toThrow(MalformedInput);
  });

  test('is read again as it was written', () => {
    const response = parseOcspResponse(answerOf({ status: 'unknown' }, undefined));
    const certs = [responder.cert];
    const responses = [
      { status: 'unknown', certId: certIdOf(anchor, SERIAL, 'sha256'), thisUpdate: NOW, nextUpdate: later(600_000) },
    ];
    expect(response).toMatchObject({ responses, certs, producedAt: NOW, algorithm: 'ecdsa-p256-sha256' });
  });
});
