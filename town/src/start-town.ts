/** Brings the whole town up on this machine: database, keys, JPKI, registries, issuing servers, center, cards. */
import { createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { migrations as centerMigrations } from '@machikado/center';
import { ensureDatabase, migrate, openDatabase, startEmbeddedPostgres } from '@machikado/database';
import { migrateIssuer } from '@machikado/issuer';
import { type AdminClient, createAdminClient } from '@machikado/jpki';
import { kidOf } from '@machikado/pki';
import type { RegistryChange } from '@machikado/registry';
import { issueServicePki } from '@machikado/testkit';
import { buildOne } from '../../scripts/build-pages.ts';
import { openingOffsetMs } from './business-clock.ts';
import { cardRack } from './card-rack.ts';
import { type InventedTown, inventedTowns } from './invented-towns.ts';
import { CARD_PIN, layOut, orderCards } from './lay-out-cards.ts';
import { type Service, startService } from './processes.ts';
import { orderSpecialCards } from './special-cards.ts';
import {
  BENCH_KIOSK,
  benchKioskConfig,
  benchListeners,
  benchPlan,
  centerConfig,
  centerUrlOf,
  issuerConfig,
  issuerDatabase,
  type Pages,
  registryConfig,
  SITE,
  siteConfig,
  siteUrlOf,
  type TownPlan,
  workbenchConfig,
  writeJson,
} from './town-configs.ts';
import { writeTownFile } from './town-file.ts';
import { openTownKeys } from './town-keys.ts';

export interface TownOptions {
  readonly dir: string;
  /** A PostgreSQL server of one’s own, as an admin; absent: the embedded one. */
  readonly databaseUrl?: string;
  readonly kiosks?: readonly string[];
  readonly centers?: number;
  readonly issuersPerTown?: number;
  /** Moves the business clock; absent: only as far as the next opening. */
  readonly businessOffsetMs?: number;
  /** Brings up the kiosk on the workbench too, with its pages. */
  readonly bench?: boolean;
  /** Brings up the 問い合わせサイト; default: with the workbench. */
  readonly site?: boolean;
  readonly say?: (line: string) => void;
}

export interface RunningTown {
  readonly plan: TownPlan;
  readonly townFile: string;
  readonly centerUrl: string;
  /** The page of the workbench, when there is one. */
  readonly benchUrl?: string;
  /** The 問い合わせサイト, when there is one. */
  readonly siteUrl?: string;
  readonly services: readonly Service[];
  readonly adminUrl: string;
  readonly jpkiAdminUrl: string;
  readonly registryAdminUrl: (lgCode: string) => string;
  stop(): Promise<void>;
}

const PREFERRED_PORT = 8440;

export async function startTown(options: TownOptions): Promise<RunningTown> {
  const { dir, say = () => undefined, kiosks = ['kiosk-1'], bench = false, site = bench } = options;
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  const logDir = join(dir, 'log');
  try {
    const keys = openTownKeys(join(dir, 'keys'));
    const pages = bench || site ? buildPagesInto(join(dir, 'pages')) : undefined;
    // Met below, where they are needed.
    pages?.catch(() => undefined);
    say('PostgreSQL …');
    const postgres = options.databaseUrl ? undefined : await startEmbeddedPostgres({ dir: join(dir, 'postgres') });
    if (postgres) stops.push(() => postgres.stop());
    const adminUrl = options.databaseUrl ?? postgres?.adminUrl ?? '';

    const names = namesOf(options);
    const servers = [
      ...names.centers,
      ...[...names.issuers, ...names.registries].map(({ name }) => name),
      ...(site ? [SITE] : []),
    ];
    const pki = await issueServicePki(join(dir, 'pki'), servers, bench ? [...kiosks, BENCH_KIOSK] : kiosks);
    const ports = await choosePorts(
      names.centers.length + names.issuers.length + names.registries.length * 2 + 2 + benchListeners.length + 2,
    );
    const port = () => ports.shift() ?? 0;

    say('JPKI …');
    const jpki = await startService(
      'jpki',
      'stand-ins/jpki/src/main.ts',
      ['--dir', join(dir, 'jpki'), '--port', String(port()), '--admin-port', String(port())],
      logDir,
    );
    stops.push(jpki.stop);
    const jpkiAdminUrl = String(jpki.ready.adminUrl);
    const jpkiAdmin = createAdminClient(jpkiAdminUrl);

    const cardsDir = join(dir, 'cards');
    const cards = orderAllCards(options, cardsDir, jpkiAdmin);
    cards.catch(() => undefined);

    const plan: TownPlan = {
      dir,
      towns: inventedTowns,
      keys,
      pki,
      centers: names.centers.map((name) => ({ name, port: port() })),
      issuers: names.issuers.map((issuer) => ({ ...issuer, port: port() })),
      registries: names.registries.map((registry) => ({ ...registry, port: port() })),
      kiosks,
      ocspUrl: String(jpki.ready.ocspUrl),
      anchorFiles: writeAnchors(dir, (await jpkiAdmin.anchors()).auth),
      databaseUrlFile: (database) => join(dir, 'keys', `${database}.url`),
      businessOffsetMs: options.businessOffsetMs ?? openingOffsetMs(new Date()),
      ...(bench && { bench: benchPlan(port) }),
      ...(site && { site: { page: port(), inner: port() } }),
    };
    await prepareDatabases(plan, adminUrl);

    say('registries, issuing servers, center …');
    const adminPorts = new Map(plan.registries.map(({ name }) => [name, port()]));
    const registryAdminUrl = (lgCode: string) => `http://127.0.0.1:${adminPorts.get(registryOf(plan, lgCode))}`;
    const start = async (name: string, module: string, config: unknown) => {
      const service = await startService(
        name,
        module,
        ['--config', writeJson(join(dir, 'config'), name, config)],
        logDir,
      );
      stops.push(service.stop);
      return service;
    };
    const registries = await Promise.all(
      plan.registries.map(({ name }) =>
        start(name, 'stand-ins/registry/src/main.ts', registryConfig(plan, name, adminPorts.get(name) ?? 0)),
      ),
    );
    const ordered = await cards;
    const registrations = ordered.flatMap(({ fresh }) => fresh.flatMap((card) => card.registrations));
    for (const { lgCode } of inventedTowns) {
      const changes = registrations.filter((one) => one.lgCode === lgCode).map(({ change }) => change);
      if (changes.length > 0) await tellRegistry(registryAdminUrl(lgCode), { lgCode }, changes);
    }
    for (const { town, fresh } of ordered) layOut(fresh, town.lgCode, cardsDir);
    const issuers = await Promise.all(
      plan.issuers.map(({ name }) => start(name, 'apps/issuer/src/main.ts', issuerConfig(plan, name))),
    );
    const centers = await Promise.all(
      plan.centers.map(({ name }) => start(name, 'apps/center/src/main.ts', centerConfig(plan, name))),
    );
    say('利用者登録 …');
    const startBench = async () => {
      if (!plan.bench || !pages) return [];
      const config = workbenchConfig(plan, plan.bench, {
        ...(await pages),
        kioskConfigFile: writeJson(join(dir, 'config'), BENCH_KIOSK, benchKioskConfig(plan, plan.bench, await pages)),
        cards: cardRack(plan.towns, cardsDir),
        clockMoved: options.businessOffsetMs === undefined && plan.businessOffsetMs !== 0,
      });
      return [await start('workbench', 'stand-ins/workbench/src/main.ts', config)];
    };
    const startSite = async () => {
      if (!plan.site || !pages) return [];
      const config = siteConfig(plan, plan.site, (await pages).siteDir);
      return [await start(SITE, 'apps/verification/src/main.ts', config)];
    };
    const [atBench, atSite] = await Promise.all([startBench(), startSite(), untilDirectoryKnows(plan, adminUrl)]);
    const centerUrl = centerUrlOf(plan);
    const townFile = writeTownFile({
      plan,
      centerUrl,
      cardsDir,
      kid: kidOf(createPublicKey(readFileSync(keys.seal.publicFile, 'utf8'))),
      pin: CARD_PIN,
    });
    return {
      plan,
      townFile,
      centerUrl,
      ...(plan.bench && { benchUrl: `http://127.0.0.1:${plan.bench.page}/` }),
      ...(plan.site && { siteUrl: siteUrlOf(plan.site) }),
      services: [jpki, ...registries, ...issuers, ...centers, ...atBench, ...atSite],
      adminUrl,
      jpkiAdminUrl,
      registryAdminUrl,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Both towns at once, while everything else starts. */
function orderAllCards({ bench }: TownOptions, cardsDir: string, jpki: AdminClient) {
  return Promise.all(
    inventedTowns.map(async (town, i) => {
      const special = bench && i === 0 ? await orderSpecialCards(town, cardsDir, jpki) : [];
      return { town, fresh: [...special, ...(await orderCards(town, cardsDir, jpki))] };
    }),
  );
}

async function buildPagesInto(dir: string): Promise<Pages> {
  const [screen, workbench, verification] = await Promise.all([
    buildOne('screen', join(dir, 'screen')),
    buildOne('workbench', join(dir, 'workbench')),
    buildOne('verification', join(dir, 'verification')),
  ]);
  return { screenDir: screen.outDir, pageDir: workbench.outDir, siteDir: verification.outDir };
}

function namesOf({ centers = 1, issuersPerTown = 1 }: TownOptions) {
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => (i === 0 ? name : `${name}-${i + 1}`));
  return {
    centers: numbered('center', centers),
    issuers: inventedTowns.flatMap(({ lgCode }) =>
      numbered(`issuer-${lgCode}`, issuersPerTown).map((name) => ({ name, lgCodes: [lgCode] })),
    ),
    registries: inventedTowns.map(({ lgCode }) => ({ name: `registry-${lgCode}`, lgCodes: [lgCode] })),
  };
}

function registryOf(plan: TownPlan, lgCode: string): string {
  return plan.registries.find((registry) => registry.lgCodes.includes(lgCode))?.name ?? '';
}

function writeAnchors(dir: string, base64: readonly string[]): string[] {
  return base64.map((der, i) => {
    const file = join(dir, 'pki', `jpki-auth-${i + 1}.der`);
    writeFileSync(file, Buffer.from(der, 'base64'));
    return file;
  });
}

async function prepareDatabases(plan: TownPlan, adminUrl: string): Promise<void> {
  const prepare = async (database: string, run: (ownerUrl: string, appRole: string) => Promise<unknown>) => {
    const passwords = {
      ownerPassword: plan.keys.password(`${database}-owner`),
      appPassword: plan.keys.password(`${database}-app`),
    };
    const { ownerUrl, appUrl, appRole } = await ensureDatabase(adminUrl, { database, ...passwords });
    await run(ownerUrl, appRole);
    writeFileSync(plan.databaseUrlFile(database), appUrl, { mode: 0o600 });
  };
  const asOwner = async <T>(url: string, work: (db: ReturnType<typeof openDatabase>) => Promise<T>) => {
    const db = openDatabase(url, { max: 2 });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  await prepare('center', (url, appRole) => asOwner(url, (db) => migrate(db, centerMigrations, { appRole })));
  const shared = new Map(plan.issuers.map(({ lgCodes }) => [issuerDatabase(lgCodes), lgCodes]));
  for (const [database, lgCodes] of shared) {
    await prepare(database, (url, appRole) => asOwner(url, (db) => migrateIssuer(db, { lgCodes, appRole })));
  }
}

export async function tellRegistry(
  adminUrl: string,
  town: Pick<InventedTown, 'lgCode'>,
  changes: readonly RegistryChange[],
): Promise<void> {
  const response = await fetch(`${adminUrl}/admin/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lgCode: town.lgCode, changes }),
  });
  if (!response.ok)
    throw new Error(`the registry of ${town.lgCode} did not take the changes: ${await response.text()}`);
}

/** The feed has been followed and published once every town’s residents are in the center’s directory. */
async function untilDirectoryKnows(plan: TownPlan, adminUrl: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = '/center';
  const db = openDatabase(url.href, { max: 1 });
  try {
    for (const giveUpAt = performance.now() + 60_000; performance.now() < giveUpAt; ) {
      const known = await db.query<{ lg_code: string }>('select distinct lg_code from directory');
      if (plan.towns.every(({ lgCode }) => known.some((row) => row.lg_code === lgCode))) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await db.close();
  }
  throw new Error('the directory stayed empty; see the logs of the issuing servers');
}

/** Free ports, beginning at the usual one, so that addresses stay the same where they can. */
async function choosePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let port = PREFERRED_PORT; found.length < count; port++) if (await isFree(port)) found.push(port);
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
