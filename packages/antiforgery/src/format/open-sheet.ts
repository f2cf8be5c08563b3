/**
 * Opens a sealed front. There is no picture without a valid signature and the signed digest: either the front as the center sealed
 * it, to the bit, or a refusal.
 */
import { type KeyObject, verify } from 'node:crypto';
import type { Bilevel } from '../raster.ts';
import { decodePicture } from './decode-picture.ts';
import { parseHeader } from './manifest.ts';
import type { ResolutionDpi } from './picture-limits.ts';
import type { ReadingRefusal } from './reading-refusal.ts';
import { digestOf, encipher } from './seal-front.ts';
import type { SheetFacts } from './sheet-facts.ts';
import { sheetKeyOf } from './treatment-keys.ts';

/** What a verification site holds: enough to open and to check, not to sign. By the ids printed on the paper. */
export interface OpeningKeys {
  readonly masters: ReadonlyMap<number, Uint8Array>;
  readonly signers: ReadonlyMap<number, KeyObject>;
}

export interface OpenedSheet {
  readonly facts: SheetFacts;
  readonly keyIds: { readonly encryption: number; readonly signing: number };
  readonly dpi: ResolutionDpi;
  readonly picture: Bilevel;
  /** The only state in which a sheet is opened. */
  readonly signature: 'valid';
}

export function openSheet(sheet: {
  readonly header: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly keys: OpeningKeys;
}): OpenedSheet | { readonly refused: ReadingRefusal } {
  const { header, ciphertext, keys } = sheet;
  const parsed = parseHeader(header);
  if ('refused' in parsed) return parsed;
  const { manifest, signed, signature } = parsed;
  const signer = keys.signers.get(manifest.signingKeyId);
  const master = keys.masters.get(manifest.encryptionKeyId);
  if (!signer || !master) return { refused: 'UNKNOWN_KEY' };
  if (!verify(null, signed, signer, signature)) return { refused: 'SIGNATURE_INVALID' };
  const isSealed =
    ciphertext.length === manifest.ciphertextBytes && isSame(digestOf(ciphertext), manifest.ciphertextDigest);
  if (!isSealed) return { refused: 'DIGEST_MISMATCH' };
  const picture = decodePicture(
    encipher(ciphertext, sheetKeyOf(master, manifest.salt)),
    manifest.width,
    manifest.height,
  );
  if (!picture) return { refused: 'PICTURE_BROKEN' };
  const { facts, dpi, encryptionKeyId: encryption, signingKeyId: signing } = manifest;
  return { facts, keyIds: { encryption, signing }, dpi, picture, signature: 'valid' };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}
