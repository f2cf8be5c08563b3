/**
 * Two towns, two centers, two issuing servers and PostgreSQL, each a process of its own with a line before it that can fail. Registries
 * and JPKI live here, where their people change and their answers go wrong on demand.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CenterConfig } from '@machikado/center';
import { type Database, openDatabase } from '@machikado/database';
import { createTestJpki } from '@machikado/jpki';
import { type FaultyResponder, startFaultyResponder } from '@machikado/jpki/faulty-responder';
import type { KioskConfig } from '@machikado/kiosk-agent';
import { compose as composeRegistry } from '@machikado/registry';
import { createLog } from '@machikado/server';
import { freePorts, issueServicePki } from '@machikado/testkit';
import {
  cardOrderFor,
  centerConfig,
  inventedTowns,
  issuerConfig,
  issuerDatabase,
  openTownKeys,
  registrationsOf,
  registryConfig,
  type TownPlan,
  writeJson,
} from '@machikado/town';
import { builtProgram } from '../built-program.ts';
import { type KillableService, killableService } from '../kill/killable-service.ts';
import { keepFile, prepareDatabases } from '../kill/prepare-databases.ts';
import { until } from '../kill/until.ts';
import { type Chain, OPEN_TUESDAY } from '../open-chain.ts';
import { createDice } from '../storm/dice.ts';
import { type Applicant, orderCards } from '../storm/people.ts';
import { quickFolder } from '../storm/quick-folder.ts';
import { openLine, type TcpLine } from '../tcp-line.ts';
import { type DatabaseServer, embeddedServer } from './database-server.ts';
import { endWhatWasStarted } from './processes.ts';

export interface TyphoonTown extends Pick<Chain, 'registry'> {
  readonly dir: string;
  readonly plan: TownPlan;
  readonly ocsp: FaultyResponder;
  readonly centers: readonly KillableService[];
  readonly issuers: readonly KillableService[];
  readonly server: DatabaseServer;
  readonly lines: Lines;
  /** As the superuser, wherever the line to the database leads. */
  readonly centerDb: { readonly db: Database };
  readonly issuerDb: { readonly ownerDb: Database };
  readonly kiosks: readonly string[];
  readonly applicants: readonly Applicant[];
  /** For every process that is to have inside.ts in it. */
  readonly insideArgs: readonly string[];
  kioskConfig(kioskId: string): KioskConfig;
  /** The clock of the JPKI; those of the programs are moved in them. */
  setJpkiAhead(ms: number): void;
  close(): Promise<void>;
}

export interface Lines {
  readonly toCenters: readonly TcpLine[];
  readonly toIssuers: readonly TcpLine[];
  readonly toRegistry: TcpLine;
  readonly toDatabase: TcpLine;
}

export interface TownOptions {
  readonly kiosks: number;
  readonly cardsPerKiosk: number;
  readonly seed: string;
  /** Who keeps the books; default: the embedded server. */
  readonly openServer?: (dir: string, port: number) => Promise<DatabaseServer>;
  /** Business time at the start. */
  readonly at?: string;
}

const TWO = [1, 2] as const;
const root = new URL('../../', import.meta.url);
/** A kiosk waits long enough for a process to come back, and not for one that stands still. */
const patience = { retries: 20, retryMs: 250, printPollMs: 5, printStandstillMs: 50 };
const BUSY_JOBS = { jobsEveryMs: 300, statusEveryMs: 1_000, breaker: { pauseMs: 500 } } satisfies Partial<CenterConfig>;

