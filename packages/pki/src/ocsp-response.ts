/** OCSP response (RFC 6960 section 4.2), both sides: what a responder signs and what a client reads. Reading checks no trust. */
import { createHash, type KeyObject, sign } from 'node:crypto';
import { DerReader, readGeneralizedTime, readOid, readWholeBits, tags } from './der-reader.ts';
import {
  type DerTree,
  enumerated,
  explicit,
  generalizedTime,
  objectIdentifier,
  octetString,
  sequence,
  tree,
} from './der-writer.ts';
import { malformed } from './malformed-input.ts';
import { certIdTree, type OcspCertId, readCertId } from './ocsp-cert-id.ts';
import { nonceTree, readNonce } from './ocsp-request.ts';
import { type KeyAlgorithm, keyAlgorithms, signatureAlgorithmOf } from './signature-algorithms.ts';
import { parseCert, publicKeyOf, readExtensions, refuseUnknownCritical } from './x509.ts';

export type RevocationStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly at: Date; readonly reason?: number }
  | { readonly status: 'unknown' };

export type SingleResponse = RevocationStatus & {
  readonly certId: OcspCertId;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
};

/** OCSPResponseStatus other than successful. */
export const ocspErrorStatuses = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;
export type OcspErrorStatus = keyof typeof ocspErrorStatuses;

export type ResponderId = { readonly byName: Uint8Array } | { readonly byKey: Uint8Array };

export interface BasicResponse {
  readonly tbs: Uint8Array;
  readonly responderId: ResponderId;
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
  readonly algorithm: KeyAlgorithm;
  readonly signature: Uint8Array;
  /** DER of the certs that came along. */
  readonly certs: readonly Uint8Array[];
}

const BASIC_OID = '1.3.6.1.5.5.7.48.1.1';
const basicOid = objectIdentifier(BASIC_OID);
const EXPLICIT_0 = 0xa0;
const EXPLICIT_1 = 0xa1;
const SUCCESSFUL = enumerated(0);
const NO_BITS_UNUSED = Uint8Array.of(0);

export function errorOcspResponse(status: OcspErrorStatus): Uint8Array {
  return sequence(enumerated(ocspErrorStatuses[status]));
}

/** Without nonce the answer can be signed beforehand and given to everybody. The signer’s cert goes along. */
export function signOcspResponse(answer: {
  readonly responses: readonly SingleResponse[];
  readonly producedAt: Date;
  readonly nonce?: Uint8Array;
  readonly signer: { readonly cert: Uint8Array; readonly privateKey: KeyObject };
}): Uint8Array {
  const { hash, form, responderId, certs } = signerOf(answer.signer.cert);
  const tbs = sequence(
    responderId,
    generalizedTime(answer.producedAt),
    tree(tags.sequence, ...answer.responses.map(singleTree)),
    ...(answer.nonce === undefined ? [] : [tree(EXPLICIT_1, tree(tags.sequence, nonceTree(answer.nonce)))]),
  );
  const signature = tree(tags.bitString, NO_BITS_UNUSED, sign(hash, tbs, answer.signer.privateKey));
  const basic = tree(tags.octetString, tree(tags.sequence, tbs, form, signature, certs));
  return sequence(SUCCESSFUL, tree(EXPLICIT_0, tree(tags.sequence, basicOid, basic)));
}

/** What its cert says of a signer, in the form in which it stands in each of its answers. */
interface SignerParts {
  readonly hash: string;
  readonly form: Uint8Array;
  readonly responderId: Uint8Array;
  readonly certs: Uint8Array;
}

/** A responder signs everything with one or two certs; reading one costs as much as signing with P-256. */
const signers = new WeakMap<Uint8Array, SignerParts>();

function signerOf(der: Uint8Array): SignerParts {
  const known = signers.get(der);
  if (known) return known;
  const cert = parseCert(der);
  const { hash, signature: forms } = keyAlgorithms[publicKeyOf(cert).algorithm];
  const responderId = explicit(2, octetString(keyHashOf(cert.keyBits)));
  const parts = { hash, form: forms[0] as Uint8Array, responderId, certs: explicit(0, sequence(cert.der)) };
  signers.set(der, parts);
  return parts;
}

/** KeyHash of a ResponderID: SHA-1 of the key’s bits, by RFC 6960 section 4.2.1. A name, not a protection. */
export function keyHashOf(keyBits: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha1').update(keyBits).digest());
}

