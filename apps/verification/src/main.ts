/** 問い合わせサイト as a process: `node --import tsx apps/verification/src/main.ts --config <file>`. */
import { runService } from '@machikado/server';
import { compose } from './compose.ts';
import { VerificationConfig } from './config.ts';

await runService({ service: 'verification', schema: VerificationConfig, compose });
