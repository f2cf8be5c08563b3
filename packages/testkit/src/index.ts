/** Fakes, contract suites and test keys. */
export { answers } from './answers.ts';
export { chanceFrom, damagedBytes } from './damaged-bytes.ts';
export { unlessMissing, withNodePackage, withPrograms } from './debian.ts';
export { freePort, freePorts } from './free-ports.ts';
export * from './hostile-pdfs.ts';
export * from './made-pdf.ts';
export { missingForPcscd, type Pcscd, startPcscd } from './pcscd.ts';
export * from './printer-contract.ts';
export { eventsTable, settingsTable } from './readme-tables.ts';
export * from './real-printers.ts';
export { richObjects, richWith } from './rich-pdf.ts';
export * from './service-pki.ts';
export * from './test-cardholders.ts';
export * from './test-logins.ts';
export * from './test-pdf.ts';
export * from './truths.ts';
