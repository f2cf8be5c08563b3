/** The center put together: settings, ports, routes and background work. Tests and the town inject ports of their own. */
import { randomBytes } from 'node:crypto';
import { createTreatment } from '@machikado/antiforgery';
import { openDatabase } from '@machikado/database';
import { offsetClock } from '@machikado/domain';
import { createPdfReader } from '@machikado/inspection';
import {
  createLog,
  createServer,
  type MonotonicClock,
  type Repeating,
  readSecret,
  repeat,
  systemClocks,
} from '@machikado/server';
import { Breaker } from './adapters/breaker.ts';
import { guardedGateway } from './adapters/guarded-gateway.ts';
import { watchIssuers } from './adapters/issuer-watch.ts';
import { issuersOverMtls } from './adapters/issuers-over-mtls.ts';
import { ocspOverHttp } from './adapters/ocsp-over-http.ts';
import { pinnedClients } from './adapters/pinned-clients.ts';
import { openStore } from './adapters/postgres/open-store.ts';
import { readSettings } from './adapters/read-settings.ts';
import { ResponderWatch } from './adapters/responder-watch.ts';
import { sitesOverMtls } from './adapters/sites-over-mtls.ts';
import type { CenterConfig } from './config.ts';
import { runJobs, startJobs } from './jobs/run-jobs.ts';
import { peersOf } from './peers.ts';
import type { Center, Ports } from './ports.ts';
import { refuseWhatNeedsRestart } from './restart-settings.ts';
import { centerRoutes } from './routes/center-routes.ts';

const IN_FLIGHT_MAX = 64;

export interface RunningCenter {
  readonly center: Center;
  listen(): Promise<{ readonly port: number }>;
  /** Takes over new settings without a restart: kiosks, municipalities, keys, TLS. Refuses those that need one. */
  reload(config: CenterConfig): Promise<void>;
  /** One round of the background work. */
  runJobs(): Promise<void>;
  refreshStandings(): Promise<void>;
  close(): Promise<void>;
}

/** `monotonic`: time that passes, whatever somebody sets the machine’s clock to. */
export interface Overrides extends Partial<Ports> {
  readonly monotonic?: MonotonicClock;
}

export function compose(config: CenterConfig, overrides: Overrides = {}): RunningCenter {
  let settings = readSettings(config);
  let peers = peersOf(settings);
  const log = overrides.log ?? createLog({ service: 'center' });
  const machineClock = overrides.machineClock ?? { now: () => new Date() };
  const db = openDatabase(readSecret(config.databaseUrlFile), {
    applicationName: 'machikado-center',
    max: config.databaseConnectionsMax ?? 10,
  });
  const clients = pinnedClients(config.tls);
  const clocks = systemClocks();
  const { monotonic = clocks.monotonic } = overrides;
  const now = () => monotonic.nowMs();
  const { opensAfter = 5, pauseMs = 15_000 } = config.breaker ?? {};
  const breaker = new Breaker({ now, opensAfter, pauseMs });
  const issuers = guardedGateway(overrides.issuers ?? issuersOverMtls(clients), breaker, now);
  const watch = watchIssuers(issuers, breaker);

  const center: Center = {
    settings: () => settings,
    standings: watch,
    responder: new ResponderWatch(log),
    businessClock: overrides.businessClock ?? offsetClock(machineClock, businessOffsetMs(config)),
    machineClock,
    random: overrides.random ?? ((bytes) => new Uint8Array(randomBytes(bytes))),
    store: overrides.store ?? openStore(db),
    issuers,
    sites: overrides.sites ?? sitesOverMtls(clients),
    revocation:
      overrides.revocation ??
      ocspOverHttp(() => ({ url: settings.jpki.ocspUrl, timeoutMs: settings.jpki.ocspTimeoutMs })),
    reader: overrides.reader ?? createPdfReader({ workers: config.pdfWorkers ?? 1 }),
    treatment: overrides.treatment ?? createTreatment({ workers: config.treatmentWorkers ?? 1 }),
    log,
  };
  const { inFlightMax = IN_FLIGHT_MAX } = config;
  const server = createServer({
    service: 'center',
    log,
    tls: config.tls,
    identify: (pin) => peers.find(pin),
    healthy: async () => (await db.query('SELECT 1')).length === 1,
    inFlightMax,
    inFlightMaxPerPeer: config.inFlightMaxPerPeer ?? Math.ceil(inFlightMax / 4),
  });
  centerRoutes(server, center);

  const refreshStandings = () => watch.refresh(settings.municipalities.values());
  const refreshAndRest = async () => {
    await refreshStandings();
    return config.statusEveryMs ?? 10_000;
  };
  const background: Repeating[] = [];
  return {
    center,
    async listen() {
      const listening = await server.listen(config.listen);
      background.push(startJobs(center, clocks, config.jobsEveryMs ?? 2_000), repeat(refreshAndRest, clocks));
      return listening;
    },
    async reload(next) {
      refuseWhatNeedsRestart(config, next);
      const nextSettings = readSettings(next);
      const nextPeers = peersOf(nextSettings);
      [settings, peers] = [nextSettings, nextPeers];
      await server.reload();
      await clients.reload();
      await refreshStandings();
    },
    runJobs: () => runJobs(center),
    refreshStandings,
    async close() {
      await server.close();
      await Promise.all(background.map((work) => work.stop()));
      await Promise.all([clients.close(), center.reader.close(), center.treatment.close(), db.close()]);
    },
  };
}

/** The machine's time, except in a demonstration. */
function businessOffsetMs({ demo = false, businessClock }: CenterConfig): number {
  if (businessClock && !demo) throw new RangeError('businessClock may only be set in a demonstration (demo: true)');
  return businessClock?.offsetMs ?? 0;
}
