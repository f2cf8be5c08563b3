/**
 * A first look at the bytes, before pdfium gets them: streams are inflated within a budget (a deflate bomb stops here, not in
 * the renderer), filters beyond the ordinary are refused, and so is whatever can make a document act or look different
 * elsewhere. Object dictionaries stand outside of streams or inside object streams; both are searched.
 */
import { inflateSync } from 'node:zlib';
import { PdfRefusal } from './pdf-refusal.ts';
import { readingLimits } from './reading-limits.ts';

const ACTIVE =
  /\/(?:JavaScript|JS|EmbeddedFiles?|Filespec|AcroForm|XFA|OpenAction|AA|Launch|RichMedia|SubmitForm|ImportData|GoToR|GoToE|OCProperties|Annots|Movie|Sound|Rendition)(?![A-Za-z0-9])/;
const UNUSUAL_FILTER =
  /\/(?:LZWDecode|LZW|RunLengthDecode|RL|JBIG2Decode|JPXDecode|CCITTFaxDecode|Crypt)(?![A-Za-z0-9])/;
const ENCRYPT = /\/Encrypt(?![A-Za-z0-9])/;

/**
 * The file identifier is random, and Typst writes it in base64: once in some ten thousand documents it spells `/AA` or `/JS`. Only
 * what has neither bracket nor escape in it is left out, so nothing can hide there.
 */
const FILE_ID = /\/ID\s*\[\s*\([A-Za-z0-9+/=]*\)\s*\([A-Za-z0-9+/=]*\)\s*\]/g;

export function refuseStrangeStructure(pdf: Uint8Array): void {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new PdfRefusal('not-a-pdf');
  for (const dictionaries of dictionaryTexts(bytes)) {
    const text = unescapeNames(dictionaries.replace(FILE_ID, ''));
    if (ENCRYPT.test(text)) throw new PdfRefusal('encrypted');
    if (ACTIVE.test(text)) throw new PdfRefusal('active-content');
    if (UNUSUAL_FILTER.test(text)) throw new PdfRefusal('too-complex');
  }
}

/** All text in which dictionaries can stand; on the way every stream is inflated once. */
function dictionaryTexts(bytes: Buffer): string[] {
  const texts: string[] = [];
  const budget = { left: readingLimits.inflatedBytesMax as number };
  let from = 0;
  for (let streams = 0; ; streams += 1) {
    const start = nextStream(bytes, from);
    if (start === undefined) break;
    if (streams >= readingLimits.streamsMax) throw new PdfRefusal('too-complex');
    const before = bytes.toString('latin1', from, start);
    texts.push(before);
    const { content, end } = contentOf(bytes, start, budget);
    const dictionary = before.slice(before.lastIndexOf(' obj'));
    if (/\/ObjStm(?![A-Za-z0-9])/.test(unescapeNames(dictionary))) texts.push(content.toString('latin1'));
    from = end;
  }
  texts.push(bytes.toString('latin1', from));
  return texts;
}

function unescapeNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** ISO 32000-1 section 7.3.8.1: the keyword, then CR LF or LF. */
function nextStream(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf('stream', from); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    const afterEnd = at >= 3 && bytes.toString('latin1', at - 3, at) === 'end';
    const lineFeed = bytes[at + 6] === 0x0a ? 7 : bytes[at + 6] === 0x0d && bytes[at + 7] === 0x0a ? 8 : undefined;
    if (!afterEnd && lineFeed !== undefined) return at + lineFeed;
  }
  return undefined;
}

/** The stream’s content, inflated if it is deflated, and where the search goes on. */
function contentOf(bytes: Buffer, start: number, budget: { left: number }): { content: Buffer; end: number } {
  const raw = bytes.subarray(start);
  const outer = inflated(raw, budget);
  if (!outer) {
    const end = bytes.indexOf('endstream', start);
    if (end === -1) throw new PdfRefusal('not-a-pdf');
    return { content: bytes.subarray(start, end), end };
  }
  let content = outer.content;
  for (let depth = 1; ; depth += 1) {
    const inner = inflated(content, budget);
    if (!inner) break;
    if (depth >= readingLimits.nestedFlateMax) throw new PdfRefusal('too-complex');
    content = inner.content;
  }
  return { content, end: start + outer.used };
}

function inflated(bytes: Buffer, budget: { left: number }): { content: Buffer; used: number } | undefined {
  const looksDeflated = bytes.length > 2 && ((bytes[0] as number) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
  if (!looksDeflated) return undefined;
  try {
    const maxOutputLength = Math.min(readingLimits.streamBytesMax, budget.left + 1);
    const result = inflateSync(bytes, { maxOutputLength, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    budget.left -= result.buffer.length;
    if (budget.left < 0) throw new PdfRefusal('too-complex');
    return { content: result.buffer, used: result.engine.bytesWritten };
  } catch (error) {
    if (error instanceof PdfRefusal) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new PdfRefusal('too-complex', { cause: error });
    return undefined;
  }
}
