/** The workbench as a process: `node --import tsx stand-ins/workbench/src/main.ts --config file`. */
import { runService } from '@machikado/server';
import { compose } from './compose.ts';
import { WorkbenchConfig } from './config.ts';

await runService({ service: 'workbench', schema: WorkbenchConfig, compose });
