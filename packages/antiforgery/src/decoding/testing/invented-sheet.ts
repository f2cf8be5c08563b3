/** A sheet for tests of reading: a sound header with an invented signature, and ciphertext of any length. */
import { createHash } from 'node:crypto';
import { buildCells } from '../../format/cells.ts';
import { toHeader, toSignedBytes } from '../../format/manifest.ts';

export interface InventedSheet {
  readonly header: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly cells: Uint8Array;
}

/** As full as the densest 戸籍. */
export const DENSE_BYTES = 31_700;

export function inventSheet(name: string, ciphertextBytes = DENSE_BYTES): InventedSheet {
  const ciphertext = bytesFrom(name, ciphertextBytes);
  const signed = toSignedBytes({
    encryptionKeyId: 1,
    signingKeyId: 2,
    salt: bytesFrom(`${name} salt`, 16),
    dpi: 200,
    width: 1654,
    height: 2339,
    ciphertextBytes,
    ciphertextDigest: createHash('sha256').update(ciphertext).digest().subarray(0, 16),
    facts: {
      lgCode: '990019',
      issueNumber: '0123456789abcdef',
      orderReference: 'fedcba9876543210',
      sheet: 1,
      of: 1,
      issuedAt: new Date('2026-11-22T03:00:00Z'),
    },
  });
  const header = toHeader(signed, bytesFrom(`${name} signature`, 64));
  return { header, ciphertext, cells: buildCells(header, ciphertext) };
}

function bytesFrom(name: string, length: number): Uint8Array {
  const bytes = Buffer.alloc(Math.ceil(length / 32) * 32);
  for (let at = 0; at < bytes.length; at += 32) createHash('sha256').update(`${name} ${at}`).digest().copy(bytes, at);
  return new Uint8Array(bytes.subarray(0, length));
}
