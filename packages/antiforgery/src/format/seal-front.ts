/** スクランブル画像: enciphers a coded front and signs what it is. The ciphertext is printed, the key is derived from the salt beside it. */
import { strict as assert } from 'node:assert';
import { createCipheriv, createHash } from 'node:crypto';
import type { CodedFront } from './code-front.ts';
import { digestBytes, saltBytes, toHeader, toSignedBytes } from './manifest.ts';
import type { SheetFacts } from './sheet-facts.ts';
import type { TreatmentKeys } from './treatment-keys.ts';

export interface SealedFront {
  readonly header: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** `salt`: 16 random bytes, used for this sheet alone. Two sheets with one salt would share a key stream. */
export async function sealFront(sheet: {
  readonly coded: CodedFront;
  readonly facts: SheetFacts;
  readonly salt: Uint8Array;
  readonly keys: TreatmentKeys;
}): Promise<SealedFront> {
  const { coded, facts, salt, keys } = sheet;
  assert.equal(salt.length, saltBytes);
  const ciphertext = encipher(coded.bytes, await keys.deriveKey(salt));
  const signed = toSignedBytes({
    encryptionKeyId: keys.encryptionKeyId,
    signingKeyId: keys.signingKeyId,
    salt,
    dpi: coded.dpi,
    width: coded.width,
    height: coded.height,
    ciphertextBytes: ciphertext.length,
    ciphertextDigest: digestOf(ciphertext),
    facts,
  });
  return { header: toHeader(signed, await keys.sign(signed)), ciphertext };
}

/** AES-256-CTR, which deciphers as well. That nothing was changed is the signature’s business. */
export function encipher(bytes: Uint8Array, sheetKey: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', sheetKey.subarray(0, 32), sheetKey.subarray(32));
  const { buffer, byteOffset, byteLength } = cipher.update(bytes);
  // Not as a Buffer, whose slice() is no copy.
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function digestOf(ciphertext: Uint8Array): Uint8Array {
  return createHash('sha256').update(ciphertext).digest().subarray(0, digestBytes);
}
