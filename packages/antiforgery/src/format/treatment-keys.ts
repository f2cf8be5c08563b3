/**
 * The center’s keys for scrambled images. A port, so that they may live in an HSM or a KMS; the default holds them in memory. They
 * stay out of the workers, which see ciphertext only.
 */
import { strict as assert } from 'node:assert';
import { hkdfSync, type KeyObject, sign } from 'node:crypto';

export interface TreatmentKeys {
  /** 1–65535, printed on the paper; a new key gets a new number. */
  readonly encryptionKeyId: number;
  /** 48 bytes for one sheet, as `sheetKeyOf` derives them from the master key. */
  deriveKey(salt: Uint8Array): Promise<Uint8Array>;
  readonly signingKeyId: number;
  /** Ed25519. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export const masterKeyBytes = 32;
const SHEET_KEY_BYTES = 48;

/** HKDF-SHA-256: a key for AES-256 and its first counter block, one pair for each sheet. */
export function sheetKeyOf(master: Uint8Array, salt: Uint8Array): Uint8Array {
  assert.equal(master.length, masterKeyBytes);
  return new Uint8Array(hkdfSync('sha256', master, salt, 'scramble-v1', SHEET_KEY_BYTES));
}

export function treatmentKeysFrom(held: {
  readonly encryptionKeyId: number;
  readonly master: Uint8Array;
  readonly signingKeyId: number;
  readonly signingKey: KeyObject;
}): TreatmentKeys {
  const { encryptionKeyId, master, signingKeyId, signingKey } = held;
  for (const id of [encryptionKeyId, signingKeyId])
    assert(Number.isInteger(id) && id >= 1 && id <= 0xffff, 'a key id has 16 bits');
  assert.equal(master.length, masterKeyBytes, 'a master key has 32 bytes');
  assert.equal(signingKey.asymmetricKeyType, 'ed25519', 'sheets are signed with Ed25519');
  assert.equal(signingKey.type, 'private');
  return {
    encryptionKeyId,
    signingKeyId,
    deriveKey: async (salt) => sheetKeyOf(master, salt),
    sign: async (bytes) => sign(null, bytes, signingKey),
  };
}
