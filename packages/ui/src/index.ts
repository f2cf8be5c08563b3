export * from './kiosk-faults.ts';
export * from './languages.ts';
export * from './sentences.ts';
export * from './steps.ts';
