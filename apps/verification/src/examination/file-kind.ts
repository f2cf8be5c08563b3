/** What a file is, by its first bytes; names and declared types are anybody’s claim. */
export type FileKind = 'jpeg' | 'png' | 'tiff' | 'webp' | 'pdf';

const marks: readonly (readonly [FileKind, number, readonly number[]])[] = [
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['tiff', 0, [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', 0, [0x4d, 0x4d, 0x00, 0x2a]],
  ['webp', 8, [0x57, 0x45, 0x42, 0x50]],
];
/** Readers find the head of a PDF anywhere in its first kilobyte (ISO 32000-1, annex H.3.4.1). */
const PDF_HEAD_WITHIN = 1024;
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];

export function fileKindOf(bytes: Uint8Array): FileKind | 'heic' | undefined {
  const found = marks.find(([, at, mark]) => mark.every((byte, i) => bytes[at + i] === byte));
  if (found) return found[0];
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIC_BRANDS.includes(ascii(bytes, 8, 12))) return 'heic';
  return ascii(bytes, 0, PDF_HEAD_WITHIN).includes('%PDF-') ? 'pdf' : undefined;
}

const ascii = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
