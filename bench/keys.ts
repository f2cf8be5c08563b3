/** The center’s keys on the benches, and those of somebody who would like to be the center. The same ones in every run, so that a trial can be repeated. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type OpeningKeys, type TreatmentKeys, treatmentKeysFrom } from '@machikado/antiforgery';

export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const signingKeyFrom = (text: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, digestOf(text)]), format: 'der', type: 'pkcs8' });

const master = digestOf('bench master key');
const signingKey = signingKeyFrom('bench signing key');
const encryption = { encryptionKeyId: 1, master };
export const centerKeys: TreatmentKeys = treatmentKeysFrom({ ...encryption, signingKeyId: 1, signingKey });

/** What a verification site holds. */
export const openingKeys: OpeningKeys = {
  masters: new Map([[1, master]]),
  signers: new Map([[1, createPublicKey(signingKey)]]),
};

/** They have the master key, which every site holds, but nobody’s signing key but their own. */
export const strangersKeys = (signingKeyId: number): TreatmentKeys =>
  treatmentKeysFrom({ ...encryption, signingKeyId, signingKey: signingKeyFrom('a stranger') });
