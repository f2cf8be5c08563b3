/**
 * The whole chain in one process, over real sockets and a real PostgreSQL: registry, JPKI, issuing servers, centers. Everything is the
 * real thing; tests put faults at the ports (`overrides`) and move the two clocks.
 */
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CenterConfig,
  type Overrides as CenterOverrides,
  migrations as centerMigrations,
  compose as composeCenter,
  type RunningCenter,
} from '@machikado/center';
import { type TestDatabase, testDatabase } from '@machikado/database';
import {
  compose as composeIssuer,
  type Issuer,
  type IssuerConfig,
  type Overrides as IssuerOverrides,
  issuerMigrations,
  keepBooks,
  publishDirectory,
} from '@machikado/issuer';
import { createTestJpki, type IssuedCard, type TestJpki } from '@machikado/jpki';
import { type FaultyResponder, startFaultyResponder } from '@machikado/jpki/faulty-responder';
import { kidOf } from '@machikado/pki';
import { compose as composeRegistry, type PersonaKey } from '@machikado/registry';
import { createLog, type Log } from '@machikado/server';
import { freePorts, issueServicePki, type ServicePki } from '@machikado/testkit';
import {
  cardOrderFor,
  centerConfig,
  inventedTowns,
  issuerConfig,
  openTownKeys,
  registrationsOf,
  registryConfig,
  SITE,
  type TownPlan,
} from '@machikado/town';
import { sharedReader, sharedTreatment } from './shared-threads.ts';

export interface ChainOptions {
  readonly centers?: number;
  readonly issuers?: number;
  readonly kiosks?: number;
  readonly centerOverrides?: CenterOverrides;
  readonly issuerOverrides?: (ports: Partial<IssuerOverrides>) => Partial<IssuerOverrides>;
  /** Business time at the start. */
  readonly at?: string;
  /** Databases that a test made itself, and drops itself. */
  readonly databases?: Partial<Record<'center' | 'issuer', TestDatabase>>;
  /** What a test wants otherwise in the config files. */
  readonly centerConfig?: Partial<CenterConfig>;
  readonly issuerConfig?: Partial<IssuerConfig>;
  /** Leaves room for a 問い合わせサイト, which the test itself starts, and which the centers push their lists to. */
  readonly site?: boolean;
  /** Where the issuing servers look for the registry, when something lies between. */
  readonly registryPort?: number;
}

/** No background work after the start: between two looks at the tables only the test changes them. */
export const WITHOUT_JOBS = {
  centerConfig: { jobsEveryMs: 3_600_000, statusEveryMs: 3_600_000 },
  issuerConfig: { jobs: { pollMs: 600_000 } },
} satisfies ChainOptions;

/** A Tuesday at 10:00 JST: everything is open. */
export const OPEN_TUESDAY = '2026-11-24T01:00:00.000Z';
const LG_CODES = inventedTowns.map(({ lgCode }) => lgCode);

export interface Chain {
  readonly plan: TownPlan;
  readonly pki: ServicePki;
  readonly jpki: TestJpki;
  readonly ocsp: FaultyResponder;
  readonly registry: ReturnType<typeof composeRegistry>['registry'];
  readonly centers: readonly RunningCenter[];
  readonly issuers: readonly Issuer[];
  readonly centerUrls: readonly string[];
  readonly centerDb: TestDatabase;
  readonly issuerDb: TestDatabase;
  readonly sealKeys: ReadonlyMap<string, ReturnType<typeof createPublicKey>>;
  /** Lines that center and issuer wrote. */
  readonly logLines: string[];
  readonly dir: string;
  setBusinessTime(iso: string): void;
  /** A card for a persona or a resident, known to the registry but not yet to the issuing server. */
  orderCard(
    lgCode: string,
    who: PersonaKey | { readonly residentId: string },
    order?: Partial<ReturnType<typeof cardOrderFor>>,
  ): Promise<IssuedCard>;
  /** Follows the feed and publishes the directory: the night between 利用者登録 and use. */
  passTheNight(): Promise<void>;
  close(): Promise<void>;
}

