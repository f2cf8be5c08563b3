/**
 * EMSA-PSS (RFC 8017 section 9.1.1) of a ready SHA-256 digest for a 2048-bit key. node:crypto pads only what it hashed itself, but
 * the card also takes a digest.
 */
import { createHash } from 'node:crypto';

const BLOCK_BYTES = 256;
const HASH_BYTES = 32;
const MASKED_BYTES = BLOCK_BYTES - HASH_BYTES - 1;

export function pssBlock(digest: Uint8Array, salt: Uint8Array): Uint8Array {
  const hash = sha256(new Uint8Array(8), digest, salt);
  const data = Buffer.alloc(MASKED_BYTES);
  data[MASKED_BYTES - salt.length - 1] = 0x01;
  data.set(salt, MASKED_BYTES - salt.length);
  const mask = generateMask(hash);
  const masked = data.map((byte, i) => byte ^ (mask[i] ?? 0));
  // The block must be smaller than the modulus, one bit short of its length.
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, hash, Uint8Array.of(0xbc)]);
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function generateMask(seed: Uint8Array): Uint8Array {
  const rounds = Math.ceil(MASKED_BYTES / HASH_BYTES);
  return Buffer.concat(Array.from({ length: rounds }, (_, i) => sha256(seed, Uint8Array.of(0, 0, 0, i))));
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
