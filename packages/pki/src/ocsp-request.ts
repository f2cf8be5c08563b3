/** OCSP request (RFC 6960 section 4.1), both sides: what the center asks and what a responder reads. */
import type { Anchor } from './anchors.ts';
import { DerReader, tags } from './der-reader.ts';
import { type DerTree, explicit, objectIdentifier, sequence, tree, written } from './der-writer.ts';
import { malformed } from './malformed-input.ts';
import { certIdOf, encodeCertId, type OcspCertId, type OcspHash, readCertId } from './ocsp-cert-id.ts';
import { type Extensions, readExtensions, refuseUnknownCritical } from './x509.ts';

export interface OcspRequest {
  readonly certIds: readonly OcspCertId[];
  readonly nonce?: Uint8Array;
}

export const NONCE_OID = '1.3.6.1.5.5.7.48.1.2';
const nonceOid = objectIdentifier(NONCE_OID);
const CERTS_MAX = 16;

export function buildOcspRequest(question: {
  readonly anchor: Anchor;
  readonly serial: string;
  readonly hash: OcspHash;
  readonly nonce?: Uint8Array;
}): Uint8Array {
  const certId = encodeCertId(certIdOf(question.anchor, question.serial, question.hash));
  const extensions = question.nonce === undefined ? [] : [explicit(2, sequence(nonceExtension(question.nonce)))];
  return sequence(sequence(sequence(sequence(certId)), ...extensions));
}

export const nonceExtension = (nonce: Uint8Array): Uint8Array => written(nonceTree(nonce));

export function nonceTree(nonce: Uint8Array): DerTree {
  return tree(tags.sequence, nonceOid, tree(tags.octetString, tree(tags.octetString, nonce)));
}

/** Throws MalformedInput. Takes unsigned requests without a requestor’s name, as kiosk services send them. */
export function parseOcspRequest(bytes: Uint8Array): OcspRequest {
  const outer = DerReader.only(bytes, tags.sequence);
  const tbs = outer.enter();
  outer.end();
  const certIds = readCertIds(tbs.enter());
  const extensions = tbs.more ? readExtensions(tbs.enter(0xa2)) : undefined;
  tbs.end();
  const nonce = extensions && readNonce(extensions);
  return { certIds, ...(nonce && { nonce }) };
}

function readCertIds(list: DerReader): OcspCertId[] {
  const certIds: OcspCertId[] = [];
  do {
    const single = list.enter();
    certIds.push(readCertId(single));
    if (single.more) refuseUnknownCritical(readExtensions(single.enter(0xa0)), []);
    single.end();
    if (certIds.length > CERTS_MAX) malformed('too many certs in one request');
  } while (list.more);
  return certIds;
}

/** RFC 9654: 1 to 128 octets. */
export function readNonce(extensions: Extensions): Uint8Array | undefined {
  refuseUnknownCritical(extensions, [NONCE_OID]);
  const extension = extensions.get(NONCE_OID);
  if (extension === undefined) return undefined;
  const reader = new DerReader(extension.value);
  const nonce = reader.next(tags.octetString).content;
  reader.end();
  if (nonce.length < 1 || nonce.length > 128) malformed('nonce length');
  return nonce;
}
