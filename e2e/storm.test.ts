import { aftermathOf } from './storm/aftermath.ts';

aftermathOf(
  process.env.MACHIKADO_SEED ?? 'typhoon',
  { stores: 40, cardsPerStore: 2, orders: 60, ordersAtOnce: 40, pauseMs: 100 },
  300_000,
);
