/** Puts the issuing server together: configuration in, a server that can listen and close out. */
import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '@machikado/database';
import { offsetClock } from '@machikado/domain';
import { createPdfReader } from '@machikado/inspection';
import {
  type Client,
  type Clocks,
  ConfigError,
  createClient,
  createLog,
  createServer,
  errorFields,
  type LogFields,
  type Peer,
  type Repeating,
  type Running,
  readSecret,
  systemClocks,
} from '@machikado/server';
import { createCenterDirectory } from './adapters/center-directory.ts';
import { createForms } from './adapters/certificate-forms.ts';
import { createFileRegistry } from './adapters/file-registry.ts';
import { createPostgresStore } from './adapters/postgres-store.ts';
import { readSettings, type Settings } from './adapters/read-settings.ts';
import { createRegistryClient } from './adapters/registry-client.ts';
import { createTownRegistry } from './adapters/town-registry.ts';
import { readBuildId } from './build-id.ts';
import type { IssuerConfig } from './config.ts';
import { startJobs } from './jobs/issuer-jobs.ts';
import type { Municipalities, Ports } from './ports.ts';
import { refuseWhatNeedsRestart } from './restart-settings.ts';
import { serveIssuer } from './routes/issuer-routes.ts';
import { createTownPlaces } from './routes/town-places.ts';

const IN_FLIGHT_MAX = 64;

export interface Overrides extends Partial<Ports> {
  readonly clocks?: Clocks;
  readonly database?: Database;
}

export interface Issuer extends Running {
  listen(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
  /** Takes over the config file, by default that of the start, and every file it names: all of it, or nothing. */
  reload(read?: () => IssuerConfig): Promise<'reloaded' | 'kept'>;
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
    identify: (pin) => findPeer(staffSide.settings(), pin),
    healthy: () => staffSide.healthy(),
    inFlightMax: config.inFlightMax ?? IN_FLIGHT_MAX,
    clocks,
  });
  serveIssuer(server, ports, createTownPlaces(sharesOf(config)));
  let jobs: Repeating | undefined;
  return {
    ports,
    async listen() {
      const where = await server.listen(config.listen);
      jobs = startJobs(ports, clocks, config.jobs?.pollMs ?? 5_000);
      return where;
    },
    async reload(read = () => config) {
      const before = staffSide.settings();
      try {
        const next = read();
        refuseWhatNeedsRestart(config, next);
        staffSide.use(readSettings(next));
      } catch (error) {
        ports.log.alarm('settings-refused', faultOf(error));
        return 'kept';
      }
      // Only now, since it closes the connections of those that the new settings do not know.
      if ((await server.reload()) === 'kept') {
        staffSide.use(before);
        ports.log.alarm('settings-refused');
        return 'kept';
      }
      await staffSide.reloadClients();
      ports.log.event('settings-reloaded');
      return 'reloaded';
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
  settings(): Settings;
  /** Whether the database answers. */
  healthy(): Promise<boolean>;
  use(settings: Settings): void;
  reloadClients(): Promise<void>;
  closePorts(): Promise<void>;
}

/** The outside world of an issuing server; staff commands need no more than this. */
export function openStaffPorts(config: IssuerConfig, overrides: Overrides & { readonly clocks: Clocks }): StaffSide {
  const { clocks, database: givenDatabase, ...givenPorts } = overrides;
  const database = givenDatabase ?? openIssuerDatabase(config);
  let settings = readSettings(config);
  const clients = openClients(config, () => settings.centerPins, clocks);
  const municipalities: Municipalities = {
    find: (lgCode) => settings.municipalities.get(lgCode),
    all: () => [...settings.municipalities.values()],
  };
  const store = createPostgresStore(database);
  const ports: StaffSide['ports'] = {
    municipalities,
    store,
    registry: createTownRegistry(
      { overWire: createRegistryClient(clients.registries), fromFiles: createFileRegistry(store, municipalities) },
      new Set(config.municipalities.flatMap((town) => (town.registry && 'files' in town.registry ? town.lgCode : []))),
    ),
    directory: createCenterDirectory(clients.centers),
    businessClock: businessClockOf(config, clocks.machine),
    machineClock: clocks.machine,
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    login: () => settings.login,
    log: createLog({ service: 'issuer' }),
    ...givenPorts,
  };
  return {
    ports,
    settings: () => settings,
    healthy: async () => (await database.query('select 1')).length === 1,
    use(next) {
      settings = next;
    },
    async reloadClients() {
      await Promise.all(clients.all.map((client) => client.reload()));
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

/** A quarter of the places is nobody’s share: it is for status and outcomes. While one order reads, another is typeset. */
function sharesOf({
  inFlightMax = IN_FLIGHT_MAX,
  inFlightMaxPerMunicipality,
  municipalities,
  typesetter,
}: IssuerConfig) {
  const evenShare = Math.max(1, Math.floor((inFlightMax * 0.75) / municipalities.length));
  return { places: inFlightMaxPerMunicipality ?? evenShare, turns: 2 * typesetter.workers + 2 };
}

/** The center calls and answers by the same keys. */
function openClients(config: IssuerConfig, centerPins: () => readonly string[], clocks: Clocks) {
  const { tls, registry, center, municipalities } = config;
  const shared = new Map<string, Client>();
  const registries = new Map(
    municipalities.flatMap((town) => {
      const address = town.registry ?? registry;
      if ('files' in address) return [];
      const { url: baseUrl, serverName, spkiPins } = address;
      const key = JSON.stringify([baseUrl, serverName, spkiPins]);
      const client = shared.get(key) ?? createClient({ baseUrl, serverName, serverPins: spkiPins, tls, clocks });
      shared.set(key, client);
      return [[town.lgCode, client] as const];
    }),
  );
  const { serverName } = center;
  const centers = center.urls.map((baseUrl) =>
    createClient({ baseUrl, serverName, serverPins: centerPins, tls, clocks }),
  );
  return { registries, centers, all: [...shared.values(), ...centers] };
}

function businessClockOf({ businessClock, demo }: IssuerConfig, machine: Clocks['machine']) {
  if (businessClock && !demo) throw new RangeError('businessClock: can be moved in a demonstration only');
  return offsetClock(machine, businessClock?.offsetMs ?? 0);
}

function findPeer({ centerId, centerPins }: Settings, pin: string): Peer | undefined {
  return centerPins.includes(pin) ? { kind: 'center', id: centerId } : undefined;
}

/** A message about the configuration names files and keys; any other one could quote what stands in them. */
function faultOf(error: unknown): LogFields {
  return error instanceof ConfigError ? { detail: error.message } : errorFields(error);
}