function singleTree(single: SingleResponse): DerTree {
  const next = single.nextUpdate === undefined ? [] : [tree(EXPLICIT_0, generalizedTime(single.nextUpdate))];
  const thisUpdate = generalizedTime(single.thisUpdate);
  return tree(tags.sequence, certIdTree(single.certId), statusTree(single), thisUpdate, ...next);
}

function statusTree(status: RevocationStatus): DerTree {
  if (status.status === 'good') return tree(GOOD);
  if (status.status === 'unknown') return tree(UNKNOWN);
  const reason = status.reason === undefined ? [] : [tree(EXPLICIT_0, enumerated(status.reason))];
  return tree(REVOKED, generalizedTime(status.at), ...reason);
}

const GOOD = 0x80;
const REVOKED = 0xa1;
const UNKNOWN = 0x82;

/** Throws MalformedInput. */
export function parseOcspResponse(bytes: Uint8Array): BasicResponse | { readonly error: OcspErrorStatus } {
  const outer = DerReader.only(bytes, tags.sequence);
  const status = readEnumerated(outer);
  if (status !== 0) {
    outer.end();
    return { error: errorStatusOf(status) };
  }
  const holder = outer.enter(0xa0);
  outer.end();
  const typed = holder.enter();
  holder.end();
  if (readOid(typed) !== BASIC_OID) malformed('OCSP: not a basic response');
  const basic = DerReader.only(typed.next(tags.octetString).content, tags.sequence);
  typed.end();
  return readBasic(basic);
}

function readBasic(basic: DerReader): BasicResponse {
  const tbs = basic.next(tags.sequence);
  const algorithm = signatureAlgorithmOf(basic.next(tags.sequence).raw);
  const signature = readWholeBits(basic);
  const certs = basic.more ? readCerts(basic.enter(0xa0)) : [];
  basic.end();
  return { tbs: tbs.raw, ...readResponseData(new DerReader(tbs.content)), algorithm, signature, certs };
}

function readCerts(holder: DerReader): Uint8Array[] {
  const list = holder.enter();
  holder.end();
  const certs: Uint8Array[] = [];
  while (list.more) certs.push(list.next(tags.sequence).raw);
  return certs;
}

function readResponseData(data: DerReader) {
  const responderId = readResponderId(data);
  const producedAt = readGeneralizedTime(data);
  const list = data.enter();
  const responses: SingleResponse[] = [];
  do responses.push(readSingle(list.enter()));
  while (list.more);
  const nonce = data.more ? readNonce(readExtensions(data.enter(0xa1))) : undefined;
  data.end();
  return { responderId, producedAt, responses, nonce };
}

function readResponderId(data: DerReader): ResponderId {
  const { tag, content } = data.next();
  const inner = new DerReader(content);
  if (tag !== 0xa1 && tag !== 0xa2) malformed('OCSP: ResponderID');
  const id = tag === 0xa1 ? { byName: inner.next(tags.sequence).raw } : { byKey: inner.next(tags.octetString).content };
  inner.end();
  return id;
}

function readSingle(single: DerReader): SingleResponse {
  const certId = readCertId(single);
  const status = readStatus(single);
  const thisUpdate = readGeneralizedTime(single);
  const next = single.optional(0xa0);
  const nextUpdate = next && readWhole(next.content, readGeneralizedTime);
  if (single.more) refuseUnknownCritical(readExtensions(single.enter(0xa1)), []);
  single.end();
  return { certId, ...status, thisUpdate, ...(nextUpdate && { nextUpdate }) };
}

function readStatus(single: DerReader): RevocationStatus {
  const { tag, content } = single.next();
  if (tag === REVOKED) return readWhole(content, readRevoked);
  if (content.length !== 0 || (tag !== GOOD && tag !== UNKNOWN)) malformed('OCSP: status of a cert');
  return { status: tag === GOOD ? 'good' : 'unknown' };
}

function readRevoked(reader: DerReader): RevocationStatus {
  const at = readGeneralizedTime(reader);
  const reason = reader.optional(0xa0);
  return { status: 'revoked', at, ...(reason && { reason: readWhole(reason.content, readEnumerated) }) };
}

function readEnumerated(reader: DerReader): number {
  const { content } = reader.next(tags.enumerated);
  const [value] = content;
  if (content.length !== 1 || value === undefined || value >= 0x80) malformed('DER: ENUMERATED');
  return value;
}

function readWhole<T>(bytes: Uint8Array, read: (reader: DerReader) => T): T {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}

function errorStatusOf(status: number): OcspErrorStatus {
  const names = Object.keys(ocspErrorStatuses) as OcspErrorStatus[];
  return names.find((name) => ocspErrorStatuses[name] === status) ?? malformed('OCSP: response status');
}
