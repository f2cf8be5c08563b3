export { type DecodedSheet, decodeSheet, type ReadingQuality } from './decoding/decode-sheet.ts';
export { type Finder, locateFinders } from './decoding/locate-finders.ts';
export { PIXELS_MAX, type ReadHints, type ReadRefusal, readBack, type SoftSheet } from './decoding/read-back.ts';
export * from './format/geometry.ts';
export { cellType, type Layout, layout } from './format/layout.ts';
export type { CleanPage, CleanPdf } from './intake/clean-pdf.ts';
export { IntakeRefusal, type IntakeRefusalCode, intakeRefusals } from './intake/intake-refusal.ts';
export type { Bilevel, Raster } from './raster.ts';
