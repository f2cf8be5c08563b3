/** Fakes, contract suites and test keys. */
export { withNodePackage, withPrograms } from './debian.ts';
export { eventsTable, settingsTable } from './readme-tables.ts';
export * from './service-pki.ts';
export * from './test-cardholders.ts';
export * from './test-logins.ts';
export * from './truths.ts';
