/** An A4 page with one picture of bits on it: what a chain of programs lays over other pages. (Debian’s ImageMagick may not write PDF.) */

export interface PagePicture {
  /** 1 = ink. */
  readonly bits: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly leftPt: number;
  readonly topPt: number;
}

export function picturePage({ bits, width, height, dpi, leftPt, topPt }: PagePicture): Uint8Array {
  const [w, h] = [(width * 72) / dpi, (height * 72) / dpi];
  const content = `0 g q ${w} 0 0 ${h} ${leftPt} ${842 - topPt - h} cm /P Do Q`;
  const objects = [
    Buffer.from('<</Type /Catalog /Pages 2 0 R>>'),
    Buffer.from('<</Type /Pages /Count 1 /Kids [3 0 R]>>'),
    Buffer.from(
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</XObject <</P 5 0 R>>>> /Contents 4 0 R>>',
    ),
    Buffer.from(`<</Length ${content.length}>>\nstream\n${content}\nendstream`),
    Buffer.concat([
      Buffer.from(
        `<</Type /XObject /Subtype /Image /ImageMask true /Decode [1 0] /Width ${width} /Height ${height} /BitsPerComponent 1 /Length ${bits.length}>>\nstream\n`,
      ),
      bits,
      Buffer.from('\nendstream'),
    ]),
  ];
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n')];
  const lengthSoFar = () => parts.reduce((sum, { length }) => sum + length, 0);
  const places = objects.map((object, i) => {
    const at = lengthSoFar();
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer\n<</Size 6 /Root 1 0 R>>\nstartxref\n`;
  return Buffer.concat([...parts, Buffer.from(`${table}${lengthSoFar()}\n%%EOF\n`)]);
}
