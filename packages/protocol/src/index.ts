export * from './endpoints.ts';
export * from './errors.ts';
export * from './identifiers.ts';
export * from './lifecycles.ts';
export * from './messages.ts';
export * from './registry.ts';
export * from './screen-messages.ts';
export * from './text-lines.ts';
