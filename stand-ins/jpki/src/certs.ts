/** X.509 certs of the test hierarchy: roots, OCSP signers and the residents’ own. One tier: a root issues everything itself. */
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  IssuerAlternativeNameExtension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  Extension as RawExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type KeyPair, keyKinds } from './key-pairs.ts';
import { caName, type Purpose, purposes, SERVICE_NAME, subjectName } from './profile.ts';
import type { Validity } from './validity.ts';

/** What is needed of a root to issue under it. */
export interface IssuingCa {
  readonly purpose: Purpose;
  readonly cert: Uint8Array;
  readonly key: webcrypto.CryptoKey;
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** id-pkix-ocsp-nocheck, value NULL (RFC 6960 section 4.2.2.2.1). */
const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5';

export async function makeRootCert(purpose: Purpose, serialNumber: string, keys: KeyPair, validity: Validity) {
  const cert = await X509CertificateGenerator.createSelfSigned({
    keys,
    serialNumber,
    name: new Name(caName(purpose)),
    ...validity,
    signingAlgorithm: keyKinds['rsa-2048'],
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new SubjectAlternativeNameExtension([{ type: 'dn', value: new Name(SERVICE_NAME).toString() }]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return new Uint8Array(cert.rawData);
}

/** 署名者証明書 of the responder: delegated by the root, and for nothing else. */
export function makeOcspSignerCert(ca: IssuingCa, serial: string, publicKey: webcrypto.CryptoKey, validity: Validity) {
  const subject = [{ C: ['JP'] }, { O: ['JPKI-TEST'] }, { CN: ['OCSP responder'] }];
  return issue(ca, serial, subject, publicKey, validity, [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([OCSP_SIGNING], true),
    new RawExtension(OCSP_NO_CHECK, false, Uint8Array.of(5, 0)),
  ]);
}

/** 利用者証明用 or 署名用電子証明書, by the purpose of the CA. The latter leaves out the 基本4情報: no kiosk ever reads it. */
export function makeResidentCert(
  ca: IssuingCa,
  serial: string,
  issueNumber: string,
  publicKey: webcrypto.CryptoKey,
  validity: Validity,
) {
  const { policyOid, nonRepudiation } = purposes[ca.purpose];
  const usages = KeyUsageFlags.digitalSignature | (nonRepudiation ? KeyUsageFlags.nonRepudiation : 0);
  return issue(ca, serial, subjectName(issueNumber), publicKey, validity, [
    new KeyUsagesExtension(usages, true),
    new CertificatePolicyExtension([policyOid], true),
    new IssuerAlternativeNameExtension([{ type: 'dn', value: new Name(SERVICE_NAME).toString() }]),
  ]);
}

async function issue(
  ca: IssuingCa,
  serialNumber: string,
  subject: JsonName,
  publicKey: webcrypto.CryptoKey,
  validity: Validity,
  extensions: Extension[],
): Promise<Uint8Array> {
  const issuer = new X509Certificate(Buffer.from(ca.cert));
  const cert = await X509CertificateGenerator.create({
    serialNumber,
    subject: new Name(subject),
    issuer: issuer.subjectName,
    ...validity,
    publicKey,
    signingKey: ca.key,
    signingAlgorithm: keyKinds['rsa-2048'],
    extensions: [
      ...extensions,
      await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return new Uint8Array(cert.rawData);
}
