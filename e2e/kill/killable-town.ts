/**
 * A town of real processes for kill -9: center, issuing server and PostgreSQL die and come back with the same settings on the same
 * ports. Registry and JPKI live in the test; nobody kills them here.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CenterConfig } from '@machikado/center';
import { type Database, type EmbeddedPostgres, openDatabase, startEmbeddedPostgres } from '@machikado/database';
import { createTestJpki } from '@machikado/jpki';
import { startFaultyResponder } from '@machikado/jpki/faulty-responder';
import { compose as composeRegistry } from '@machikado/registry';
import { createLog } from '@machikado/server';
import { freePorts, issueServicePki } from '@machikado/testkit';
import {
  cardOrderFor,
  centerConfig,
  inventedTowns,
  issuerConfig,
  issuerDatabase,
  openingOffsetMs,
  openTownKeys,
  registered,
  registryConfig,
  type TownPlan,
  writeJson,
} from '@machikado/town';
import { builtProgram } from '../built-program.ts';
import { killPostgres } from './kill-postgres.ts';
import { type Killable, killableService } from './killable-service.ts';
import { keepFile, prepareDatabases } from './prepare-databases.ts';
import { until } from './until.ts';

export const targets = ['center', 'issuer', 'postgres'] as const;
export type Target = (typeof targets)[number];

export interface KillableTown {
  readonly dir: string;
  readonly lgCode: string;
  readonly kiosks: readonly string[];
  readonly machines: Readonly<Record<Target, Killable>>;
  /** As the superuser, beside the services. */
  readonly centerDb: Database;
  readonly issuerDb: Database;
  /** What a kiosk must be told, in a file. */
  kioskConfigFile(kioskId: string): string;
  readonly cardFile: string;
  /** kiosk-process.ts, from the root of the repository. */
  readonly kioskProgram: string;
  /** For staff commands. */
  readonly issuerConfigFile: string;
  close(): Promise<void>;
}

const BUSY_JOBS = { jobsEveryMs: 100, statusEveryMs: 500, breaker: { pauseMs: 200 } } satisfies Partial<CenterConfig>;

export async function openKillableTown(kiosks: readonly string[]): Promise<KillableTown> {
  const [town] = inventedTowns;
  if (!town) throw new RangeError('no town');
  const { lgCode } = town;
  const dir = mkdtempSync(join(tmpdir(), 'machikado-kill-'));
  // The database's own user must be able to pass, or its data would lie elsewhere.
  chmodSync(dir, 0o711);
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const keys = openTownKeys(join(dir, 'keys'));
    const [pki, jpki, ports] = await Promise.all([
      issueServicePki(join(dir, 'pki'), ['center', 'issuer', 'registry'], kiosks),
      createTestJpki({ now: () => new Date() }),
      freePorts(4),
    ]);
    const [centerPort = 0, issuerPort = 0, registryPort = 0, postgresPort = 0] = ports;
    const ocsp = await startFaultyResponder(jpki, { now: () => new Date(), host: '127.0.0.1', port: 0 });
    closers.push(() => ocsp.close());

    let postgres: EmbeddedPostgres;
    const startPostgres = async () => {
      postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres'), port: postgresPort });
    };
    await startPostgres();
    closers.push(() => postgres.stop());
    const adminUrl = (database: string) => Object.assign(new URL(postgres.adminUrl), { pathname: `/${database}` }).href;

    const plan: TownPlan = {
      dir,
      towns: [town],
      keys,
      pki,
      centers: [{ name: 'center', port: centerPort }],
      issuers: [{ name: 'issuer', port: issuerPort, lgCodes: [lgCode] }],
      registries: [{ name: 'registry', port: registryPort, lgCodes: [lgCode] }],
      kiosks,
      ocspUrl: ocsp.url,
      anchorFiles: jpki.anchors('auth').map((der, i) => keepFile(join(dir, `anchor-${i}.der`), der)),
      databaseUrlFile: (database) => join(dir, 'keys', `${database}.url`),
      businessOffsetMs: openingOffsetMs(new Date()),
    };
    await prepareDatabases(plan, adminUrl('postgres'));

    const log = createLog({ service: 'registry', write: () => undefined });
    const registry = composeRegistry(registryConfig(plan, 'registry', 0), { log });
    await registry.listen();
    closers.push(() => registry.close());
    const cardFile = await orderCard(lgCode, registry.registry, jpki, dir);

    const configDir = join(dir, 'config');
    const issuerFile = writeJson(configDir, 'issuer', issuerConfig(plan, 'issuer'));
    const centerFile = writeJson(configDir, 'center', { ...centerConfig(plan, 'center'), ...BUSY_JOBS });
    const issuer = await killableService('issuer', 'apps/issuer/src/main.ts', issuerFile, dir);
    closers.push(issuer.stop);
    const center = await killableService('center', 'apps/center/src/main.ts', centerFile, dir);
    closers.push(center.stop);

    const centerDb = openDatabase(adminUrl('center'), { max: 4, applicationName: 'test' });
    const issuerDb = openDatabase(adminUrl(issuerDatabase([lgCode])), { max: 4, applicationName: 'test' });
    closers.push(
      () => centerDb.close(),
      () => issuerDb.close(),
    );
    await until('the directory knows the card', async () => {
      return (await centerDb.query('select 1 from directory')).length > 0;
    });

    return {
      dir,
      lgCode,
      kiosks,
      centerDb,
      issuerDb,
      cardFile,
      kioskProgram: await builtProgram('e2e/kill/kiosk-process.ts'),
      issuerConfigFile: issuerFile,
      machines: {
        center,
        issuer,
        postgres: { kill: () => killPostgres(postgres.pid, centerDb), revive: startPostgres },
      },
      kioskConfigFile: (kioskId) =>
        writeJson(configDir, kioskId, {
          kioskId,
          centerUrl: `https://127.0.0.1:${centerPort}`,
          centerPins: [pki.peer('center').pin],
          tls: pki.peer(kioskId),
          sealPublicKeys: [readFileSync(keys.seal.publicFile, 'utf8')],
          stateDir: join(dir, 'kiosks', kioskId),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function orderCard(
  lgCode: string,
  registry: ReturnType<typeof composeRegistry>['registry'],
  jpki: Awaited<ReturnType<typeof createTestJpki>>,
  dir: string,
): Promise<string> {
  const town = registry.towns.find((one) => one.lgCode === lgCode);
  if (!town) throw new RangeError(`no town ${lgCode}`);
  const residentId = town.personas['family-head'];
  const card = await jpki.issueCard({ ...cardOrderFor(town, residentId), withoutSignatureCert: true });
  registry.apply(lgCode, [registered(residentId, card.auth)]);
  return writeJson(dir, 'card', card.file);
}
