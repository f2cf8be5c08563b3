export * from './format/geometry.ts';
export { cellType, type Layout, layout } from './format/layout.ts';
export type { CleanPage, CleanPdf } from './intake/clean-pdf.ts';
export { IntakeRefusal, type IntakeRefusalCode, intakeRefusals } from './intake/intake-refusal.ts';
export type { Bilevel, Raster } from './raster.ts';
