/** The two doors of the stand-in: the registry’s own API over mutual TLS, and the admin door on loopback for tests and the town. */
import { type Endpoint, refuse, registryEndpoints } from '@machikado/protocol';
import { createServer, type Log, type Peer, type TlsFiles } from '@machikado/server';
import { Type } from 'typebox';
import { RegistryChanges } from './changes.ts';
import type { Registry } from './registry.ts';

/** An issuing server that may read, by the pin of its cert, and the towns that it may read. */
export interface IssuerIdentity {
  readonly name: string;
  readonly spkiPin: string;
  readonly lgCodes: readonly string[];
}

/** Not part of the protocol: a real registry has clerks instead. */
export const adminEndpoints = {
  applyChanges: {
    id: 'RG-ADMIN',
    method: 'POST',
    path: '/admin/changes',
    peer: 'municipality',
    body: RegistryChanges,
    reply: Type.Object({ latest: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
    bodyBytesMax: 2 * 1024 * 1024,
    deadlineMs: 20_000,
    before: 'any',
    after: 'all changes visible, or none',
    onRepeat: 'applies again',
    onLostReply: 'read the feed',
    ledger: 'none',
    refusals: ['MALFORMED_REQUEST', 'MUNICIPALITY_NOT_PARTICIPATING'],
  },
} as const satisfies Record<string, Endpoint>;

export interface RunningRegistry {
  readonly port: number;
  readonly adminPort: number | undefined;
  /** Reads the TLS files again and takes over who may read; connections of the others are closed. */
  reload(issuers?: readonly IssuerIdentity[]): Promise<'reloaded' | 'kept'>;
  close(): Promise<void>;
}

export async function startRegistry(options: {
  readonly registry: Registry;
  readonly issuers: readonly IssuerIdentity[];
  readonly tls: TlsFiles;
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  /** Absent: no admin door. 0: any free port. */
  readonly adminPort?: number | undefined;
}): Promise<RunningRegistry> {
  const { registry, tls, log, host } = options;
  let { issuers } = options;
  const server = createServer({ service: 'registry', log, tls, identify: (pin) => peerOf(issuers, pin) })
    .on(registryEndpoints.readRecord, async ({ body, peer }) => {
      refuseUnlessOwnTown(peer, body.lgCode);
      return registry.readRecord(body);
    })
    .on(registryEndpoints.readFeed, async ({ body, peer }) => {
      refuseUnlessOwnTown(peer, body.lgCode);
      return registry.readFeed(body);
    })
    .on(registryEndpoints.readStatusDigest, async ({ body, peer }) => {
      refuseUnlessOwnTown(peer, body.lgCode);
      return registry.readStatusDigest(body);
    });
  const admin = createServer({
    service: 'registry',
    log,
    loopbackPeer: { kind: 'municipality', id: 'admin' },
  }).on(adminEndpoints.applyChanges, async ({ body }) => registry.apply(body.lgCode, body.changes));

  const { port } = await server.listen({ host, port: options.port });
  const adminPort =
    options.adminPort === undefined
      ? undefined
      : (await admin.listen({ host: '127.0.0.1', port: options.adminPort })).port;
  return {
    port,
    adminPort,
    async reload(next = issuers) {
      const before = issuers;
      issuers = next;
      const result = await server.reload();
      if (result === 'kept') issuers = before;
      return result;
    },
    async close() {
      await Promise.all([server.close(), adminPort === undefined ? undefined : admin.close()]);
      registry.close();
    },
  };
}

function peerOf(issuers: readonly IssuerIdentity[], pin: string): Peer | undefined {
  const issuer = issuers.find(({ spkiPin }) => spkiPin === pin);
  return issuer && { kind: 'municipality', id: issuer.name, lgCodes: issuer.lgCodes };
}

/** Being known is not enough: a town is read by its own issuing server alone. */
function refuseUnlessOwnTown(peer: Peer, lgCode: string): void {
  const own = peer.lgCodes as readonly string[];
  if (!own.includes(lgCode)) refuse('PEER_NOT_ALLOWED', 'the cert does not belong to this municipality');
}
