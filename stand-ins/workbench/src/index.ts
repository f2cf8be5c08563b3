/** What the town needs of the workbench: its settings; and what a test of the whole needs: a workbench in this process. */
export { compose } from './compose.ts';
export { WorkbenchConfig } from './config.ts';
