/**
 * The whole CA: for each purpose three generations under one DN, each with its own delegated OCSP signers. Verifiers must tell
 * the generations apart by signature, as with the real one.
 */
import { type Anchor, parseAnchor } from '@machikado/pki';
import { type IssuingCa, makeOcspSignerCert, makeRootCert } from './certs.ts';
import { type KeyKind, makeKeyPair } from './key-pairs.ts';
import type { Purpose } from './profile.ts';
import { type GenerationNumber, generationNumbers, generationValidity } from './validity.ts';

export const signerKinds = { rsa: 'rsa-2048', p256: 'p-256' } as const satisfies Record<string, KeyKind>;
export type SignerKind = keyof typeof signerKinds;

export interface OcspSigner {
  readonly cert: Uint8Array;
  readonly key: IssuingCa['key'];
}

export interface CaGeneration extends IssuingCa {
  readonly generation: GenerationNumber;
  readonly anchor: Anchor;
  readonly signers: Readonly<Record<SignerKind, OcspSigner>>;
}

export const caSlots = (['auth', 'signature'] as const).flatMap((purpose) =>
  generationNumbers.map((generation) => ({ purpose, generation })),
);

/** The serials of the real roots were as unlike each other as these. */
const rootSerials: Readonly<Record<GenerationNumber, string>> = { 1: '01', 2: '0133c349', 3: '06d18006' };
const signerSerials: Readonly<Record<SignerKind, string>> = { rsa: '0a01', p256: '0a02' };

export function makeHierarchy(now: Date): Promise<CaGeneration[]> {
  return Promise.all(caSlots.map((slot) => makeGeneration(slot.purpose, slot.generation, now)));
}

async function makeGeneration(purpose: Purpose, generation: GenerationNumber, now: Date): Promise<CaGeneration> {
  const validity = generationValidity(generation, now);
  const keys = await makeKeyPair('rsa-2048');
  const cert = await makeRootCert(purpose, rootSerials[generation], keys, validity);
  const ca: IssuingCa = { purpose, cert, key: keys.privateKey };
  const [rsa, p256] = await Promise.all([makeSigner(ca, 'rsa', validity), makeSigner(ca, 'p256', validity)]);
  return { ...ca, generation, anchor: parseAnchor(cert), signers: { rsa, p256 } };
}

async function makeSigner(
  ca: IssuingCa,
  kind: SignerKind,
  validity: ReturnType<typeof generationValidity>,
): Promise<OcspSigner> {
  const { publicKey, privateKey } = await makeKeyPair(signerKinds[kind]);
  const cert = await makeOcspSignerCert(ca, signerSerials[kind], publicKey, validity);
  return { cert, key: privateKey };
}
