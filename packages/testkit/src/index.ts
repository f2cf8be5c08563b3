/** Fakes, contract suites and test keys. */
export * from './service-pki.ts';
