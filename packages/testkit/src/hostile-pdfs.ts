/**
 * 悪意ある・壊れた PDF: files that no reader may take as they are, each with a name that says what is wrong. What a strict reader should say
 * of each stands beside it, in six words that any reader has.
 */
import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { chanceFrom, damagedBytes } from './damaged-bytes.ts';
import { madePackedPdf, madePdf, type PdfObjects, pdfStream } from './made-pdf.ts';
import { richObjects, richWith } from './rich-pdf.ts';

export type Hostility =
  | 'NOT_A_PDF'
  | 'ENCRYPTED'
  | 'ACTIVE_CONTENT'
  | 'TOO_LARGE'
  | 'TOO_COMPLEX'
  | 'BROKEN'
  | 'UNSUPPORTED';

export interface HostilePdf {
  readonly name: string;
  readonly because: Hostility;
  /** Made when asked for: some are large. */
  readonly bytes: () => Uint8Array;
}

/** The rich document on the second line of its kind. */
export const richPdf = (): Buffer => madePdf(richObjects);
export const richPackedPdf = (): Buffer => madePackedPdf(richObjects);

export const hostilePdfs: readonly HostilePdf[] = [
  ...named('NOT_A_PDF', {
    'nothing at all': () => Buffer.alloc(0),
    'one zero': () => Buffer.alloc(1),
    'a million zeros': () => Buffer.alloc(1_000_000),
    HTML: () => Buffer.from('<!doctype html><html><body>%PDF-1.7</body></html>'),
    JSON: () => Buffer.from('{"pdf":"%PDF-1.7"}'),
    'a PNG': () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'a JPEG': () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
    'a ZIP': () => Buffer.from('504b0304140000000800', 'hex'),
    PostScript: () => Buffer.from('%!PS-Adobe-3.0\nshowpage\n'),
    'a compressed document': () => deflateSync(richPdf()),
    'a document behind the head of an answer': () => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), richPdf()]),
    'a document behind a mark of byte order': () => Buffer.concat([Buffer.from('efbbbf', 'hex'), richPdf()]),
    'a document in UTF-16': () => Buffer.from(richPdf().toString('latin1'), 'utf16le'),
    'a version of the future': () =>
      Buffer.from(richPdf().toString('latin1').replace('%PDF-1.7', '%PDF-9.9'), 'latin1'),
    'a header without a version': () => Buffer.from('%PDF-\n%%EOF'),
  }),
  ...named('BROKEN', {
    'a header alone': () => Buffer.from('%PDF-1.7\n'),
    'a header and an end': () => Buffer.from('%PDF-1.7\n%%EOF\n'),
    ...Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [`the first ${i + 1} sixteenths`, () => cut(richPdf(), (i + 1) / 16)]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 7 }, (_, i) => [
        `the first ${i + 1} eighths, packed`,
        () => cut(richPackedPdf(), (i + 1) / 8),
      ]),
    ),
    'the last half': () => Buffer.concat([Buffer.from('%PDF-1.7\n'), richPdf().subarray(4000)]),
    'no word of where the table begins': () => edited(/startxref\n\d+\n/, ''),
    'a table that begins at zero': () => edited(/startxref\n\d+/, 'startxref\n0'),
    'a table that begins a byte late': () => edited(/startxref\n(\d+)/, (_, at) => `startxref\n${Number(at) + 1}`),
    'a table beyond the end': () => edited(/startxref\n\d+/, 'startxref\n99999999'),
    'a table at a negative place': () => edited(/startxref\n\d+/, 'startxref\n-5'),
    'no table': () => edited(/xref\n0 1\n[\s\S]*trailer/, 'trailer'),
    'no trailer': () => edited('trailer', 'trialer'),
    'a trailer that is an array': () => edited(/trailer\n<<([^>]*)>>/, 'trailer\n[$1]'),
    'a trailer without a catalog': () => edited('/Root 1 0 R', ''),
    'a catalog that is a page': () => edited('/Root 1 0 R', '/Root 3 0 R'),
    'a catalog that is nowhere': () => edited('/Root 1 0 R', '/Root 99 0 R'),
    'a table of no size': () => madePdf(richObjects, { size: 0 }),
    'a table smaller than its objects': () => madePdf(richObjects, { size: 12 }),
    'text behind the end': () => Buffer.concat([richPdf(), Buffer.from('and more')]),
    'a second document behind the first': () => Buffer.concat([richPdf(), richPdf()]),
    'an object that stands a byte early': () => madePdf(richObjects, { offsets: { 6: 0 } }),
    'an object at the place of another': () => madePdf(richObjects, { offsets: { 6: placeOf(7) } }),
    'an object beyond the end': () => madePdf(richObjects, { offsets: { 6: 99_999_999 } }),
    'an object that the table does not know': () => madePdf(richObjects, { offsets: { 6: undefined } }),
    'an object of another number': () => edited('6 0 obj', '66 0 obj'),
    'an object of another generation': () => edited('\n6 0 obj', '\n6 1 obj'),
    'an object without an end': () => edited('endobj\n7 0', 'endojb\n7 0'),
    'a stream without an end': () => edited('endstream', 'endsteram'),
    'an object that stands in the table twice': () => edited(/(6 1\n\d{10} 00000 n \n)/, '$1$1'),
    'bytes between two objects': () => edited(/endobj\n(?=xref)/, 'endobj\nx '),
    'an object between two objects': () => hidden(),
    'a circle of revisions': () => madePdf(richObjects, { trailer: `/Prev ${startOfTable()}` }),
    'a revision beyond the end': () => madePdf(richObjects, { trailer: '/Prev 99999999' }),
    'a revision that is no table': () => madePdf(richObjects, { trailer: '/Prev 9' }),
    'a revision at a place with a fraction': () => madePdf(richObjects, { trailer: '/Prev 9.5' }),
    'a hidden table that is none': () => madePdf(richObjects, { trailer: '/XRefStm 15' }),
    'a stream without a length': () => rich({ 6: raw('<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] >>') }),
    'a stream longer than it is': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 30 >>') }),
    'a stream shorter than it is': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 1 >>') }),
    'a stream of a negative length': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length -4 >>') }),
    'a stream of a length with a fraction': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 3.5 >>') }),
    'a stream as long as itself': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 6 0 R >>') }),
    'a stream as long as nothing': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 99 0 R >>') }),
    'a stream as long as a page': () => rich({ 6: raw('<< /Subtype /Form /BBox [0 0 9 9] /Length 3 0 R >>') }),
    'ten thousand streams, each as long as the next': () => madePdf(lengthChain(10_000)),
    'a reference that leads to itself': () => rich({ 8: '8 0 R' }),
    'two references that lead to each other': () => rich({ 8: '9 0 R', 9: '8 0 R' }),
    'the same key twice': () =>
      rich({ 8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /BaseFont /Courier >>' }),
    'a key that is a number': () => rich({ 8: '<< /Type /Font 5 /Subtype >>' }),
    'a dictionary that ends early': () => rich({ 8: '<< /Type >>' }),
    'a string without an end': () => rich({ 40: '(never (closed)' }),
    'a hexadecimal string with other letters': () => rich({ 40: '<00GG>' }),
    'an array without an end': () => rich({ 40: '[1 2 3' }),
    'a number with an exponent': () => rich({ 40: '[1e5]' }),
    'a number with two signs': () => rich({ 40: '[--5]' }),
    'a number with a sign inside': () => rich({ 40: '[5-3]' }),
    'a number with two points': () => rich({ 40: '[1.2.3]' }),
    'a number of a thousand digits': () => rich({ 40: `[${'9'.repeat(1000)}]` }),
    'a word in place of an object': () => rich({ 40: 'nothing' }),
    'a name with a zero in it': () => rich({ 40: '/A#00B' }),
    'deflated data that are noise': () => rich({ 4: pdfStream('/Filter /FlateDecode', noise(500)) }),
    'deflated data cut short': () =>
      rich({ 4: pdfStream('/Filter /FlateDecode', cut(deflateSync('q Q'.repeat(500)), 0.5)) }),
    'two contents behind one another in one stream': () =>
      rich({ 4: pdfStream('/Filter /FlateDecode', Buffer.concat([deflateSync('q Q'), deflateSync('/JS')])) }),
    'a filter that does not fit': () => rich({ 4: pdfStream('/Filter /ASCII85Decode', 'zzz{{{~>') }),
    'hexadecimal data without an end': () => rich({ 4: pdfStream('/Filter /ASCIIHexDecode', '71 0A 51') }),
    'runs without an end': () => rich({ 4: pdfStream('/Filter /RunLengthDecode', Buffer.of(5, 1, 2)) }),
    'a predictor that there is not': () =>
      rich({ 4: pdfStream('/DecodeParms << /Predictor 99 >>', 'q Q', { deflate: true }) }),
    'rows with a predictor that there is not': () =>
      rich({ 4: pdfStream('/DecodeParms << /Predictor 12 /Columns 3 >>', '\u0009q Q', { deflate: true }) }),
    'parameters without a filter': () => rich({ 4: pdfStream('/DecodeParms << /Predictor 12 >>', 'q Q') }),
    'no pages': () => rich({ 2: '<< /Type /Pages /Count 0 /Kids [] >>' }),
    'more pages than it says': () => rich({ 2: pages('/Count 1 /Kids [3 0 R 30 0 R]') }),
    'fewer pages than it says': () => rich({ 2: pages('/Count 3 /Kids [3 0 R 30 0 R]') }),
    'the same page twice': () => rich({ 2: pages('/Count 2 /Kids [3 0 R 3 0 R]') }),
    'a tree of pages that holds itself': () => rich({ 2: pages('/Count 2 /Kids [3 0 R 2 0 R]') }),
    'a page without a number': () => rich({ 2: pages('/Count 1 /Kids [<< /Type /Page >>]') }),
    'a page that is a font': () => rich({ 2: pages('/Count 1 /Kids [8 0 R]') }),
    'a page that is nowhere': () => rich({ 2: pages('/Count 1 /Kids [99 0 R]') }),
    'pages that are no list': () => rich({ 2: pages('/Count 1 /Kids 3 0 R') }),
    'a page without a type': () => rich({ 3: '<< /Parent 2 0 R /Contents 4 0 R >>' }),
    'a page that says that it hangs elsewhere': () => rich({ 3: '<< /Type /Page /Parent 1 0 R /Contents 4 0 R >>' }),
    'a page that hangs nowhere': () => rich({ 3: '<< /Type /Page /Contents 4 0 R >>' }),
    'a page without a size': () => rich({ 2: '<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources 5 0 R >>' }),
    'a page of three numbers': () => page('/MediaBox [0 0 595]'),
    'a page as large as a name': () => page('/MediaBox [0 0 /W /H]'),
    'a page turned by an eighth': () => page('/Rotate 45'),
    'a page turned by a word': () => page('/Rotate /Left'),
    'contents that are a font': () => page('/Contents 8 0 R'),
    'contents in contents': () => page('/Contents [[4 0 R]]'),
    'no resources': () => rich({ 2: pages('/Count 1 /Kids [3 0 R]').replace('/Resources 5 0 R', '') }),
    'resources that are a number': () => page('/Resources 5'),
    'a font that there is not': () => content('BT /F9 10 Tf ET'),
    'an image that there is not': () => content('/I9 Do'),
    'a colour space that there is not': () => content('/C9 cs'),
    'a pattern that there is not': () => content('/Pattern cs /P9 scn'),
    'a state that there is not': () => content('/G9 gs'),
    'a shading that there is not': () => content('/S9 sh'),
    'an operator that there is not': () => content('1 0 0 1 0 0 cn'),
    'an operator of four letters': () => content('q Qqqq'),
    'too few operands': () => content('1 0 0 rg 1 2 re'),
    'too many operands': () => content('1 0 0 0 0 rg'),
    'an operand of another kind': () => content('(red) g'),
    'operands at the end': () => content('q Q 1 2 3'),
    'forty operands': () => content(`${'1 '.repeat(40)} scn`),
    'a state restored that was not saved': () => content('Q'),
    'a state saved and not restored': () => content('q q Q'),
    'text in text': () => content('BT BT ET ET'),
    'an end of text outside': () => content('ET'),
    'text without an end': () => content('BT'),
    'marked content without an end': () => content('/Span BMC'),
    'an end of marked content outside': () => content('EMC'),
    'a string without an end in the content': () => content('BT (open Tj ET'),
    'a dictionary with the same key twice in the content': () => content('/Span << /MCID 0 /MCID 1 >> BDC EMC'),
    'a reference in the content': () => content('/Span << /MCID 4 0 R >> BDC EMC'),
    'an array in an array in the content': () => content('BT [[1] (a)] TJ ET'),
    'a closing bracket in the content': () => content('q ) Q'),
    'an inline image that does not end': () => content('BI /W 2 /H 2 /BPC 8 /CS /G ID abcd'),
    'an inline image of other length': () => content('BI /W 2 /H 2 /BPC 8 /CS /G ID abcdefgh EI'),
    'an inline image of no size': () => content('BI /W 0 /H 2 /BPC 8 /CS /G ID  EI'),
    'an inline image with a strange key': () => content('BI /W 1 /H 1 /BPC 8 /CS /G /URL (x) ID a EI'),
    'an inline image in colours that there are not': () => content('BI /W 1 /H 1 /BPC 8 /CS /Plaid ID a EI'),
    'a form that draws itself': () => rich({ 6: form('/XObject << /Me 6 0 R >>', '/Me Do') }),
    'two forms that draw each other': () =>
      rich({ 6: form('/XObject << /You 18 0 R >>', '/You Do'), 18: form('/XObject << /You 6 0 R >>', '/You Do') }),
    'a tile that is laid with itself': () =>
      rich({ 13: tile('/Pattern << /Me 13 0 R >>', '/Pattern cs /Me scn 0 0 1 1 re f') }),
    'a letter that is written with itself': () =>
      rich({ 9: letters('/Resources << /Font << /F2 9 0 R >> >>'), 20: pdfStream('', '5 0 d0 BT /F2 1 Tf (a) Tj ET') }),
    'a mask that is masked with itself': () =>
      rich({ 22: form('/ExtGState << /Soft 10 0 R >>', '/Soft gs 0 0 9 9 re f') }),
    'a map of codes that builds on itself': () =>
      rich({
        8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 40 0 R >>',
        40: pdfStream('/Type /CMap /UseCMap 40 0 R', 'begincmap endcmap'),
      }),
    'a palette of palettes': () => rich({ 11: image('/ColorSpace [/Indexed [/Indexed /DeviceRGB 1 <00>] 1 <00>]') }),
    'a colour space that is built on itself': () =>
      rich({ 40: '[/Separation /A 40 0 R 17 0 R]', ...useSpace('40 0 R') }),
    'a pattern as a base of colours': () => rich({ ...useSpace('[/Separation /A /Pattern 17 0 R]') }),
    'an unknown colour space': () => rich({ ...useSpace('[/DeviceHSV]') }),
    'a palette that is too short': () => rich({ 11: image('/ColorSpace [/Indexed /DeviceRGB 255 <0000>]') }),
    'an image with too few pixels': () => rich({ 7: image('/ColorSpace /DeviceRGB', { width: 400, height: 400 }) }),
    'an image of no size': () => rich({ 7: image('/ColorSpace /DeviceRGB', { width: 0 }) }),
    'an image of negative size': () => rich({ 7: image('/ColorSpace /DeviceRGB', { height: -4 }) }),
    'an image without colours': () => rich({ 7: image('') }),
    'an image in patterns': () => rich({ 7: image('/ColorSpace /Pattern') }),
    'a JPEG that is none': () => rich({ 7: image('/ColorSpace /DeviceRGB /Filter /DCTDecode') }),
    'a JPEG of another size': () => rich({ 7: image(asJpeg, { data: jpeg(5, 4) }) }),
    'a JPEG of other colours': () => rich({ 7: image(asJpeg, { data: jpeg(4, 4, { components: 1 }) }) }),
    'a JPEG without an end': () => rich({ 7: image(asJpeg, { data: cut(jpeg(4, 4), 0.8) }) }),
    'a JPEG without a picture': () => rich({ 7: image(asJpeg, { data: Buffer.from('ffd8ffd9', 'hex') }) }),
    'a JPEG of an unusual kind': () => rich({ 7: image(asJpeg, { data: jpeg(4, 4, { frame: 0xc3 }) }) }),
    'a soft mask in colours': () => rich({ 19: image('/ColorSpace /DeviceRGB') }),
    'a stencil that is an image': () => rich({ 7: image('/ColorSpace /DeviceRGB /Mask 19 0 R') }),
    'a form without a box': () => rich({ 6: pdfStream('/Subtype /Form', '') }),
    'a form in a flat matrix': () => rich({ 6: pdfStream('/Subtype /Form /BBox [0 0 9 9] /Matrix [0 0 0 0 0 0]', '') }),
    'a form that leaves its names to others': () =>
      rich({ 6: pdfStream('/Subtype /Form /BBox [0 0 9 9]', '/Inner Do') }),
    'tiles of no size': () => rich({ 13: tile('', 'q Q', { step: 0 }) }),
    'a shading without a function': () => rich({ 15: '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] >>' }),
    'a shading of an unknown kind': () => rich({ 15: '<< /ShadingType 12 /ColorSpace /DeviceRGB >>' }),
    'a function of an unknown kind': () => rich({ 17: '<< /FunctionType 7 /Domain [0 1] >>' }),
    'a stitched function with too few seams': () =>
      rich({ 17: '<< /FunctionType 3 /Domain [0 1] /Functions [25 0 R 25 0 R] /Bounds [] /Encode [0 1 0 1] >>' }),
    'a sampled function without samples': () =>
      rich({ 17: pdfStream('/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [256] /BitsPerSample 8', 'x') }),
    'a program of unknown words': () => rich({ 17: program('{ dup system }') }),
    'a program with open brackets': () => rich({ 17: program('{ dup { pop }') }),
    'an object stream with other objects': () => packed(/\/N \d+/, '/N 2'),
    'an object stream that begins beyond its end': () => packed(/\/First \d+/, '/First 9999999'),
    'cross-references of strange widths': () => packed('/W [1 4 2]', '/W [1 9 2]'),
    'cross-references that are too few': () => packed(/\/Size \d+/, '/Size 500'),
    'cross-references that are left over': () => packed(/\/Size \d+/, '/Size 20'),
    'cross-references by the billion': () => packed(/\/Size \d+/, '/Index [0 4000000000] /Size 4000000000'),
    'cross-references of negative numbers': () => packed('/W [1 4 2]', '/Index [-5 60] /W [1 4 2]'),
  }),
  ...named('ENCRYPTED', {
    'with RC4': () =>
      madePdf(richObjects, {
        trailer: `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> >>`,
      }),
    'with an object that says how': () =>
      madePdf(richWith({ 40: '<< /Filter /Standard >>' }), { trailer: '/Encrypt 40 0 R' }),
    'with a handler of its own': () => madePdf(richObjects, { trailer: '/Encrypt << /Filter /Home.Made /V 5 >>' }),
    packed: () => madePackedPdf(richObjects, { trailer: '/Encrypt << /Filter /Standard /V 5 /R 6 >>' }),
  }),
  ...named('ACTIVE_CONTENT', {
    'a script at the start': () => catalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'),
    'a script under an escaped name': () => catalog('/OpenAction << /S /J#61vaScript >>'),
    'a script in an object that nothing names': () => rich({ 40: '<< /S /JavaScript /JS (1) >>' }),
    'a script in an object stream': () => madePackedPdf(richWith({ 40: '<< /S /JavaScript /JS (1) >>' })),
    'a tree of scripts': () => catalog('/Names << /JavaScript << /Names [] >> >>'),
    'a script in an outline': () => catalog('/Outlines << /First << /Title (x) /A << /S /JavaScript /JS (1) >> >> >>'),
    'an action when a page opens': () => page('/AA << /O << /S /GoTo >> >>'),
    'a program that is started': () => catalog('/OpenAction << /S /Launch /F (cmd.exe) >>'),
    'another file that is opened': () => catalog('/OpenAction << /S /GoToR /F (other.pdf) >>'),
    'an address that is called': () => catalog('/OpenAction << /S /URI /URI (http://x.example) >>'),
    'a form that is sent off': () => catalog('/OpenAction << /S /SubmitForm /F (x) >>'),
    'data that are fetched': () => catalog('/OpenAction << /S /ImportData /F (x) >>'),
    'a form to fill in': () => catalog('/AcroForm << /Fields [] >>'),
    'a form in XML': () => catalog('/AcroForm << /XFA 40 0 R >>'),
    'files within': () => catalog('/Names << /EmbeddedFiles << /Names [] >> >>'),
    'a file within': () => rich({ 40: pdfStream('/Type /EmbeddedFile', 'MZ') }),
    'files that belong to it': () => catalog('/AF []'),
    'a portfolio': () => catalog('/Collection << >>'),
    layers: () => catalog('/OCProperties << /OCGs [] /D << >> >>'),
    'a form on a layer': () => rich({ 6: pdfStream('/Subtype /Form /BBox [0 0 9 9] /OC 40 0 R', '') }),
    'content on a layer': () => content('/OC /Said BDC EMC'),
    'a note': () => page('/Annots [<< /Subtype /FreeText /Rect [0 0 99 99] /Contents (x) >>]'),
    'a link': () => page('/Annots [<< /Subtype /Link /Rect [0 0 99 99] >>]'),
    'a field': () => page('/Annots [<< /Subtype /Widget /Rect [0 0 99 99] >>]'),
    'notes somewhere else': () => page('/Annots 40 0 R'),
    'a film': () => rich({ 40: '<< /RichMedia << >> >>' }),
    'a signature': () => rich({ 40: '<< /Type /Sig /Filter /Adobe.PPKLite >>' }),
    'a stream in another file': () => rich({ 4: pdfStream('/F (content.txt)', 'q Q') }),
    'a page of another file': () => rich({ 6: pdfStream('/Subtype /Form /BBox [0 0 9 9] /Ref << >>', '') }),
    'another image for print': () => rich({ 7: image('/ColorSpace /DeviceRGB /Alternates []') }),
  }),
  ...named('TOO_LARGE', {
    'nine million bytes': () => Buffer.concat([richPdf(), Buffer.alloc(9_000_000)]),
    'forty-one pages': () => madePdf(manyPages(41)),
    'a page as wide as a street': () => page('/MediaBox [0 0 14400 842]'),
    'a page from corner to corner of numbers': () => page('/MediaBox [-30000 -30000 30000 30000]'),
    'a page of a number without end': () => page(`/MediaBox [0 0 ${'9'.repeat(39)} 842]`),
  }),
  ...named('TOO_COMPLEX', {
    'thirty thousand objects': () =>
      madePdf(Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [i + 1, '0']))),
    'twenty revisions': () => revisions(20),
    'a table of a million nothings': () =>
      edited('xref\n0 1\n', `xref\n100 30000\n${'0000000000 00000 f \n'.repeat(30_000)}0 1\n`),
    'brackets in brackets': () => rich({ 40: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }),
    'brackets that never close': () => rich({ 40: '['.repeat(100_000) }),
    'dictionaries in dictionaries': () => rich({ 40: `${'<< /A '.repeat(5000)}1${' >>'.repeat(5000)}` }),
    'a million zeros in an array': () => rich({ 40: `[${'0 '.repeat(1_000_000)}]` }),
    'a very long name': () => rich({ 40: `/${'A'.repeat(5000)}` }),
    'a tree of pages that is all trunk': () => madePdf(trunk(40)),
    'a bomb in the content': () => rich({ 4: bomb(70) }),
    'a bomb in an image': () =>
      rich({ 7: bomb(70, '/Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceRGB') }),
    'a bomb in a profile': () => rich({ 40: bomb(70, '/N 3'), ...useSpace('[/ICCBased 40 0 R]') }),
    'a bomb in a map of codes': () =>
      rich({ 8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 40 0 R >>', 40: bomb(70) }),
    'a bomb in a bomb': () =>
      rich({ 4: pdfStream('/Filter [/FlateDecode /FlateDecode]', deflateSync(deflatedZeros(70))) }),
    'many streams that are a bomb together': () => rich(manyBombs()),
    'filters in filters': () => rich({ 4: pdfStream(`/Filter [${'/ASCIIHexDecode '.repeat(9)}]`, '00>') }),
    'states saved without end': () => content('q '.repeat(200)),
    'marks in marks': () => content('/Span BMC '.repeat(200)),
    'a million operators': () => content('n '.repeat(1_000_001)),
    'a line of a hundred thousand letters': () => content(`BT [${'(a) '.repeat(100_000)}] TJ ET`),
    'forms that draw ten times ten times ten': () => rich(laughs()),
    'tiles drawn ten thousand times': () =>
      rich({ 13: tile('', '0 0 1 1 re f '.repeat(1000)), 4: pdfStream('', '/Pattern cs /Tiles scn '.repeat(10_000)) }),
    'tiles like dust': () => rich({ 13: tile('', 'q Q', { step: 0.001 }) }),
    'thirty forms in one another': () => rich(nestedForms(30)),
    'an image of a billion pixels': () =>
      rich({ 7: image('/ColorSpace /DeviceRGB', { width: 16_000, height: 16_000 }) }),
    'JPEGs of half a billion pixels together': () => rich(manyJpegs(8)),
    'an image a mile wide': () => rich({ 7: image('/ColorSpace /DeviceRGB', { width: 2_000_000_000, height: 1 }) }),
    'functions in functions': () => rich({ 17: stitches(8) }),
    'functions like branches of a tree': () => rich({ ...branches(), 17: '60 0 R' }),
    'two thousand fonts that share their widths': () => rich(manyWidths(2000)),
    'forty pages of a hundred thousand operators': () =>
      madePdf({ ...manyPages(40, '/Contents 99 0 R'), 99: pdfStream('', 'n '.repeat(100_000), { deflate: true }) }),
    'a very long program': () => rich({ 17: program(`{ ${'dup pop '.repeat(5000)} }`) }),
  }),
  ...named('UNSUPPORTED', {
    'a font whose letters are its own': () =>
      rich({ 8: '<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [8 0 R] >>' }),
    LZW: () => rich({ 4: pdfStream('/Filter /LZWDecode', Buffer.of(0x80, 0x0b)) }),
    JBIG2: () => rich({ 7: image('/ColorSpace /DeviceGray /Filter /JBIG2Decode') }),
    'JPEG 2000': () => rich({ 7: image('/ColorSpace /DeviceRGB /Filter /JPXDecode') }),
    fax: () => rich({ 7: image('/ColorSpace /DeviceGray /Filter /CCITTFaxDecode') }),
    'a filter of its own': () => rich({ 4: pdfStream('/Filter /Home.Made', 'q Q') }),
    'a filter of secrets': () => rich({ 4: pdfStream('/Filter /Crypt', 'q Q') }),
    'a fax within the content': () => content('BI /W 8 /H 1 /IM true /F /CCF ID a EI'),
    'a font that is only named': () => rich({ 8: '<< /Type /Font /Subtype /TrueType /BaseFont /MS-Mincho >>' }),
    'a font of many masters': () => rich({ 8: '<< /Type /Font /Subtype /MMType1 /BaseFont /Helvetica >>' }),
    'a page in other units': () => page('/UserUnit 2'),
    'a page like a stamp': () => page('/MediaBox [0 0 72 72]'),
    'a cropped stamp': () => page('/CropBox [0 0 72 72]'),
    'a page cropped to nothing': () => page('/CropBox [9000 9000 9600 9900]'),
    'PostScript within': () => rich({ 6: pdfStream('/Type /XObject /Subtype /PS', 'showpage') }),
    'a transfer function': () => rich({ 10: '<< /Type /ExtGState /TR 17 0 R >>' }),
    'an image of three bits': () => rich({ 7: image('/ColorSpace /DeviceRGB', { bits: 3 }) }),
  }),
];

