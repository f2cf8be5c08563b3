/** Names of a font (OpenType 1.9, `name`): Typst finds a font by its family, so a manifest must say the very one. */
import { getTable } from './font-tables.ts';

const FAMILY = 1;
const WINDOWS = 3;
const ENGLISH = 0x409;

export function readFamily(font: Uint8Array): string {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const name = getTable(view, 'name');
  const strings = name + view.getUint16(name + 4);
  for (let i = 0; i < view.getUint16(name + 2); i += 1) {
    const row = name + 6 + i * 12;
    const [platform, , language, id, bytes, at] = [0, 2, 4, 6, 8, 10].map((n) => view.getUint16(row + n)) as [
      ...[number, number, number, number, number, number],
    ];
    if (platform !== WINDOWS || language !== ENGLISH || id !== FAMILY) continue;
    const from = font.byteOffset + strings + at;
    return Buffer.from(font.buffer.slice(from, from + bytes) as ArrayBuffer)
      .swap16()
      .toString('utf16le');
  }
  throw new Error('the font has no English family name');
}
