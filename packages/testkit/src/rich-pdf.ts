/**
 * A sound PDF that uses most of what makers of documents use: two pages, a form in a form, a font that is named and one that is drawn,
 * images in several colours with masks, an inline image, tiles, shadings, soft masks, palettes, named inks, an inherited page size.
 */
import type { PdfObjects } from './made-pdf.ts';
import { pdfStream } from './made-pdf.ts';

const content = [
  'q 0.5 0 0 0.5 100 600 cm 1 0 0 rg 0 0 100 100 re f 0.2 0.2 0.2 RG 2 w 10 10 80 80 re S Q',
  '/Span << /MCID 0 /ActualText <FEFF845BDB40DD00> >> BDC BT /F1 12 Tf 1 0 0 1 100 560 Tm (Rich) Tj [(le) -120 (tters)] TJ ET EMC',
  '/Span /Said BDC BT /F2 12 Tf 0 0.4 0 rg 100 540 Td (aba) Tj ET EMC',
  'q 100 0 0 100 100 400 cm /Colours Do Q q 60 0 0 60 220 400 cm /Palette Do Q q 60 0 0 60 300 400 cm 0 0 1 rg /Stencil Do Q',
  'q 1 0 0 1 100 300 cm /Outer Do Q',
  'q /Pattern cs /Tiles scn 220 300 80 80 re f Q q /Uncoloured cs 0.9 0.1 0.1 /Tint scn 320 300 80 80 re f Q',
  'q /Spot cs 0.6 scn 420 300 40 80 re f /Calibrated CS 0 0 1 SCN 470 300 40 80 re S Q',
  'q 100 200 200 60 re W n /Axial sh Q q 320 200 100 60 re W n /Radial sh Q',
  'q /Soft gs 0.1 0.6 0.2 rg 100 100 200 60 re f Q q /Half gs 0 0 0 rg 320 100 100 60 re f Q',
  'q 20 0 0 20 440 100 cm BI /W 2 /H 2 /BPC 8 /CS /RGB ID \xff\x00\x00\x00\xff\x00\x00\x00\xff\x40\x40\x40 EI Q',
  'q 20 0 0 20 470 100 cm BI /W 8 /H 2 /IM true /D [1 0] /F /AHx ID AA55> EI Q',
].join('\n');

const rgb = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => (i * 37) % 256);
const light = Uint8Array.from({ length: 16 }, (_, i) => i * 16);
const transparency = '/Group << /S /Transparency /CS /DeviceRGB /I true >>';

/** Without objects that say where they are; any of them can be replaced. */
export const richObjects: PdfObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Count 2 /Kids [3 0 R 30 0 R] /MediaBox [0 0 595.28 841.89] /Resources 5 0 R >>',
  3: '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>',
  4: pdfStream('', content),
  5: [
    '<< /Font << /F1 8 0 R /F2 9 0 R >> /ExtGState << /Soft 10 0 R /Half << /Type /ExtGState /ca 0.5 /BM /Multiply >> >>',
    '/XObject << /Colours 7 0 R /Palette 11 0 R /Stencil 12 0 R /Outer 6 0 R /Unused 11 0 R >>',
    '/Pattern << /Tiles 13 0 R /Tint 14 0 R >> /Shading << /Axial 15 0 R /Radial 16 0 R >>',
    '/Properties << /Said << /ActualText (said) /Lang (ja) >> >>',
    '/ColorSpace << /Uncoloured [/Pattern /DeviceRGB] /Spot [/Separation /Seal /DeviceRGB 17 0 R]',
    '/Calibrated [/CalRGB << /WhitePoint [0.95 1 1.09] >>] >> >>',
  ].join('\n'),
  6: pdfStream(
    '/Type /XObject /Subtype /Form /BBox [0 0 100 80] /Matrix [1 0 0 1 0 0] /Resources << /XObject << /Inner 18 0 R >> >>',
    '0.8 0.9 1 rg 0 0 100 80 re f q 0.5 0 0 0.5 10 10 cm /Inner Do Q',
  ),
  7: pdfStream(
    '/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceRGB /SMask 19 0 R',
    rgb,
    { deflate: true },
  ),
  8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  9: [
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 97 /LastChar 98',
    '/Widths [10 10] /Encoding << /Differences [97 /square /bar] >> /CharProcs << /square 20 0 R /bar 21 0 R >>',
    '/Resources << >> >>',
  ].join('\n'),
  10: '<< /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G 22 0 R /BC [0 0 0] >> >>',
  11: pdfStream(
    '/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 2 /ColorSpace [/Indexed /DeviceRGB 3 <FF000000FF000000FF808080>]',
    Uint8Array.of(0x1b, 0xe4),
  ),
  12: pdfStream('/Type /XObject /Subtype /Image /Width 8 /Height 4 /ImageMask true /BitsPerComponent 1', 'ABCD'),
  13: pdfStream(
    '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>',
    '1 0 1 rg 0 0 5 5 re f',
  ),
  14: pdfStream(
    '/Type /Pattern /PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >>',
    '0 0 4 4 re f',
  ),
  15: '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [100 0 300 0] /Function 23 0 R /Extend [true true] >>',
  16: [
    '<< /ShadingType 3 /ColorSpace /DeviceRGB /Coords [370 230 0 370 230 40] /Function',
    '<< /FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 1 0] /Functions [23 0 R 23 0 R] >> >>',
  ].join('\n'),
  17: '<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0.8 0.1 0] /N 1 >>',
  18: pdfStream('/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << >>', '0 0.3 0.7 rg 0 0 60 60 re f'),
  19: pdfStream('/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray', light),
  20: pdfStream('', '10 0 0 0 8 8 d1 0 0 8 8 re f'),
  21: pdfStream('', '10 0 d0 0 0 1 rg 0 0 3 8 re f'),
  22: pdfStream(
    `/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /Shading << /Light 24 0 R >> >> ${transparency}`,
    '/Light sh',
  ),
  23: '<< /FunctionType 2 /Domain [0 1] /C0 [1 0.2 0.2] /C1 [0.2 0.2 1] /N 1 >>',
  24: '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [100 0 300 0] /Function 25 0 R /Extend [true true] >>',
  25: '<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >>',
  30: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents [31 0 R 32 0 R] >>',
  31: pdfStream('', '1 1 1 rg 0 0 596 842 re f BT /F1 10 Tf'),
  32: pdfStream('', '100 700 Td (second page) Tj ET'),
};

/** The rich document with some objects replaced or added. */
export const richWith = (objects: PdfObjects): PdfObjects => ({ ...richObjects, ...objects });
