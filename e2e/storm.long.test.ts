import { randomBytes } from 'node:crypto';
import { aftermathOf } from './storm/aftermath.ts';

const seed = process.env.MACHIKADO_SEED ?? randomBytes(6).toString('hex');
aftermathOf(seed, { stores: 200, cardsPerStore: 2, orders: 2_000, ordersAtOnce: 24, pauseMs: 1_000 }, 3_000_000);
