/**
 * The header of the scrambled image (manifest), 144 bytes, format CS v1. Numbers are big endian.
 *
 * | from | bytes | |
 * |---|---|---|
 * | 0 | 2 | "CS" |
 * | 2 | 1 | version, 1 |
 * | 3 | 1 | flags, 0 |
 * | 4 | 2 | id of the encryption key |
 * | 6 | 2 | resolution of the sealed picture, dpi |
 * | 8 | 2 + 2 | its width and height |
 * | 12 | 16 | salt |
 * | 28 | 4 | issue time, seconds since 1970 |
 * | 32 | 1 | bands, 1 |
 * | 33 | 1 | codec, 0 |
 * | 34 | 2 | id of the signing key |
 * | 36 | 3 | bytes of ciphertext |
 * | 39 | 16 | first bytes of the SHA-256 of the ciphertext |
 * | 55 | 3 | lgCode as a number |
 * | 58 | 8 | issue number |
 * | 66 | 8 | order reference |
 * | 74 | 1 + 1 | sheet n of N |
 * | 76 | 64 | Ed25519 over bytes 0–75 |
 * | 140 | 4 | first bytes of the SHA-256 of bytes 0–139 |
 */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { headerBytes } from './cells.ts';
import { ciphertextBytesMax } from './framing.ts';
import { isPictureSize, isResolution, type ResolutionDpi } from './picture-limits.ts';
import type { ReadingRefusal } from './reading-refusal.ts';
import type { SheetFacts } from './sheet-facts.ts';

export const saltBytes = 16;
export const digestBytes = 16;
const SIGNED_BYTES = 76;
const CHECKED_BYTES = 140;
const MAGIC = 0x4353;
/** Version, flags, number of bands and codec: what this code can read. */
const VERSION = { 2: 1, 3: 0, 32: 1, 33: 0 };

export interface Manifest {
  readonly encryptionKeyId: number;
  readonly signingKeyId: number;
  readonly salt: Uint8Array;
  readonly dpi: ResolutionDpi;
  readonly width: number;
  readonly height: number;
  readonly ciphertextBytes: number;
  readonly ciphertextDigest: Uint8Array;
  readonly facts: SheetFacts;
}

/** A manifest as it was found: nothing of it is true before the signature is checked. */
export interface ParsedHeader {
  readonly manifest: Manifest;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

export function toSignedBytes({ facts, ...manifest }: Manifest): Uint8Array {
  const bytes = Buffer.alloc(SIGNED_BYTES);
  bytes.writeUInt16BE(MAGIC, 0);
  for (const [at, value] of Object.entries(VERSION)) bytes.writeUInt8(value, Number(at));
  bytes.writeUInt16BE(manifest.encryptionKeyId, 4);
  bytes.writeUInt16BE(manifest.dpi, 6);
  bytes.writeUInt16BE(manifest.width, 8);
  bytes.writeUInt16BE(manifest.height, 10);
  writeBytes(bytes, 12, manifest.salt, saltBytes);
  bytes.writeUInt32BE(Math.floor(facts.issuedAt.getTime() / 1000), 28);
  bytes.writeUInt16BE(manifest.signingKeyId, 34);
  bytes.writeUIntBE(manifest.ciphertextBytes, 36, 3);
  writeBytes(bytes, 39, manifest.ciphertextDigest, digestBytes);
  assert.match(facts.lgCode, /^\d{6}$/);
  bytes.writeUIntBE(Number(facts.lgCode), 55, 3);
  writeBytes(bytes, 58, Buffer.from(facts.issueNumber, 'hex'), 8);
  writeBytes(bytes, 66, Buffer.from(facts.orderReference, 'hex'), 8);
  assert(facts.sheet >= 1 && facts.sheet <= facts.of);
  bytes.writeUInt8(facts.sheet, 74);
  bytes.writeUInt8(facts.of, 75);
  return bytes;
}

export function toHeader(signed: Uint8Array, signature: Uint8Array): Uint8Array {
  const header = new Uint8Array(headerBytes);
  header.set(signed, 0);
  writeBytes(header, SIGNED_BYTES, signature, CHECKED_BYTES - SIGNED_BYTES);
  header.set(checkOf(header), CHECKED_BYTES);
  return header;
}

/**
 * Is it a header of any version at all? Every version keeps the two letters in front and the check at the end. A cheap test for the
 * decoder; it says nothing about who wrote it.
 */
export function isHeader(bytes: Uint8Array): boolean {
  return bytes.length === headerBytes && hasMagic(bytes) && hasCheck(bytes);
}

export function parseHeader(header: Uint8Array): ParsedHeader | { readonly refused: ReadingRefusal } {
  if (!isHeader(header)) return { refused: 'TOO_DAMAGED' };
  if (!isReadable(header)) return { refused: 'UNKNOWN_VERSION' };
  const bytes = Buffer.from(header);
  const dpi = bytes.readUInt16BE(6);
  const width = bytes.readUInt16BE(8);
  const height = bytes.readUInt16BE(10);
  const ciphertextBytes = bytes.readUIntBE(36, 3);
  const fits = ciphertextBytes >= 1 && ciphertextBytes <= ciphertextBytesMax;
  if (!isResolution(dpi) || !isPictureSize(width, height) || !fits) return { refused: 'PICTURE_BROKEN' };
  return {
    manifest: {
      encryptionKeyId: bytes.readUInt16BE(4),
      signingKeyId: bytes.readUInt16BE(34),
      salt: header.slice(12, 28),
      dpi,
      width,
      height,
      ciphertextBytes,
      ciphertextDigest: header.slice(39, 55),
      facts: readFacts(bytes),
    },
    signed: header.slice(0, SIGNED_BYTES),
    signature: header.slice(SIGNED_BYTES, CHECKED_BYTES),
  };
}

function readFacts(bytes: Buffer): SheetFacts {
  return {
    lgCode: String(bytes.readUIntBE(55, 3)).padStart(6, '0'),
    issueNumber: bytes.toString('hex', 58, 66),
    orderReference: bytes.toString('hex', 66, 74),
    sheet: bytes.readUInt8(74),
    of: bytes.readUInt8(75),
    issuedAt: new Date(bytes.readUInt32BE(28) * 1000),
  };
}

function hasMagic(bytes: Uint8Array): boolean {
  return bytes[0] === MAGIC >> 8 && bytes[1] === (MAGIC & 0xff);
}

function isReadable(bytes: Uint8Array): boolean {
  return Object.entries(VERSION).every(([at, value]) => bytes[Number(at)] === value);
}

function hasCheck(bytes: Uint8Array): boolean {
  return Buffer.from(checkOf(bytes)).equals(bytes.subarray(CHECKED_BYTES));
}

function checkOf(header: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(header.subarray(0, CHECKED_BYTES))
    .digest()
    .subarray(0, headerBytes - CHECKED_BYTES);
}

function writeBytes(into: Uint8Array, at: number, bytes: Uint8Array, length: number): void {
  assert.equal(bytes.length, length);
  into.set(bytes, at);
}
