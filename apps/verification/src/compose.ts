/** The site put together: settings, keys, processes, two listeners. Tests bring ports of their own. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { kidOf, PeerTable, signStatement } from '@machikado/pki';
import { SITE_UPLOAD_BYTES } from '@machikado/protocol';
import { createLog, createServer, type Log, type Peer, readSecret } from '@machikado/server';
import { type CancellationFile, openCancellationFile } from './adapters/cancellation-file.ts';
import { type ExaminingProcesses, examiningProcesses } from './adapters/examining-processes.ts';
import type { VerificationConfig } from './config.ts';
import type { EngineKeys } from './examination/paper-engine.ts';
import type { CancellationBook, Ports } from './ports.ts';
import { innerRoutes } from './routes/inner-routes.ts';
import { createPublicServer } from './routes/public-routes.ts';

const BUILT_PAGE = fileURLToPath(new URL('../web/dist', import.meta.url));
const MIB = 2 ** 20;
const DAY_MS = 86_400_000;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export interface Overrides {
  readonly log?: Log;
  readonly clock?: Ports['clock'];
  readonly examiner?: ExaminingProcesses;
}

export interface RunningSite {
  listen(): Promise<{ readonly port: number; readonly innerPort?: number }>;
  close(): Promise<void>;
}

export async function compose(config: VerificationConfig, overrides: Overrides = {}): Promise<RunningSite> {
  const { public: open, inner, limits = {}, pageDir = BUILT_PAGE } = config;
  if (!open.tls && !LOOPBACK.includes(open.host)) throw new RangeError('without TLS the site listens on loopback only');
  const log = overrides.log ?? createLog({ service: 'verification' });
  const clock = overrides.clock ?? { now: () => new Date() };
  const examiner =
    overrides.examiner ??
    examiningProcesses(
      readEngineKeys(config),
      {
        atOnce: limits.atOnce ?? 2,
        waiting: limits.waiting ?? 60,
        // The page tells those who wait.
        workMs: limits.workMs ?? 30_000,
        workBytes: limits.workBytes ?? 1536 * MIB,
      },
      log,
    );
  const cancellations = await openBook(config, clock);
  const { ports, reportKeys } = portsOf(config, { examiner, cancellations, clock });
  const app = createPublicServer({
    ports,
    log,
    pageDir,
    reportKeys,
    ...(open.tls && {
      tls: { key: readFileSync(open.tls.keyFile, 'utf8'), cert: readFileSync(open.tls.certFile, 'utf8') },
    }),
    proxies: open.proxies ?? [],
    uploadBytes: limits.uploadBytes ?? SITE_UPLOAD_BYTES,
    bytesAtOnce: limits.bytesAtOnce ?? 256 * MIB,
    checksPerMinute: limits.checksPerMinute ?? 30,
  });
  const innerServer = inner && 'take' in cancellations ? createInnerServer(inner, cancellations, log) : undefined;
  return {
    async listen() {
      await examiner.warm();
      await app.listen({ host: open.host, port: open.port });
      const { port } = app.server.address() as AddressInfo;
      if (!inner || !innerServer) return { port };
      const { port: innerPort } = await innerServer.listen({ host: inner.host, port: inner.port });
      return { port, innerPort };
    },
    async close() {
      await Promise.all([app.close(), innerServer?.close()]);
      await examiner.close();
    },
  };
}

/** What reads backs, with its keys from their files. */
export function readEngineKeys({ keys }: Pick<VerificationConfig, 'keys'>): EngineKeys {
  return {
    masters: keys.masters.map(({ id, keyFile }) => ({
      id,
      key: new Uint8Array(Buffer.from(readSecret(keyFile), 'hex')),
    })),
    signers: keys.signers.map(({ id, keyFile }) => ({ id, pem: readSecret(keyFile) })),
  };
}

/** What a check needs, whoever asks for it: the public server or the command line. */
export function portsOf(
  { keys, municipalities }: VerificationConfig,
  given: Pick<Ports, 'examiner' | 'cancellations' | 'clock'>,
) {
  const privateKey = createPrivateKey(readSecret(keys.reportKeyFile));
  const publicKey = createPublicKey(privateKey);
  const kid = kidOf(publicKey);
  const names = new Map(municipalities.map(({ lgCode, name }) => [lgCode, name]));
  const ports: Ports = {
    ...given,
    nameOf: (lgCode) => names.get(lgCode),
    signReport: (report) => signStatement('machikado-verification', report, { privateKey, kid }),
  };
  return { ports, reportKeys: [{ ...publicKey.export({ format: 'jwk' }), kid }] };
}

type Inner = NonNullable<VerificationConfig['inner']>;

/** Without a center that pushes lists, nobody knows what is cancelled. */
export async function openBook(
  { inner }: Pick<VerificationConfig, 'inner'>,
  clock: Ports['clock'],
): Promise<CancellationFile | CancellationBook> {
  if (!inner) return { find: () => ({ state: 'unknown' }) };
  const keys = inner.signerFiles.map((file): [string, KeyObject] => {
    const key = createPublicKey(readFileSync(file, 'utf8'));
    return [kidOf(key), key];
  });
  const { stateDir, centerId, listMaxAgeMs = DAY_MS } = inner;
  return openCancellationFile({ stateDir, centerId, keys: new Map(keys), maxAgeMs: listMaxAgeMs, now: clock.now });
}

function createInnerServer({ tls, spkiPins, centerId }: Inner, cancellations: CancellationFile, log: Log) {
  const peers = new PeerTable<Peer>([{ pins: spkiPins, peer: { kind: 'center', id: centerId } }]);
  const server = createServer({ service: 'verification', log, tls, identify: (pin) => peers.find(pin) });
  innerRoutes(server, cancellations);
  return server;
}