/** The rich document with one object damaged, and all lengths and places in order: what is wrong lies deeper than the file. */
export function damagedRichPdf(seed: number): Uint8Array {
  const chance = chanceFrom(seed);
  const numbers = Object.keys(richObjects).map(Number);
  const number = numbers[chance(numbers.length)] as number;
  const object = Buffer.from(richObjects[number] as string, 'latin1');
  return madePdf(richWith({ [number]: damagedObject(object, seed, chance(2) === 0) }));
}

function damagedObject(object: Buffer, seed: number, inDictionary: boolean): Buffer {
  const start = object.indexOf('stream\n');
  if (start < 0) return Buffer.from(damagedBytes(object, seed));
  const entries = object.subarray(3, object.indexOf('/Length'));
  const data = object.subarray(start + 7, object.length - '\nendstream'.length);
  if (inDictionary) return pdfStream(Buffer.from(damagedBytes(entries, seed)).toString('latin1'), data);
  return pdfStream(entries.toString('latin1'), damagedBytes(data, seed));
}

function named(because: Hostility, files: Readonly<Record<string, () => Uint8Array>>): HostilePdf[] {
  return Object.entries(files).map(([name, bytes]) => ({ name, because, bytes }));
}

const rich = (objects: PdfObjects) => madePdf(richWith(objects));
const content = (operators: string) => rich({ 4: pdfStream('', operators) });
const catalog = (entries: string) => rich({ 1: `<< /Type /Catalog /Pages 2 0 R ${entries} >>` });
const page = (entries: string) =>
  rich({
    3: `<< /Type /Page /Parent 2 0 R /Contents 4 0 R ${entries} >>`.replace(/\/Contents 4 0 R (\/Contents)/, '$1'),
  });
