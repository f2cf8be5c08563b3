export { drawSeal } from './draw-seal.ts';
export { expectationOf } from './expectation-of.ts';
export { type Font, loadFonts } from './font-manifest.ts';
export { formVersionOn, readContract } from './form-contract.ts';
export { missingGlyphs } from './missing-glyphs.ts';
export type { PlacedName } from './name-boxes.ts';
export { type PersonData, type ResidentRecordData, toResidentRecordData } from './resident-record-data.ts';
export type { IssuerOnPaper, ResidentRecordOrder } from './resident-record-order.ts';
export { createTypesetter, DoesNotFit, type TypesetDocument, type TypesetJob, type Typesetter } from './typesetter.ts';
