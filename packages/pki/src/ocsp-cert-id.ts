/** CertID (RFC 6960 section 4.1.1): how an OCSP question names a cert, by hashes of the CA’s DN and key and the serial. */
import { createHash } from 'node:crypto';
import type { Anchor } from './anchors.ts';
import { equalBytes, fromHex, toHex } from './bytes.ts';
import { type DerReader, readPositiveInteger, tags } from './der-reader.ts';
import { type DerTree, derNull, objectIdentifier, sequence, tree, unsignedInteger, written } from './der-writer.ts';
import { malformed } from './malformed-input.ts';

export type OcspHash = 'sha1' | 'sha256';

export interface OcspCertId {
  readonly hash: OcspHash;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Magnitude, lower-case hex. */
  readonly serial: string;
}

const hashOids: Readonly<Record<OcspHash, string>> = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' };
const hashBytes: Readonly<Record<OcspHash, number>> = { sha1: 20, sha256: 32 };
const hashes = Object.keys(hashOids) as OcspHash[];
/** As we write them; others may leave out NULL. */
const algorithms = Object.fromEntries(
  hashes.map((hash) => [hash, sequence(objectIdentifier(hashOids[hash]), derNull)]),
) as Readonly<Record<OcspHash, Uint8Array>>;
const identifiers = hashes.flatMap((hash) =>
  [algorithms[hash], sequence(objectIdentifier(hashOids[hash]))].map((form) => ({ hash, form })),
);

type IssuerHashes = Pick<OcspCertId, 'issuerNameHash' | 'issuerKeyHash'>;

/** Every question asks for them again, of each anchor. */
const issuers: Readonly<Record<OcspHash, WeakMap<Anchor, IssuerHashes>>> = {
  sha1: new WeakMap(),
  sha256: new WeakMap(),
};

export function certIdOf(anchor: Anchor, serial: string, hash: OcspHash): OcspCertId {
  return { hash, ...issuerHashes(anchor, hash), serial };
}

function issuerHashes(anchor: Anchor, hash: OcspHash): IssuerHashes {
  const known = issuers[hash].get(anchor);
  if (known) return known;
  const over = (bytes: Uint8Array) => new Uint8Array(createHash(hash).update(bytes).digest());
  const hashes = { issuerNameHash: over(anchor.subject), issuerKeyHash: over(anchor.keyBits) };
  issuers[hash].set(anchor, hashes);
  return hashes;
}

/** True when the question is about a cert of this anchor. */
export function isUnderAnchor(id: OcspCertId, anchor: Anchor): boolean {
  const own = certIdOf(anchor, id.serial, id.hash);
  return equalBytes(own.issuerNameHash, id.issuerNameHash) && equalBytes(own.issuerKeyHash, id.issuerKeyHash);
}

export const encodeCertId = (id: OcspCertId): Uint8Array => written(certIdTree(id));

export function certIdTree({ hash, issuerNameHash, issuerKeyHash, serial }: OcspCertId): DerTree {
  const hashes = [issuerNameHash, issuerKeyHash].map((bytes) => tree(tags.octetString, bytes));
  return tree(tags.sequence, algorithms[hash], ...hashes, unsignedInteger(fromHex(serial)));
}

export function readCertId(reader: DerReader): OcspCertId {
  const id = reader.enter();
  const algorithm = id.next(tags.sequence).raw;
  const hash = identifiers.find(({ form }) => equalBytes(form, algorithm))?.hash ?? malformed('CertID: hash algorithm');
  const [issuerNameHash, issuerKeyHash] = [id.next(tags.octetString).content, id.next(tags.octetString).content];
  if (issuerNameHash.length !== hashBytes[hash] || issuerKeyHash.length !== hashBytes[hash])
    malformed('CertID: hash length');
  const serial = toHex(readPositiveInteger(id));
  id.end();
  return { hash, issuerNameHash, issuerKeyHash, serial };
}
