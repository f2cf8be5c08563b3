/**
 * Table directory of a font file (OpenType 1.9, section “Organization of an OpenType Font”). Only single fonts with TrueType
 * outlines are taken: what these draw can be compared with what is on the paper.
 */
const TRUETYPE = 0x00010000;

export function getTable(view: DataView, tag: string): number {
  if (view.getUint32(0) !== TRUETYPE) throw new Error('not a single font with TrueType outlines');
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const record = 12 + i * 16;
    const found = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(record + n)));
    if (found === tag) return view.getUint32(record + 8);
  }
  throw new Error(`the font has no ${tag} table`);
}
