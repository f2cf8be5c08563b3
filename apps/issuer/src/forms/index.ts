export { drawSeal } from './draw-seal.ts';
export { expectationOf } from './expectation-of.ts';
export { describeFont, type Font, loadFonts } from './font-manifest.ts';
export { formOn } from './form-contract.ts';
export { LettersTable, municipalFonts } from './letters-table.ts';
export { missingGlyphs } from './missing-glyphs.ts';
export { textsOn } from './texts-on.ts';
export { type TypesetCertificate, typesetCertificate } from './typeset-certificate.ts';
export { createTypesetter, DoesNotFit, type Typesetter } from './typesetter.ts';
