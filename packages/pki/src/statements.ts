/**
/**
 * Signed statements: the binding record (結び付けの記録) of the issuing server, the seal manifest (封印目録) and the cancellation list (失効一覧)
 * of the center, and the report of the verification site, as compact JWS (RFC 7515) with Ed25519. Header, payload and signature have one spelling
 * each: the header holds alg, kid and typ and nothing else, the payload is canonical JSON, base64url is canonical. So the digest of a statement
 * names its content.
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  BindingRecord,
  CancellationList,
  type ErrorCode,
  refuse,
  SealManifest,
  VerificationReport,
} from '@machikado/protocol';
import { CompactSign, compactVerify } from 'jose';
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalJson, type Json } from './canonical-json.ts';
import { digestOf } from './references.ts';

/** Each with what its reader refuses it with. */
const refusals = {
  'machikado-binding': 'BINDING_MISMATCH',
  'machikado-seal': 'BINDING_MISMATCH',
  'machikado-cancellations': 'STATEMENT_REFUSED',
  'machikado-verification': 'STATEMENT_REFUSED',
} as const satisfies Record<string, ErrorCode>;
export type StatementType = keyof typeof refusals;
export type StatementKeys = ReadonlyMap<string, KeyObject>;

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** Which key signed: the JWK thumbprint of the public key (RFC 7638). */
  readonly kid: string;
}

export function generateSigningKey(): SigningKey & { readonly publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey, kid: kidOf(publicKey) };
}

/** From the key alone, so that signer and reader need not agree on names. */
export function kidOf(key: KeyObject): string {
  const { crv, kty, x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

export function signStatement(typ: StatementType, payload: Json, { privateKey, kid }: SigningKey): Promise<string> {
  return new CompactSign(Buffer.from(canonicalJson(payload)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ })
    .sign(privateKey);
}

/** Each of these refuses whatever is not exactly such a statement under one of these keys. */
export function readBindingRecord(jws: string, keys: StatementKeys): Promise<BindingRecord> {
  return readStatement('machikado-binding', bindingRecordValidator, jws, keys);
}

export function readSealManifest(jws: string, keys: StatementKeys): Promise<SealManifest> {
  return readStatement('machikado-seal', sealManifestValidator, jws, keys);
}

export function readCancellationList(jws: string, keys: StatementKeys): Promise<CancellationList> {
  return readStatement('machikado-cancellations', cancellationListValidator, jws, keys);
}

/** 確認結果の記録, for whoever keeps one in a file. */
export function readVerificationReport(jws: string, keys: StatementKeys): Promise<VerificationReport> {
  return readStatement('machikado-verification', verificationReportValidator, jws, keys);
}

/** What stands in the list for one copy. */
export function cancellationEntry({ lgCode, issueNumber }: Pick<BindingRecord, 'lgCode' | 'issueNumber'>): string {
  return digestOf(`${lgCode}:${issueNumber}`);
}

const bindingRecordValidator = Compile(BindingRecord);
const sealManifestValidator = Compile(SealManifest);
const cancellationListValidator = Compile(CancellationList);
const verificationReportValidator = Compile(VerificationReport);

async function readStatement<S extends TSchema>(
  typ: StatementType,
  validator: Validator<Record<never, never>, S>,
  jws: string,
  keys: StatementKeys,
): Promise<Static<S>> {
  const payload = parseCanonical(typ, await verifiedPayload(typ, jws, keys));
  if (!validator.Check(payload)) refuse(refusals[typ], `${typ}: payload does not follow its schema`);
  return payload;
}

async function verifiedPayload(typ: StatementType, jws: string, keys: StatementKeys): Promise<string> {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) refuse(refusals[typ], `${typ}: not a compact JWS`);
  const header = Buffer.from(parts[0] ?? '', 'base64url').toString('utf8');
  const [kid, key] = [...keys].find(([id]) => header === canonicalJson({ alg: 'EdDSA', kid: id, typ })) ?? [];
  if (kid === undefined || key === undefined) refuse(refusals[typ], `${typ}: header or key is not known`);
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch (cause) {
    return refuse(refusals[typ], `${typ}: signature does not hold`, { cause });
  }
}

function parseCanonical(typ: StatementType, text: string): unknown {
  try {
    const value = JSON.parse(text);
    if (canonicalJson(value) === text) return value;
  } catch {
    // falls through to the refusal
  }
  return refuse(refusals[typ], `${typ}: payload is not canonical JSON`);
}

function isCanonicalBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}
