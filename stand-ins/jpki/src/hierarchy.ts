/**
 * The whole CA: for each purpose three generations under one DN, each with its own delegated OCSP signers. Verifiers must tell
 * the generations apart by signature, as with the real one.
 */
import { type Anchor, parseAnchor } from '@machikado/pki';
import { type IssuingCa, makeOcspSignerCert, makeRootCert } from './certs.ts';
import { type KeyKind, type KeyPair, makeKeyPair } from './key-pairs.ts';
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

/** One responder with one key of each kind, delegated by every root. */
export async function makeHierarchy(now: Date): Promise<CaGeneration[]> {
  const roots = caSlots.map((slot) => makeRoot(slot.purpose, slot.generation, now));
  const [rsa, p256] = await Promise.all([makeKeyPair(signerKinds.rsa), makeKeyPair(signerKinds.p256)]);
  return Promise.all(roots.map(async (root) => withSigners(await root, { rsa, p256 })));
}

type Root = Omit<CaGeneration, 'signers'>;

async function makeRoot(purpose: Purpose, generation: GenerationNumber, now: Date): Promise<Root> {
  const keys = await makeKeyPair('rsa-2048');
  const cert = await makeRootCert(purpose, rootSerials[generation], keys, generationValidity(generation, now));
  return { purpose, generation, cert, key: keys.privateKey, anchor: parseAnchor(cert) };
}

async function withSigners(root: Root, keys: Readonly<Record<SignerKind, KeyPair>>): Promise<CaGeneration> {
  const signer = async (kind: SignerKind): Promise<OcspSigner> => ({
    cert: await makeOcspSignerCert(root, signerSerials[kind], keys[kind].publicKey, root.anchor),
    key: keys[kind].privateKey,
  });
  const [rsa, p256] = await Promise.all([signer('rsa'), signer('p256')]);
  return { ...root, signers: { rsa, p256 } };
}
