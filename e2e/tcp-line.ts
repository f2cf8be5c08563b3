/** A line between two servers that can be cut: connections refused, broken in the middle of an answer, answered by silence, or slow. */
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '@machikado/testkit';

export type LineFault = 'refused' | 'cut' | 'silent' | 'slow';

export interface TcpLine {
  readonly port: number;
  leadTo(port: number): void;
  /** From now on, also on connections that stand. */
  fail(fault: LineFault): Promise<void>;
  mend(): Promise<void>;
  /** How much has come back from the far end. */
  bytesBack(): number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** How late each piece of an answer comes on a slow line. */
const SLOW_MS = 700;
/** So much of an answer still comes through a line that breaks. */
const CUT_AFTER_BYTES = 4096;

export async function openLine(): Promise<TcpLine> {
  let target = 0;
  let fault: LineFault | undefined;
  let leftBytes = 0;
  let bytesBack = 0;
  const sockets = new Set<Socket>();
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };

  function accept(from: Socket): void {
    const to = createConnection(target, HOST);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to);
    to.on('data', (bytes: Buffer) => {
      bytesBack += bytes.length;
      if (fault === 'silent') return;
      if (fault === 'slow') return void setTimeout(() => from.write(bytes), SLOW_MS);
      if (fault === 'cut' && bytes.length > leftBytes) {
        from.write(bytes.subarray(0, leftBytes), () => hangUp());
        return;
      }
      leftBytes -= bytes.length;
      from.write(bytes);
    });
  }

  let server: Server = createServer(accept);
  const port = await freePort();
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, resolve);
    });
  await listen();
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      hangUp();
    });

  const line: TcpLine = {
    port,
    leadTo: (next) => {
      target = next;
    },
    async fail(next) {
      fault = next;
      leftBytes = CUT_AFTER_BYTES;
      if (next === 'refused') await stop();
    },
    async mend() {
      if (fault === undefined) return;
      if (fault === 'refused') {
        server = createServer(accept);
        await listen();
      } else hangUp();
      fault = undefined;
    },
    bytesBack: () => bytesBack,
    async close() {
      if (fault !== 'refused') await stop();
    },
  };
  return line;
}
