/** A small plain HTTP listener: one handler, bodies up to a limit, a graceful end. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  /** http://host:port */
  readonly url: string;
  close(): Promise<void>;
}

export interface Address {
  readonly host?: string;
  readonly port?: number;
}

/** A handler that fails answers 500; one that returns no promise must not throw. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void,
  { host = '127.0.0.1', port = 0 }: Address,
): Promise<Listener> {
  const server = createServer((request, response) => {
    handle(request, response)?.catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Undefined when the body is longer than allowed; the rest is then not read. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => takeBody(request, bytesMax, resolve, reject));
}

/** The same without a promise, which costs an OCSP question a fifteenth of its time; an iterator over the body costs as much as all the rest. Of a client that hangs up in the middle nothing is taken. */
export function takeBody(
  request: IncomingMessage,
  bytesMax: number,
  taken: (body: Buffer | undefined) => void,
  failed: (error: Error) => void = () => {},
): void {
  const chunks: Buffer[] = [];
  let total = 0;
  request
    .on('data', (chunk: Buffer) => {
      if (total > bytesMax) return;
      chunks.push(chunk);
      total += chunk.length;
      if (total <= bytesMax) return;
      request.pause();
      taken(undefined);
    })
    .on('end', () => {
      if (total <= bytesMax) taken(Buffer.concat(chunks));
    })
    .on('error', failed);
}
