/** Puts the issuing server together: configuration in, a server that can listen and close out. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Database, openDatabase } from '@machikado/database';
import { offsetClock } from '@machikado/domain';
import { createPdfReader } from '@machikado/inspection';
import { parseAnchors } from '@machikado/pki';
import {
  type Clocks,
  createClient,
  createLog,
  createServer,
  type Peer,
  type Running,
  readSecret,
  systemClocks,
} from '@machikado/server';
import { createCenterDirectory } from './adapters/center-directory.ts';
import { createForms } from './adapters/certificate-forms.ts';
import { openMunicipalities } from './adapters/municipality-files.ts';
import { createPostgresStore } from './adapters/postgres-store.ts';
import { createRegistryClient } from './adapters/registry-client.ts';
import { readBuildId } from './build-id.ts';
import type { IssuerConfig } from './config.ts';
import { startJobs } from './jobs/issuer-jobs.ts';
import type { Repeating } from './jobs/repeat.ts';
import type { LoginRules, Ports } from './ports.ts';
import { serveIssuer } from './routes/issuer-routes.ts';

export interface Overrides extends Partial<Ports> {
  readonly clocks?: Clocks;
  readonly database?: Database;
}

export interface Issuer extends Running {
  listen(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  reload(): Promise<'reloaded' | 'kept'>;
  readonly ports: Ports;
}

export function compose(config: IssuerConfig, overrides: Overrides = {}): Issuer {
  const clocks = overrides.clocks ?? systemClocks();
  const staffSide = openStaffPorts(config, { ...overrides, clocks });
  const ports: Ports = {
    ...staffSide.ports,
    forms: overrides.forms ?? createForms(config.typesetter),
    reader: overrides.reader ?? createPdfReader(config.reader),
    build: overrides.build ?? readBuildId(),
  };
  const server = createServer({
    service: 'issuer',
    log: ports.log,
    tls: config.tls,
    identify: (pin) => findPeer(config, pin),
    inFlightMax: config.inFlightMax ?? 64,
    clocks,
  });
  serveIssuer(server, ports);
  let jobs: Repeating | undefined;
  return {
    ports,
    async listen() {
      const where = await server.listen(config.listen);
      jobs = startJobs(ports, clocks, config.jobs?.pollMs ?? 5_000);
      return where;
    },
    async reload() {
      const results = [await server.reload(), await staffSide.reload()];
      return results.includes('kept') ? 'kept' : 'reloaded';
    },
    async close() {
      await server.close();
      await jobs?.stop();
      await Promise.all([ports.forms.close(), ports.reader.close()]);
      await staffSide.closePorts();
    },
  };
}

interface StaffSide {
  /** Everything but what makes paper. */
  readonly ports: Omit<Ports, 'forms' | 'reader' | 'build'>;
  reload(): Promise<'reloaded' | 'kept'>;
  closePorts(): Promise<void>;
}

/** The outside world of an issuing server; staff commands need no more than this. */
export function openStaffPorts(config: IssuerConfig, overrides: Overrides & { readonly clocks: Clocks }): StaffSide {
  const { clocks, database: givenDatabase, ...givenPorts } = overrides;
  const database = givenDatabase ?? openIssuerDatabase(config);
  const files = openMunicipalities(config.municipalities);
  const clients = openClients(config, clocks);
  const ports: StaffSide['ports'] = {
    municipalities: files,
    store: createPostgresStore(database),
    registry: createRegistryClient(clients.registries),
    directory: createCenterDirectory(clients.centers),
    businessClock: businessClockOf(config, clocks.machine),
    machineClock: clocks.machine,
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    login: loginRulesOf(config),
    log: createLog({ service: 'issuer' }),
    ...givenPorts,
  };
  return {
    ports,
    async reload() {
      await Promise.all(clients.all.map((client) => client.reload()));
      return files.reload();
    },
    async closePorts() {
      await Promise.all(clients.all.map((client) => client.close()));
      if (!givenDatabase) await database.close();
    },
  };
}

function openIssuerDatabase({ databaseUrlFile, databaseConnectionsMax }: IssuerConfig): Database {
  const max = databaseConnectionsMax ?? 10;
  return openDatabase(readSecret(databaseUrlFile).trim(), { max, applicationName: 'issuer' });
}

function openClients({ tls, registry, center, municipalities }: IssuerConfig, clocks: Clocks) {
  const open = (baseUrl: string, serverName: string | undefined) =>
    createClient({ baseUrl, tls, clocks, ...(serverName !== undefined && { serverName }) });
  const shared = new Map<string, ReturnType<typeof open>>();
  const registries = new Map(
    municipalities.map((town) => {
      const { url, serverName } = town.registry ?? registry;
      const client = shared.get(url) ?? open(url, serverName);
      shared.set(url, client);
      return [town.lgCode, client];
    }),
  );
  const centers = center.urls.map((url) => open(url, center.serverName));
  return { registries, centers, all: [...shared.values(), ...centers] };
}

function businessClockOf({ businessClock, demo }: IssuerConfig, machine: Clocks['machine']) {
  if (businessClock && !demo) throw new RangeError('businessClock: can be moved in a demonstration only');
  return offsetClock(machine, businessClock?.offsetMs ?? 0);
}

function loginRulesOf({ center: { centerId }, jpki }: IssuerConfig): LoginRules {
  const { anchorFiles, policyOids, algorithms, ocspMaxAgeMs } = jpki;
  const anchors = parseAnchors(anchorFiles.map((file) => derOf(readFileSync(file))));
  return { centerId, anchors, profile: { policyOids, algorithms }, ocspMaxAgeMs };
}

function derOf(file: Buffer): Uint8Array {
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(file.toString('latin1'));
  return new Uint8Array(pem?.[1] === undefined ? file : Buffer.from(pem[1], 'base64'));
}

function findPeer({ center }: IssuerConfig, pin: string): Peer | undefined {
  return center.spkiPins.includes(pin) ? { kind: 'center', id: center.centerId } : undefined;
}
