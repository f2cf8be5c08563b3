/** The servers that the center calls: one client for each address and the pins of its key, all with the center’s own cert. */
import { type Client, createClient, type TlsFiles } from '@machikado/server';
import type { ServerAddress } from '../settings.ts';

/** Residents wait for `orders`; `background` has connections of its own, so that it never stands in line behind all of them. */
export type Lane = 'orders' | 'background';

export interface PinnedClients {
  /** Default: `orders`. */
  of(address: ServerAddress, lane?: Lane): Client;
  /** Follows new key files. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export function pinnedClients(tls: TlsFiles): PinnedClients {
  const clients = new Map<string, Client>();
  return {
    of({ url, serverName, spkiPins }, lane = 'orders') {
      const key = JSON.stringify([url, serverName, spkiPins, lane]);
      const known = clients.get(key);
      if (known) return known;
      const client = createClient({ baseUrl: url, tls, serverName, serverPins: spkiPins });
      clients.set(key, client);
      return client;
    },
    async reload() {
      await Promise.all([...clients.values()].map((client) => client.reload()));
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()));
      clients.clear();
    },
  };
}
