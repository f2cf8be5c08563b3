export * from './buttons.ts';
export * from './choices.ts';
export * from './honest-status.ts';
export * from './kind-menu.ts';
export * from './machine.ts';
export type { ScreenEmitted, ScreenEvent } from './machine-actions.ts';
export * from './municipality-list.ts';
export * from './screen-context.ts';
