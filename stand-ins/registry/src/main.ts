/** The registry of an invented town as a process: `node --import tsx main.ts --config file`. */
import { runService } from '@machikado/server';
import { compose } from './compose.ts';
import { RegistryConfig } from './config.ts';

await runService({ service: 'registry', schema: RegistryConfig, compose });
