/**
 * 利用者証明用電子証明書: the strict profile of the cert by which a resident logs in. A signature cert (署名用), a CA cert or a cert
 * of any other policy must never pass, even though the same agency signed it.
 */
import type { KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '@machikado/protocol';
import { type Anchor, type AnchorSet, findAnchor } from './anchors.ts';
import { MalformedInput, malformed } from './malformed-input.ts';
import type { CertKey } from './references.ts';
import { type KeyAlgorithm, signatureAlgorithmOf } from './signature-algorithms.ts';
import {
  type Cert,
  extensionOids,
  extKeyUsageOf,
  isCa,
  isWithinValidity,
  keyUsageBits,
  keyUsageOf,
  parseCert,
  policiesOf,
  publicKeyOf,
  refuseUnknownCritical,
} from './x509.ts';

export interface CertProfile {
  /** Any of them will do: cards and smartphones have their own. */
  readonly policyOids: readonly string[];
  /** Allowed for the card’s key and for the CA’s signature. */
  readonly algorithms: readonly SignatureAlgorithm[];
}

export interface CertCheck {
  readonly anchors: AnchorSet;
  readonly profile: CertProfile;
  readonly now: Date;
}

export type CertVerdict =
  | {
      readonly kind: 'valid';
      readonly key: CertKey;
      readonly algorithm: SignatureAlgorithm;
      readonly publicKey: KeyObject;
      readonly anchor: Anchor;
      readonly notAfter: Date;
    }
  /** Genuine, but `now` is before or after its validity. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly why: string };

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const processed = Object.values(extensionOids);

export function checkUserAuthCert(der: Uint8Array, check: CertCheck): CertVerdict {
  try {
    return judge(parseCert(der), check);
  } catch (error) {
    if (error instanceof MalformedInput) return { kind: 'refused', why: error.message };
    throw error;
  }
}

function judge(cert: Cert, { anchors, profile, now }: CertCheck): CertVerdict {
  const { algorithm, publicKey } = publicKeyOf(cert);
  if (!allows(profile, algorithm)) malformed('key algorithm is not in the profile');
  if (!allows(profile, signatureAlgorithmOf(cert.signatureIdentifier))) malformed('CA algorithm is not in the profile');
  refuseOtherPurpose(cert, profile);
  const anchor = findAnchor(anchors, cert);
  if (anchor === undefined) malformed('no anchor signed this cert');
  if (!isWithinValidity(cert, now)) return { kind: 'expired' };
  if (!isWithinValidity(anchor, now)) malformed('the anchor is outside its validity');
  const key = { anchorFingerprint: anchor.fingerprint, serial: cert.serial };
  return { kind: 'valid', key, algorithm, publicKey, anchor, notAfter: cert.notAfter };
}

function allows(profile: CertProfile, algorithm: KeyAlgorithm): algorithm is SignatureAlgorithm {
  return (profile.algorithms as readonly KeyAlgorithm[]).includes(algorithm);
}

function refuseOtherPurpose(cert: Cert, profile: CertProfile): void {
  refuseUnknownCritical(cert.extensions, processed);
  if (isCa(cert)) malformed('a CA cert cannot log in');
  const usage = keyUsageOf(cert);
  if (usage?.size !== 1 || !usage.has(keyUsageBits.digitalSignature))
    malformed('key usage is not digitalSignature alone');
  if (!cert.extensions.get(extensionOids.keyUsage)?.critical) malformed('key usage is not critical');
  if (!policiesOf(cert).some((oid) => profile.policyOids.includes(oid))) malformed('policy is not in the profile');
  if (!(extKeyUsageOf(cert) ?? [CLIENT_AUTH]).includes(CLIENT_AUTH)) malformed('extended key usage without clientAuth');
}
