/** A PDF of one A4 page with a black bar and, inside a form, a picture of two pixels in DeviceCMYK: grey of black toner, and the same grey mixed. */
export function twoGreys(): Uint8Array {
  const percent = (...inks: number[]) => inks.map((ink) => Math.round(ink * 2.55));
  const picture = Buffer.from([...percent(0, 0, 0, 30), ...percent(26.6, 20, 19.6, 0)]).toString('hex');
  const page = '0 0 0 1 k 300 700 100 20 re f q 1 0 0 1 100 100 cm /Strip Do Q';
  const form = '100 0 0 100 0 0 cm /Greys Do';
  const stream = (head: string, body: string) => `<< ${head} /Length ${body.length} >>\nstream\n${body}\nendstream`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Strip 5 0 R >> >> >>',
    stream('', page),
    stream('/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /Greys 6 0 R >> >>', form),
    stream(
      '/Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /ASCIIHexDecode',
      `${picture}>`,
    ),
  ];
  let text = '%PDF-1.7\n';
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}