const pages = (entries: string) => `<< /Type /Pages /MediaBox [0 0 595.28 841.89] /Resources 5 0 R ${entries} >>`;
const form = (resources: string, operators: string) =>
  pdfStream(`/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << ${resources} >>`, operators);
const tile = (resources: string, operators: string, { step = 10 } = {}) =>
  pdfStream(
    `/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep ${step} /YStep 10 /Resources << ${resources} >>`,
    operators,
  );
const image = (entries: string, { width = 4, height = 4, bits = 8, data = Buffer.alloc(48) as Uint8Array } = {}) =>
  pdfStream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent ${bits} ${entries}`,
    data,
  );
const asJpeg = '/ColorSpace /DeviceRGB /Filter /DCTDecode';
const program = (text: string) => pdfStream('/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]', text);
const letters = (resources: string) => (richObjects[9] as string).replace('/Resources << >>', resources);
const raw = (dictionary: string) => Buffer.from(`${dictionary}\nstream\n0 g q Q\nendstream`);
const bomb = (megabytes: number, entries = '') =>
  pdfStream(`${entries} /Filter /FlateDecode`, deflatedZeros(megabytes));
/** Chooses a colour space in the first page’s place of a named ink. */
const useSpace = (space: string): PdfObjects => ({
  5: (richObjects[5] as string).replace(/\/Spot \[[^\]]*\]/, `/Spot ${space}`),
});
const cut = (bytes: Uint8Array, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

function edited(what: RegExp | string, by: string | ((match: string, ...groups: string[]) => string)): Buffer {
  const text = richPdf().toString('latin1');
  return Buffer.from(text.replace(what, by as string), 'latin1');
}

function packed(what: RegExp | string, by: string): Buffer {
  return Buffer.from(richPackedPdf().toString('latin1').replace(what, by), 'latin1');
}

/** An object that a reader which searches would find, in a place that the table does not name. */
function hidden(): Buffer {
  return madePdf(richWith({ 40: '<< /Length 6 >>\nendobj\n7 0 obj\n(other)' }));
}

const placeOf = (number: number) => richPdf().indexOf(`\n${number} 0 obj`) + 1;

/** Where the table of the rich document begins when its trailer names that very place. */
const startOfTable = () => richPdf().lastIndexOf('\nxref\n') + 1;

/** As good as any bomb, and made at once: one block of a million zeros again and again, and the right sum at the end. */
function deflatedZeros(megabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1_000_000), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const sum = Buffer.alloc(4);
  sum.writeUInt16BE((megabytes * 1_000_000) % 65_521, 0);
  sum.writeUInt16BE(1, 2);
  const end = Buffer.concat([deflateRawSync(Buffer.alloc(0)), sum]);
  return Buffer.concat([Buffer.of(0x78, 0xda), ...Array.from({ length: megabytes }, () => block), end]);
}

function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    }),
  );
}

function manyPages(count: number, entries = ''): PdfObjects {
  const kids = Array.from({ length: count }, (_, i) => i + 3);
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: `<< /Type /Pages /Count ${count} /MediaBox [0 0 595 842] /Resources << >> /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
    ...Object.fromEntries(kids.map((kid) => [kid, `<< /Type /Page /Parent 2 0 R ${entries} >>`])),
  };
}

