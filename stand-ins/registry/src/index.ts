export * from './changes.ts';
export * from './compose.ts';
export * from './config.ts';
export { headOf, isPresent } from './household-order.ts';
export * from './journal.ts';
export * from './registry.ts';
export * from './serve.ts';
export * from './town/generate-town.ts';
export * from './town/personas.ts';
