export { compose, type Overrides, type RunningCenter } from './compose.ts';
export { CenterConfig } from './config.ts';
export type { Center, Ports } from './ports.ts';
export { staffCommand } from './staff-commands.ts';

/** The center's migrations, for whoever prepares its database. */
export const migrations = new URL('../db/', import.meta.url);
