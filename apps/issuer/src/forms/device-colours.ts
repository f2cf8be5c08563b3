/**
 * 色: Typst names each grey and each colour by an ICC profile, sRGB or the grey of it. On a screen they mean the same without, and on paper a printer
 * makes black of black alone; but every reader of the file works through the profiles first, which takes PDFium longer than
 * the rest of the page. So the profiles’ place is taken by the plain colours, in as many bytes, so that nothing else moves.
 */
/** An object of its own. (What stands before it is looked at last: at first it would be looked for at every letter of the file.) */
const PROFILED = /\[\/ICCBased (\d+) 0 R\](?<=\n\d+ 0 obj\n.*)(?=\nendobj)/g;

/** A document as Typst writes it. */
export function toDeviceColours(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1');
  const plain = text.replace(PROFILED, (profiled, object: string) => {
    const name = { 1: '[/DeviceGray]', 3: '[/DeviceRGB]' }[channelsOf(object, text)];
    return name?.padEnd(profiled.length) ?? profiled;
  });
  return plain === text ? pdf : Buffer.from(plain, 'latin1');
}

function channelsOf(object: string, text: string): number {
  const at = text.indexOf(`\n${object} 0 obj\n<<`);
  return Number(/\/N (\d)/.exec(text.slice(at, text.indexOf('stream', at)))?.[1]);
}
