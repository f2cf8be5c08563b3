/** Which colour spaces a document speaks of, in its objects and in the operators of its content. */
import { inflateSync } from 'node:zlib';

const rgbWords = /\/DeviceRGB|\/CalRGB|\/ICCBased|\/Lab\b|\/CalGray|\/RGB\b/;
const rgbOperators = /(^|\s)(rg|RG)(\s|$)/;

/** What is not grey or CMYK, quoted; for documents as PdfWriter writes them. */
export function foreignColours(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  const found: string[] = [];
  for (const [, number, body = ''] of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj\n/g)) {
    const dictionary = body.split('\nstream\n')[0] ?? '';
    const words = [rgbWords.exec(dictionary)?.[0], rgbWords.exec(contentOf(dictionary, body))?.[0]];
    const operator = rgbOperators.exec(contentOf(dictionary, body))?.[0];
    for (const word of [...words, operator]) if (word) found.push(`${number}: ${word.trim()}`);
  }
  return found;
}

/** Operators, inflated; nothing for pictures and fonts. */
function contentOf(dictionary: string, body: string): string {
  const start = body.indexOf('\nstream\n');
  if (start < 0 || /\/Subtype ?\/Image|\/Length[123]|\/FontFile|\/FunctionType/.test(dictionary)) return '';
  const data = Buffer.from(body.slice(start + 8, body.lastIndexOf('\nendstream')), 'latin1');
  return /FlateDecode/.test(dictionary) ? inflateSync(data).toString('latin1') : data.toString('latin1');
}
