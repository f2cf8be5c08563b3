/**
 * The device wire, as the device plays it: it listens on this machine, one agent connects, one JSON text a line.
 *
 *     {"id":7,"do":"dispenseChange","with":[300]}   →   {"id":7,"ok":null}   or   {"id":7,"fault":"no-change"}
 *     {"event":"deposit","depositYen":300}          whenever something changed, unasked
 *
 * One act after the other, whoever asked: an agent that connects again hears nothing before the act under way has ended, so that
 * the counters it then reads are final. The newest connection is the agent; what an older one still had to ask is not done.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { lineSplitter } from '@machikado/protocol';
import { DeviceFault } from './device-fault.ts';

export type DeviceMethods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

export interface ServedDevice {
  readonly port: number;
  /** Nobody hears it when no agent is there. */
  tell(event: { readonly event: string; readonly [more: string]: unknown }): void;
  close(): Promise<void>;
}

/** What the methods throw when they were asked for something that no agent would ask for. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

const LINE_LETTERS_MAX = 65_536;

export async function serveDevice(
  port: number,
  methods: DeviceMethods,
  onAgent: (there: boolean) => void = () => undefined,
): Promise<ServedDevice> {
  let agent: Socket | undefined;
  let work = Promise.resolve();
  const write = (socket: Socket, message: object) => void socket.write(`${JSON.stringify(message)}\n`);
  const hear = async (socket: Socket, line: string) => {
    const request = socket.destroyed ? undefined : requestOf(line);
    if (!request) return void socket.destroy();
    const answer = await answerTo(request, methods);
    if (!socket.destroyed) write(socket, { id: request.id, ...answer });
  };

  const server = createServer((socket) => {
    const split = lineSplitter(LINE_LETTERS_MAX);
    agent?.destroy();
    agent = socket;
    onAgent(true);
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = split(text);
      if (!lines) socket.destroy();
      for (const line of lines ?? []) work = work.then(() => hear(socket, line));
    });
    // The close that follows says it all.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (agent !== socket) return;
      agent = undefined;
      onAgent(false);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    tell: (event) => agent && write(agent, event),
    async close() {
      const closed = once(server, 'close');
      server.close();
      agent?.destroy();
      await closed;
      await work;
    },
  };
}

interface Request {
  readonly id: number;
  readonly do: string;
  readonly with: readonly unknown[];
}

function requestOf(line: string): Request | undefined {
  const value = parsed(line) as Partial<Request> | null | undefined;
  const understood = Number.isSafeInteger(value?.id) && typeof value?.do === 'string' && Array.isArray(value.with);
  return understood ? (value as Request) : undefined;
}

async function answerTo(request: Request, methods: DeviceMethods): Promise<{ ok: unknown } | { fault: string }> {
  const method = Object.hasOwn(methods, request.do) ? methods[request.do] : undefined;
  try {
    return method ? { ok: (await method(...request.with)) ?? null } : { fault: 'unknown' };
  } catch (error) {
    if (error instanceof DeviceFault) return { fault: error.reason };
    if (error instanceof NotUnderstood) return { fault: 'unknown' };
    throw error;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
