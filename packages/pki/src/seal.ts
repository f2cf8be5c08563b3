/**
 * 封印: a copy that nobody can open alone. Each copy is encrypted under a fresh content key (AES-256-GCM) and the key exists only
 * as the XOR of two random shares: one lives in the kiosk’s memory, the other waits at the center until the fee is paid.
 * Deleting either share destroys the copy.
 */
import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { refuse } from '@machikado/protocol';
import { concat, framed, fromHex } from './bytes.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

export interface CopyName {
  readonly orderId: string;
  /** 1 for the first copy. */
  readonly copy: number;
}

export interface SealedBytes {
  /** iv ‖ ciphertext ‖ tag */
  readonly ciphertext: Uint8Array;
  readonly kioskShare: Uint8Array;
  readonly centerShare: Uint8Array;
}

/** `random` must be a cryptographic source; both shares and the iv come from it. */
export function sealCopy(
  from: CopyName & { readonly pdf: Uint8Array; readonly random: (bytes: number) => Uint8Array },
): SealedBytes {
  const [kioskShare, centerShare, iv] = [KEY_BYTES, KEY_BYTES, IV_BYTES].map(from.random) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  assert(kioskShare.length === KEY_BYTES && centerShare.length === KEY_BYTES && iv.length === IV_BYTES);
  const ciphertext = withContentKey(kioskShare, centerShare, (key) => {
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(aadOf(from));
    return concat(iv, cipher.update(from.pdf), cipher.final(), cipher.getAuthTag());
  });
  return { ciphertext, kioskShare, centerShare };
}

/** Refuses with BINDING_MISMATCH when anything was touched: ciphertext, a share, order or copy number. */
export function openCopy(sealed: CopyName & SealedBytes): Uint8Array {
  const { ciphertext, kioskShare, centerShare } = sealed;
  if (ciphertext.length < IV_BYTES + TAG_BYTES) refuse('BINDING_MISMATCH', 'sealed copy is too short');
  if (kioskShare.length !== KEY_BYTES || centerShare.length !== KEY_BYTES) refuse('BINDING_MISMATCH', 'share length');
  const tagAt = ciphertext.length - TAG_BYTES;
  return withContentKey(kioskShare, centerShare, (key) => {
    const decipher = createDecipheriv(CIPHER, key, ciphertext.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(aadOf(sealed)).setAuthTag(ciphertext.subarray(tagAt));
    const pdf = decipher.update(ciphertext.subarray(IV_BYTES, tagAt));
    try {
      return concat(pdf, decipher.final());
    } catch {
      return refuse('BINDING_MISMATCH', 'sealed copy does not open');
    } finally {
      pdf.fill(0);
    }
  });
}

function aadOf({ orderId, copy }: CopyName): Uint8Array {
  assert(Number.isInteger(copy) && copy >= 1 && copy <= 0xffff, 'copy number');
  return framed('machikado/seal/v1', fromHex(orderId), Uint8Array.of(copy >> 8, copy & 0xff));
}

function withContentKey<T>(a: Uint8Array, b: Uint8Array, use: (key: Uint8Array) => T): T {
  const key = a.map((octet, i) => octet ^ (b[i] ?? 0));
  try {
    return use(key);
  } finally {
    key.fill(0);
  }
}
