/** 証明発行サーバ: `node --import tsx apps/issuer/src/main.ts --config file`. */
import { runService } from '@machikado/server';
import { compose } from './compose.ts';
import { IssuerConfig } from './config.ts';

await runService({ service: 'issuer', schema: IssuerConfig, compose });
