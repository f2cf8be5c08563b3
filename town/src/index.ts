/** The town on one machine, for `npm start` and for tests of the whole chain. */
export { openingOffsetMs } from './business-clock.ts';
export { type InventedTown, inventedTowns } from './invented-towns.ts';
export {
  CARD_PIN,
  type CertRegistration,
  cardFileOf,
  cardOrderFor,
  registered,
  registrationsOf,
} from './lay-out-cards.ts';
export { type Service, startService } from './processes.ts';
export { type RunningTown, startTown, type TownOptions, tellRegistry } from './start-town.ts';
export {
  BENCH_KIOSK,
  CENTER_ID,
  centerConfig,
  issuerConfig,
  issuerDatabase,
  OPERATOR_ID,
  registryConfig,
  SITE,
  siteConfig,
  type TownPlan,
  writeJson,
} from './town-configs.ts';
export { openTownKeys, type TownKeys } from './town-keys.ts';
