/** What the town needs of the workbench: its settings. */
export { WorkbenchConfig } from './config.ts';