export async function openTyphoonTown(options: TownOptions): Promise<TyphoonTown> {
  const dir = mkdtempSync(join(quickFolder(tmpdir()), 'machikado-typhoon-'));
  // The database's own user must be able to pass.
  chmodSync(dir, 0o711);
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  process.prependOnceListener('exit', endWhatWasStarted);
  const closers: (() => unknown)[] = [
    remove,
    () => process.off('exit', remove),
    () => process.off('exit', endWhatWasStarted),
  ];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return await openIn(dir, options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function openIn(
  dir: string,
  options: TownOptions,
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<TyphoonTown> {
  const centerNames = TWO.map((n) => `center-${n}`);
  const issuerNames = TWO.map((n) => `issuer-${n}`);
  const kiosks = Array.from({ length: options.kiosks }, (_, i) => `kiosk-${i + 1}`);
  const lgCodes = inventedTowns.map(({ lgCode }) => lgCode);
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const [pki, jpki, ports] = await Promise.all([
    issueServicePki(join(dir, 'pki'), [...centerNames, ...issuerNames, 'registry'], kiosks),
    createTestJpki({ now }),
    freePorts(6),
  ]);
  const port = () => ports.shift() ?? 0;
  const ocsp = await startFaultyResponder(jpki, { now, host: '127.0.0.1', port: 0 });
  closers.push(() => ocsp.close());
  const server = await (options.openServer ?? embeddedServer)(join(dir, 'postgres'), port());
  closers.push(() => server.stop());
  const plan: TownPlan = {
    dir,
    towns: inventedTowns,
    keys: openTownKeys(join(dir, 'keys')),
    pki,
    centers: centerNames.map((name) => ({ name, port: port() })),
    issuers: issuerNames.map((name) => ({ name, port: port(), lgCodes })),
    registries: [{ name: 'registry', port: port(), lgCodes }],
    kiosks,
    ocspUrl: ocsp.url,
    anchorFiles: jpki.anchors('auth').map((der, i) => keepFile(join(dir, `anchor-${i}.der`), der)),
    databaseUrlFile: (database) => join(dir, 'keys', `${database}.url`),
    businessOffsetMs: Date.parse(options.at ?? OPEN_TUESDAY) - Date.now(),
  };
  const lineTo = async (target: number) => {
    const line = await openLine();
    line.leadTo(target);
    closers.push(() => line.close());
    return line;
  };
  const lines: Lines = {
    toCenters: await Promise.all(plan.centers.map((center) => lineTo(center.port))),
    toIssuers: await Promise.all(plan.issuers.map((issuer) => lineTo(issuer.port))),
    toRegistry: await lineTo(plan.registries[0]?.port ?? 0),
    toDatabase: await lineTo(server.port),
  };
  const overLine = (url: string) => Object.assign(new URL(url), { port: String(lines.toDatabase.port) }).href;
  await prepareDatabases(plan, server.adminUrl, overLine);
  const overLines: TownPlan = {
    ...plan,
    issuers: plan.issuers.map((issuer, i) => ({ ...issuer, port: lines.toIssuers[i]?.port ?? 0 })),
  };

  const log = createLog({ service: 'registry', write: () => undefined });
  const registryApp = composeRegistry(registryConfig(plan, 'registry', 0), { log });
  await registryApp.listen();
  closers.push(() => registryApp.close());
  const { registry } = registryApp;
  let registrations = 0;
  const orderCard: Chain['orderCard'] = async (lgCode, who, order = {}) => {
    const town = registry.towns.find((one) => one.lgCode === lgCode);
    if (!town) throw new RangeError(`no town ${lgCode}`);
    const residentId = typeof who === 'string' ? town.personas[who] : who.residentId;
    const card = await jpki.issueCard({ ...cardOrderFor(town, residentId), ...order });
    for (const one of registrationsOf(town, residentId, card.auth)) {
      registry.apply(one.lgCode, [one.change]);
      registrations += 1;
    }
    return card;
  };
  // Before the issuing servers begin: they follow the feed at their start, and then at night.
  const applicants = await orderCards(
    { registry, orderCard, passTheNight: async () => undefined },
    kiosks.length * options.cardsPerKiosk,
    createDice(`${options.seed} people`),
  );

  const inside = ['--import', pathToFileURL(join(root.pathname, await builtProgram('e2e/typhoon/inside.ts'))).href];
  const start = async (name: string, app: 'center' | 'issuer', config: unknown) => {
    const file = writeJson(join(dir, 'config'), name, config);
    const service = await killableService(name, `apps/${app}/src/main.ts`, file, dir, inside);
    closers.push(() => service.stop());
    return service;
  };
  const registryUrl = `https://127.0.0.1:${lines.toRegistry.port}`;
  const issuers = await Promise.all(
    issuerNames.map((name) => {
      const config = issuerConfig(plan, name);
      return start(name, 'issuer', { ...config, registry: { ...config.registry, url: registryUrl } });
    }),
  );
  const centers = await Promise.all(
    centerNames.map((name) =>
      start(name, 'center', {
        ...centerConfig({ ...overLines, centers: plan.centers }, name),
        ...BUSY_JOBS,
      }),
    ),
  );

  const asAdmin = (database: string) => {
    const url = overLine(Object.assign(new URL(server.adminUrl), { pathname: `/${database}` }).href);
    const db = openDatabase(url, { max: 4, applicationName: 'typhoon' });
    closers.push(() => db.close());
    return db;
  };
  const db = asAdmin('center');
  const ownerDb = asAdmin(issuerDatabase(lgCodes));
  const sealPublicKeys = [readFileSync(plan.keys.seal.publicFile, 'utf8')];
  await until('the directory knows every card', async () => {
    const [{ known = 0 } = {}] = await db.query<{ known: number }>('select count(*)::int as known from directory');
    return known >= registrations || { waitsFor: `${known} of ${registrations}` };
  });
  return {
    ...{ dir, plan, ocsp, centers, issuers, server, lines, registry, kiosks, applicants, close },
    insideArgs: inside,
    centerDb: { db },
    issuerDb: { ownerDb },
    setJpkiAhead(ms) {
      aheadMs = ms;
    },
    kioskConfig: (kioskId) => ({
      kioskId,
      centerUrl: `https://127.0.0.1:${lines.toCenters[kiosks.indexOf(kioskId) % TWO.length]?.port}`,
      centerPins: plan.centers.map(({ name }) => pki.peer(name).pin),
      tls: pki.peer(kioskId),
      sealPublicKeys,
      stateDir: join(dir, 'kiosks', kioskId),
      patience,
    }),
  };
}
