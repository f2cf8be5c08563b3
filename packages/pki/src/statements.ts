/**
 * Signed statements: the binding record (結び付けの記録) of the issuing server, the seal manifest (封印目録) of the center and the report of the
 * verification site, as compact JWS (RFC 7515) with Ed25519. Header, payload and signature have one spelling each: the header holds alg, kid and typ
 * and nothing else, the payload is canonical JSON, base64url is canonical. So the digest of a statement names its content.
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { BindingRecord, refuse, SealManifest, VerificationReport } from '@machikado/protocol';
import { CompactSign, compactVerify } from 'jose';
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { canonicalJson, type Json } from './canonical-json.ts';

export type StatementType = 'machikado-binding' | 'machikado-seal' | 'machikado-verification';
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

/** Refuses with BINDING_MISMATCH whatever is not exactly a binding record under one of these keys. */
export function readBindingRecord(jws: string, keys: StatementKeys): Promise<BindingRecord> {
  return readStatement('machikado-binding', bindingRecordValidator, jws, keys);
}

export function readSealManifest(jws: string, keys: StatementKeys): Promise<SealManifest> {
  return readStatement('machikado-seal', sealManifestValidator, jws, keys);
}

/** 確認結果の記録, for whoever keeps one in a file. */
export function readVerificationReport(jws: string, keys: StatementKeys): Promise<VerificationReport> {
  return readStatement('machikado-verification', verificationReportValidator, jws, keys);
}

const bindingRecordValidator = Compile(BindingRecord);
const sealManifestValidator = Compile(SealManifest);
const verificationReportValidator = Compile(VerificationReport);

async function readStatement<S extends TSchema>(
  typ: StatementType,
  validator: Validator<Record<never, never>, S>,
  jws: string,
  keys: StatementKeys,
): Promise<Static<S>> {
  const payload = parseCanonical(await verifiedPayload(typ, jws, keys));
  if (!validator.Check(payload)) refuse('BINDING_MISMATCH', `${typ}: payload does not follow its schema`);
  return payload;
}

async function verifiedPayload(typ: StatementType, jws: string, keys: StatementKeys): Promise<string> {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) refuse('BINDING_MISMATCH', `${typ}: not a compact JWS`);
  const header = Buffer.from(parts[0] ?? '', 'base64url').toString('utf8');
  const [kid, key] = [...keys].find(([id]) => header === canonicalJson({ alg: 'EdDSA', kid: id, typ })) ?? [];
  if (kid === undefined || key === undefined) refuse('BINDING_MISMATCH', `${typ}: header or key is not known`);
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch (cause) {
    return refuse('BINDING_MISMATCH', `${typ}: signature does not hold`, { cause });
  }
}

function parseCanonical(text: string): unknown {
  try {
    const value = JSON.parse(text);
    if (canonicalJson(value) === text) return value;
  } catch {
    // falls through to the refusal
  }
  return refuse('BINDING_MISMATCH', 'payload is not canonical JSON');
}

function isCanonicalBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}
