/**
 * Exactly one connection. A login is bound to the TLS connection on which its challenge came; a client that quietly
 * reconnected would send the proof over another one, where it is worthless.
 */
import { isIP, type Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import { exporterOf } from './connections.ts';
import { toTransportError } from './transport-error.ts';

export interface PinnedConnection {
  readonly dispatcher: Client;
  exporter(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function pinnedConnection(
  origin: string,
  connect: buildConnector.BuildOptions,
  limits: Client.Options,
): PinnedConnection {
  let socket: Promise<Socket> | undefined;
  let handedOver = false;

  function connectOnce(): Promise<Socket> {
    socket ??= openSocket(origin, connect);
    return socket;
  }

  const dispatcher = new Client(origin, {
    ...limits,
    connect: ((_options: buildConnector.Options, callback: buildConnector.Callback) => {
      if (handedOver) return callback(gone(), null);
      handedOver = true;
      connectOnce().then(
        (connected) => (connected.destroyed ? callback(gone(), null) : callback(null, connected)),
        (error: Error) => callback(error, null),
      );
    }) as buildConnector.connector,
  });

  return {
    dispatcher,
    async exporter() {
      const connected = await connectOnce().catch((error: unknown) => {
        throw toTransportError(error);
      });
      if (connected.destroyed) throw toTransportError(gone());
      return exporterOf(connected);
    },
    async close() {
      await dispatcher.destroy();
      if (socket) (await socket.catch(() => undefined))?.destroy();
    },
  };
}

function openSocket(origin: string, connect: buildConnector.BuildOptions): Promise<Socket> {
  const { protocol, hostname, host, port } = new URL(origin);
  // SNI takes no addresses; the cert is compared with the address all the same.
  const servername = (connect as { servername?: string }).servername ?? (isIP(hostname) ? '' : hostname);
  return new Promise((resolve, reject) => {
    buildConnector(connect)({ protocol, hostname, host, port, servername }, (error, socket) => {
      if (error) return reject(error);
      // Between connecting and the first request nobody else listens.
      (socket as Socket).on('error', () => undefined);
      resolve(socket as Socket);
    });
  });
}

function gone(): Error {
  return Object.assign(new Error('the pinned connection is gone'), { code: 'ERR_PINNED_GONE' });
}
