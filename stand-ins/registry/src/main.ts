import { runService } from '@machikado/server';
import { compose } from './compose.ts';
import { RegistryConfig } from './config.ts';

await runService({ service: 'registry', schema: RegistryConfig, compose });
