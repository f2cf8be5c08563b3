/** A page of A4 with pictures of bits on it: what a chain of programs lays over other pages. (Debian’s ImageMagick may not write PDF.) */

export interface PagePicture {
  /** As they lie in the file. Plain ones are repacked by qpdf each time they pass through it. */
  readonly bits: Uint8Array;
  readonly stored: 'plain' | 'deflated' | 'as in a PNG';
  /** The bit that is ink: 1 unless told. */
  readonly ink?: 0 | 1;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly leftPt: number;
  readonly topPt: number;
  /** Left, bottom, width, height: in this box it is not drawn. */
  readonly exceptPt?: readonly [number, number, number, number];
}

export function picturePage(pictures: readonly PagePicture[]): Uint8Array {
  const content = pictures.map(drawn).join('\n');
  const names = pictures.map((_, i) => `/P${i} ${FIRST_PICTURE + i} 0 R`).join(' ');
  const objects = [
    Buffer.from('<</Type /Catalog /Pages 2 0 R>>'),
    Buffer.from('<</Type /Pages /Count 1 /Kids [3 0 R]>>'),
    Buffer.from(
      `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</XObject <<${names}>>>> /Contents 4 0 R>>`,
    ),
    Buffer.from(`<</Length ${content.length}>>\nstream\n${content}\nendstream`),
    ...pictures.map(imageMask),
  ];
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.7\n')];
  const lengthSoFar = () => parts.reduce((sum, { length }) => sum + length, 0);
  const places = objects.map((object, i) => {
    const at = lengthSoFar();
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n`;
  return Buffer.concat([...parts, Buffer.from(`${table}${lengthSoFar()}\n%%EOF\n`)]);
}

const FIRST_PICTURE = 5;

function drawn({ width, height, dpi, leftPt, topPt, exceptPt }: PagePicture, index: number): string {
  const [w, h] = [(width * 72) / dpi, (height * 72) / dpi];
  const clip = exceptPt ? `0 0 595 842 re ${exceptPt.join(' ')} re W* n ` : '';
  return `q 0 g ${clip}${w} 0 0 ${h} ${leftPt} ${842 - topPt - h} cm /P${index} Do Q`;
}

function imageMask({ bits, stored, ink = 1, width, height }: PagePicture): Buffer {
  const png = `/DecodeParms <</Predictor 15 /Columns ${width} /BitsPerComponent 1>> `;
  const filter = stored === 'plain' ? '' : `/Filter /FlateDecode ${stored === 'deflated' ? '' : png}`;
  return Buffer.concat([
    Buffer.from(
      `<</Type /XObject /Subtype /Image /ImageMask true /Decode [${ink} ${1 - ink}] /Width ${width} /Height ${height} /BitsPerComponent 1 ${filter}/Length ${bits.length}>>\nstream\n`,
    ),
    bits,
    Buffer.from('\nendstream'),
  ]);
}
