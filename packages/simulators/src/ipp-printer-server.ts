/**
 * The simulated printer on the network: an IPP server (RFC 8010 §4) on this machine’s loopback. By itself it moves only when
 * somebody looks at a job; with a pace it prints on its own, as a machine does that outlives its agent.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IPP_MEDIA_TYPE } from '@machikado/printing';
import { answerIpp } from './ipp-answer.ts';
import { createJobTimes } from './ipp-job-times.ts';
import type { IppMachine } from './ipp-machine.ts';
import type { Printer, PrinterInside } from './printer.ts';

export interface IppPrinterOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly name?: string;
  /** One movement so often. */
  readonly paceMs?: number;
  /** false: a job is forgotten as soon as it ends. */
  readonly jobHistory?: boolean;
  readonly now?: () => Date;
}

export const IPP_PATH = '/ipp/print';
const REQUEST_BYTES_MAX = 64 * 1024 * 1024;

export async function serveIppPrinter(
  printer: Printer & PrinterInside,
  { port, name = 'Machikado', paceMs, jobHistory = true, now = () => new Date() }: IppPrinterOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  let machine: IppMachine | undefined;
  const server = createServer(async (request, response) => {
    const refuse = (status: number) => response.writeHead(status, { connection: 'close' }).end();
    if (!machine || request.url?.startsWith(IPP_PATH) !== true) return void refuse(404);
    if (request.method !== 'POST') return void refuse(405);
    if (request.headers['content-type'] !== IPP_MEDIA_TYPE) return void refuse(415);
    const body = await readBody(request).catch(() => undefined);
    if (!body) return void refuse(413);
    const reply = await answerIpp(body, machine);
    if (!reply) return void refuse(400);
    response.writeHead(200, { 'content-type': IPP_MEDIA_TYPE, 'content-length': reply.length }).end(reply);
  });
  await listen(server, port);
  const url = `ipp://127.0.0.1:${(server.address() as AddressInfo).port}${IPP_PATH}`;
  machine = {
    printer,
    name,
    url,
    now,
    times: createJobTimes(now),
    jobHistory,
    movesWhenLookedAt: paceMs === undefined,
    awaited: new Map(),
  };
  const motor = paceMs === undefined ? undefined : setInterval(() => printer.step(), paceMs);
  return {
    url,
    async close() {
      clearInterval(motor);
      for (const { giveUp } of machine?.awaited.values() ?? []) clearTimeout(giveUp);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > REQUEST_BYTES_MAX) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
