/** Keys that everybody knows: for tests and for the frozen vectors. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { OpeningKeys } from '../open-sheet.ts';
import { type TreatmentKeys, treatmentKeysFrom } from '../treatment-keys.ts';

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function knownSigningKey(byte: number): KeyObject {
  const der = Buffer.concat([ED25519_PKCS8, Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** Key number n is made of the byte n. */
export function knownTreatmentKeys(encryptionKeyId: number, signingKeyId: number): TreatmentKeys {
  const master = new Uint8Array(32).fill(encryptionKeyId);
  return treatmentKeysFrom({ encryptionKeyId, master, signingKeyId, signingKey: knownSigningKey(signingKeyId) });
}

export function knownOpeningKeys(encryptionKeyIds: readonly number[], signingKeyIds: readonly number[]): OpeningKeys {
  return {
    masters: new Map(encryptionKeyIds.map((id) => [id, new Uint8Array(32).fill(id)])),
    signers: new Map(signingKeyIds.map((id) => [id, createPublicKey(knownSigningKey(id))])),
  };
}
