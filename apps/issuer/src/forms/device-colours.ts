/**
 * 色: Typst names each grey and each colour by an ICC profile, sRGB or the grey of it. On a screen they mean the same without, and on paper a printer
 * makes black of black alone; but every reader of the file works through the profiles first, which takes PDFium longer than
 * the rest of the page. So the profiles’ place is taken by the plain colours, in as many bytes, so that nothing else moves.
 */
const PROFILED = '[/ICCBased ';
/** What such an object starts with and ends with, and the number of the profile: `\n12 0 obj\n[/ICCBased 70 0 R]\nendobj`. */
const BEFORE = /\n\d+ 0 obj\n$/;
const REST = /^\[\/ICCBased (\d+) 0 R\](?=\nendobj)/;
/** Longer than either. */
const AROUND = 40;

/** A document as Typst writes it, changed in place. */
export function toDeviceColours(pdf: Buffer): Buffer {
  for (let at = pdf.indexOf(PROFILED); at >= 0; at = pdf.indexOf(PROFILED, at + 1)) {
    const [profiled, profile] = REST.exec(pdf.toString('latin1', at, at + AROUND)) ?? [];
    if (!profiled || !profile || !BEFORE.test(pdf.toString('latin1', Math.max(0, at - AROUND), at))) continue;
    const name = { 1: '[/DeviceGray]', 3: '[/DeviceRGB]' }[channelsOf(profile, pdf, at)];
    if (name) pdf.write(name.padEnd(profiled.length), at, 'latin1');
  }
  return pdf;
}

/** Typst writes a profile after what names it. */
function channelsOf(profile: string, pdf: Buffer, namedAt: number): number {
  const at = pdf.indexOf(`\n${profile} 0 obj\n<<`, namedAt);
  return Number(/\/N (\d)/.exec(pdf.toString('latin1', at, pdf.indexOf('stream', at)))?.[1]);
}
