export { compose, type RunningSite } from './compose.ts';
export { VerificationConfig } from './config.ts';