export async function openChain(options: ChainOptions = {}): Promise<Chain> {
  const { centers = 1, issuers = 1, kiosks = 1, site = false } = options;
  const dir = mkdtempSync(join(tmpdir(), 'machikado-chain-'));
  const closers: (() => Promise<unknown> | unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
  const centerNames = numbered('center', centers);
  const issuerNames = numbered('issuer', issuers);
  const kioskNames = numbered('kiosk', kiosks);
  const [keys, pki, jpki, centerDb, issuerDb, ports] = await Promise.all([
    openTownKeys(join(dir, 'keys')),
    issueServicePki(join(dir, 'pki'), [...centerNames, ...issuerNames, 'registry', SITE], kioskNames),
    createTestJpki({ now: () => new Date() }),
    options.databases?.center ?? testDatabase(centerMigrations),
    options.databases?.issuer ?? testDatabase(issuerMigrations, { schemas: LG_CODES.map((lgCode) => `m${lgCode}`) }),
    freePorts(centers + issuers + 3),
  ]);
  if (!options.databases?.center) closers.push(() => centerDb.drop());
  if (!options.databases?.issuer) closers.push(() => issuerDb.drop());
  const ocsp = await startFaultyResponder(jpki, { now: () => new Date(), host: '127.0.0.1', port: 0 });
  closers.push(() => ocsp.close());

  const port = () => ports.shift() ?? 0;
  const plan: TownPlan = {
    dir,
    towns: inventedTowns,
    keys,
    pki,
    centers: centerNames.map((name) => ({ name, port: port() })),
    issuers: issuerNames.map((name) => ({ name, port: port(), lgCodes: LG_CODES })),
    registries: [{ name: 'registry', port: port(), lgCodes: LG_CODES }],
    kiosks: kioskNames,
    ...(site && { site: { page: port(), inner: port() } }),
    ocspUrl: ocsp.url,
    anchorFiles: jpki.anchors('auth').map((der, i) => writeBytes(join(dir, `anchor-${i}.der`), der)),
    databaseUrlFile: (database) =>
      writeText(join(dir, `${database}.url`), database === 'center' ? centerDb.url : issuerDb.url),
    businessOffsetMs: 0,
  };

  let businessNow = Date.parse(options.at ?? OPEN_TUESDAY);
  const businessClock = { now: () => new Date(businessNow) };
  const logLines: string[] = [];
  const log = (service: string): Log => createLog({ service, strict: true, write: (line) => logLines.push(line) });

  const registryApp = composeRegistry(registryConfig(plan, 'registry', 0), { log: log('registry') });
  await registryApp.listen();
  closers.push(() => registryApp.close());

  const runningIssuers: Issuer[] = [];
  for (const { name } of plan.issuers) {
    const base: Partial<IssuerOverrides> = { businessClock, log: log('issuer'), reader: sharedReader() };
    const config = issuerConfig(plan, name);
    const { registryPort } = options;
    const registry = { ...config.registry, ...(registryPort && { url: `https://127.0.0.1:${registryPort}` }) };
    const issuer = composeIssuer(
      { ...config, registry, ...options.issuerConfig },
      { ...base, ...options.issuerOverrides?.(base) },
    );
    await issuer.listen();
    runningIssuers.push(issuer);
    closers.push(() => issuer.close());
  }
  const runningCenters: RunningCenter[] = [];
  for (const { name } of plan.centers) {
    const center = composeCenter(
      { ...centerConfig(plan, name), ...options.centerConfig },
      {
        businessClock,
        log: log('center'),
        reader: sharedReader(),
        treatment: sharedTreatment(),
        ...options.centerOverrides,
      },
    );
    await center.listen();
    await center.refreshStandings();
    runningCenters.push(center);
    closers.push(() => center.close());
  }
  const isMailLeft = async (lgCode: string) =>
    (await issuerDb.db.query(`select 1 from m${lgCode}.directory_outbox limit 1`)).length > 0;
  const sealPublic = createPublicKey(readFileSync(keys.seal.publicFile, 'utf8'));

  return {
    plan,
    pki,
    jpki,
    ocsp,
    registry: registryApp.registry,
    centers: runningCenters,
    issuers: runningIssuers,
    centerUrls: plan.centers.map((center) => `https://127.0.0.1:${center.port}`),
    centerDb,
    issuerDb,
    sealKeys: new Map([[kidOf(sealPublic), sealPublic]]),
    logLines,
    dir,
    setBusinessTime: (iso) => {
      businessNow = Date.parse(iso);
    },
    async orderCard(lgCode, who, order = {}) {
      const town = registryApp.registry.towns.find((t) => t.lgCode === lgCode);
      if (!town) throw new RangeError(`no town ${lgCode}`);
      const residentId = typeof who === 'string' ? town.personas[who] : who.residentId;
      const card = await jpki.issueCard({ ...cardOrderFor(town, residentId), ...order });
      for (const one of registrationsOf(town, residentId, card.auth))
        registryApp.registry.apply(one.lgCode, [one.change]);
      return card;
    },
    async passTheNight() {
      const [issuer] = runningIssuers;
      if (!issuer) return;
      for (const town of issuer.ports.municipalities.all()) {
        // The servers' own jobs may be at it just now; then theirs is awaited.
        while ((await keepBooks(town, issuer.ports)) === 'elsewhere') await sleep(20);
        while ((await publishDirectory(town, issuer.ports)).kind === 'published' || (await isMailLeft(town.lgCode))) {
          await sleep(10);
        }
      }
    },
    async close() {
      for (const one of closers.reverse()) await one();
    },
  };
}

function writeBytes(file: string, bytes: Uint8Array): string {
  writeFileSync(file, bytes);
  return file;
}

function writeText(file: string, text: string): string {
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
