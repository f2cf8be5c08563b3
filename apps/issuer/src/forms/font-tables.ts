/** Table directory of a font file (OpenType 1.9, section “Organization of an OpenType Font”). */
export function findTable(view: DataView, tag: string): number | undefined {
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const record = 12 + i * 16;
    const found = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(record + n)));
    if (found === tag) return view.getUint32(record + 8);
  }
  return undefined;
}

export function getTable(view: DataView, tag: string): number {
  const table = findTable(view, tag);
  if (table === undefined) throw new Error(`the font has no ${tag} table`);
  return table;
}
