/** A small protocol of its own, so that these tests stand whatever the real endpoints become. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Endpoint } from '@machikado/protocol';
import { issueServicePki, type ServicePki } from '@machikado/testkit';
import { Type } from 'typebox';
import type { Peer } from '../call.ts';
import { createClient } from '../create-client.ts';
import { createServer, type MachikadoServer, type ServerOptions } from '../create-server.ts';
import { createLog, type Log } from '../log.ts';

const row = {
  method: 'POST',
  peer: 'kiosk',
  bodyBytesMax: 1024,
  deadlineMs: 5_000,
  before: 'any',
  after: 'unchanged',
  onRepeat: 'asks again',
  onLostReply: 'ask again',
  ledger: 'none',
  refusals: [],
} as const satisfies Partial<Endpoint>;

const Note = Type.Object({ text: Type.String({ maxLength: 40 }) }, { additionalProperties: false });

export const echo = { ...row, id: 'T-ECHO', path: '/v1/echo', body: Note, reply: Note } as const;
export const read = {
  ...row,
  id: 'T-READ',
  method: 'GET',
  path: '/v1/sessions/:sessionId',
  reply: Note,
  bodyBytesMax: 0,
} as const;
export const staffOnly = {
  ...row,
  id: 'T-OTHER',
  path: '/v1/other',
  peer: 'municipality',
  body: Note,
  reply: Note,
} as const;

export const aSession = '00112233445566778899aabbccddeeff';

export interface Fixture {
  readonly pki: ServicePki;
  readonly peers: Map<string, Peer>;
  readonly lines: Record<string, unknown>[];
  readonly log: Log;
  server(options?: Partial<ServerOptions>): MachikadoServer;
  /** Client of the named peer, for a server on this port. */
  client(
    name: string,
    port: number,
    options?: { pool?: number; serverPins?: readonly string[] },
  ): ReturnType<typeof createClient>;
  close(): Promise<void>;
}

/** Peers `kiosk` (known), `town` (known, another kind) and `stranger` (a good cert that nobody knows). */
export async function setUp(ca: { intermediate?: boolean } = {}): Promise<Fixture> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'machikado-server-'));
  const pki = await issueServicePki(dir, ['center', 'town', 'stranger'], ['kiosk'], ca);
  const peers = new Map<string, Peer>([
    [pki.peer('kiosk').pin, { kind: 'kiosk', id: 'kiosk-1' }],
    [pki.peer('town').pin, { kind: 'municipality', id: '990019' }],
  ]);
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'center', write: (line) => lines.push(JSON.parse(line)) });
  const closers: (() => Promise<void>)[] = [];
  return {
    ...{ pki, peers, lines, log },
    server(options) {
      const server = createServer({
        ...{ service: 'center', log, tls: pki.peer('center'), identify: (pin) => peers.get(pin) },
        ...options,
      });
      closers.unshift(() => server.close());
      return server;
    },
    client(name, port, options) {
      const client = createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: pki.peer(name), ...options });
      closers.unshift(() => client.close());
      return client;
    },
    async close() {
      for (const close of closers) await close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** Resolves with the next macrotask, after pending socket events. */
export const soon = () => new Promise<void>((resolve) => setImmediate(resolve));