function trunk(depth: number): PdfObjects {
  const branches = Array.from({ length: depth }, (_, i) => i + 2);
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    ...Object.fromEntries(
      branches.map((at) => [at, `<< /Type /Pages /Count 1 /Parent ${at - 1} 0 R /Kids [${at + 1} 0 R] >>`]),
    ),
    [depth + 2]: '<< /Type /Page /MediaBox [0 0 595 842] /Resources << >> >>',
  };
}

function lengthChain(count: number): PdfObjects {
  const links = Array.from({ length: count }, (_, i) => i + 3);
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Count 0 /Kids [] >>',
    ...Object.fromEntries(links.map((at) => [at, `<< /Length ${at + 1} 0 R >>\nstream\n\nendstream`])),
    [count + 3]: '0',
  };
}

/** The same table again and again, each naming the one before. */
function revisions(count: number): Buffer {
  let bytes = richPdf();
  for (let i = 0; i < count; i += 1) {
    const before = /startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1'))?.[1];
    const start = bytes.length;
    const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 100 /Root 1 0 R /Prev ${before} >>\n`;
    bytes = Buffer.concat([bytes, Buffer.from(`${table}startxref\n${start}\n%%EOF\n`)]);
  }
  return bytes;
}

function laughs(): PdfObjects {
  const levels = Array.from({ length: 8 }, (_, i) => i);
  const one = (i: number) =>
    form(i === 7 ? '' : `/XObject << /Next ${51 + i} 0 R >>`, i === 7 ? '0 0 1 1 re f' : '/Next Do '.repeat(10));
  return {
    6: form('/XObject << /Next 50 0 R >>', '/Next Do'),
    ...Object.fromEntries(levels.map((i) => [50 + i, one(i)])),
  };
}

function nestedForms(depth: number): PdfObjects {
  const levels = Array.from({ length: depth }, (_, i) => i);
  const one = (i: number) =>
    i === depth - 1 ? form('', 'q Q') : form(`/XObject << /Next ${51 + i} 0 R >>`, '/Next Do');
  return {
    6: form('/XObject << /Next 50 0 R >>', '/Next Do'),
    ...Object.fromEntries(levels.map((i) => [50 + i, one(i)])),
  };
}

/** As far as anybody looks who does not draw it. */
function jpeg(width: number, height: number, { components = 3, frame = 0xc0 } = {}): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  const head = Buffer.of(0xff, 0xd8, 0xff, frame, 0, 8 + 3 * components, 8);
  const scan = Buffer.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0);
  return Buffer.concat([
    head,
    size,
    Buffer.of(components),
    Buffer.alloc(3 * components),
    scan,
    Buffer.alloc(8),
    Buffer.of(0xff, 0xd9),
  ]);
}

function manyJpegs(count: number): PdfObjects {
  const numbers = Array.from({ length: count }, (_, i) => 50 + i);
  return {
    5: `<< /XObject << ${numbers.map((number) => `/J${number} ${number} 0 R`).join(' ')} >> >>`,
    4: pdfStream('', numbers.map((number) => `/J${number} Do`).join(' ')),
    ...Object.fromEntries(
      numbers.map((number) => [number, image(asJpeg, { width: 8000, height: 8000, data: jpeg(8000, 8000) })]),
    ),
  };
}

function manyBombs(): PdfObjects {
  const part = bomb(30, '/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray');
  const numbers = [50, 51, 52, 53, 54];
  const xobjects = numbers.map((number) => `/B${number} ${number} 0 R`).join(' ');
  return {
    5: `<< /XObject << ${xobjects} >> >>`,
    4: pdfStream('', numbers.map((number) => `/B${number} Do`).join(' ')),
    ...Object.fromEntries(numbers.map((number) => [number, part])),
  };
}

/** Four levels of sixty-four: sixteen million functions, were each of them read where it is named. */
function branches(): PdfObjects {
  const all = (number: number) => Array.from({ length: 64 }, () => `${number} 0 R`).join(' ');
  const seams = Array.from({ length: 63 }, (_, i) => (i + 1) / 64).join(' ');
  const stitched = (number: number) =>
    `<< /FunctionType 3 /Domain [0 1] /Functions [${all(number)}] /Bounds [${seams}] /Encode [${'0 1 '.repeat(64)}] >>`;
  return {
    ...{ 60: stitched(61), 61: stitched(62), 62: stitched(63), 63: stitched(64), 64: stitched(65) },
    65: stitched(25),
  };
}

function manyWidths(count: number): PdfObjects {
  const numbers = Array.from({ length: count }, (_, i) => 1000 + i);
  const fonts = numbers.map((number) => `/W${number} ${number} 0 R`).join(' ');
  return {
    4: pdfStream('', `BT ${numbers.map((number) => `/W${number} 1 Tf`).join(' ')} ET`),
    5: `<< /Font << ${fonts} >> >>`,
    40: `[${'500 '.repeat(256)}]`,
    41: `<< /Type /Encoding /Differences [0 ${'/A '.repeat(1000)}] >>`,
    ...Object.fromEntries(
      numbers.map((number) => [
        number,
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths 40 0 R /Encoding 41 0 R >>',
      ]),
    ),
  };
}

function stitches(depth: number): string {
  const inner = '<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >>';
  return Array.from({ length: depth }).reduce<string>(
    (text) => `<< /FunctionType 3 /Domain [0 1] /Functions [${text}] /Bounds [] /Encode [0 1] >>`,
    inner,
  );
}
