export * from './kiosk-faults.ts';
export * from './languages.ts';
export * from './next-steps.ts';
export * from './sentences.ts';
export * from './steps.ts';
export * from './texts/catalogue.ts';
export * from './texts/index.ts';
export * from './voice-phrases.ts';
