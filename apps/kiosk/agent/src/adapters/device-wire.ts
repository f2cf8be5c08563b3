/**
 * The device wire, as the agent plays it: one JSON text a line, to a device that listens on this machine (packages/simulators
 * describes the lines). Every question is sent once and never again: when the wire breaks, or an answer does not come or makes
 * no sense, the question faults, the wire is cut, and the next question begins a new one. Whoever asked for an act finds out
 * from the device’s counters what it came to.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { lineSplitter } from '@machikado/protocol';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';

/** `reason`: in the device’s own word; `away`: no device, no answer; `nonsense`: no answer that a device would give. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export interface DeviceWire {
  ask<S extends TSchema>(answer: S, method: string, ...args: readonly unknown[]): Promise<Static<S>>;
  /** Something changed at the device, says the device; asking tells what. A wire that breaks faults. */
  nextEvent(signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface WiredDevice {
  readonly port: number;
  /** How long an act may take: coins and receipts need seconds. */
  readonly answerMs?: number;
}

const LINE_LETTERS_MAX = 65_536;

export function deviceWire({ port, answerMs = 30_000 }: WiredDevice): DeviceWire {
  let line: Promise<Line> | undefined;
  const opened = () => {
    if (line) return line;
    const opening = openLine(port, answerMs, () => {
      if (line === opening) line = undefined;
    });
    line = opening;
    return opening;
  };
  return {
    async ask(answer, method, ...args) {
      const asked = await opened();
      const value = await asked.ask(method, args);
      if (Check(answer, value)) return value;
      asked.cut('nonsense');
      throw new WireFault('nonsense');
    },
    nextEvent: async (signal) => (await opened()).nextEvent(signal),
    close: () => void line?.then((open) => open.cut('away')).catch(() => undefined),
  };
}

interface Line {
  ask(method: string, args: readonly unknown[]): Promise<unknown>;
  nextEvent(signal: AbortSignal): Promise<void>;
  cut(reason: string): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (why: unknown) => void;
}

async function openLine(port: number, answerMs: number, onCut: () => void): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const answers = new Map<number, Waiting>();
  const listeners = new Set<Waiting>();
  let asked = 0;
  const cut = (reason: string) => {
    onCut();
    socket.destroy();
    for (const { reject } of [...answers.values(), ...listeners]) reject(new WireFault(reason));
    answers.clear();
    listeners.clear();
  };
  const hear = (message: Message) => {
    if ('event' in message) {
      for (const { resolve } of listeners) resolve(undefined);
      return listeners.clear();
    }
    const waiting = answers.get(message.id);
    if (!waiting) return cut('nonsense');
    answers.delete(message.id);
    if ('fault' in message) waiting.reject(new WireFault(message.fault));
    else waiting.resolve(message.ok);
  };
  hearLines(socket, hear, () => cut('nonsense'));
  socket.on('close', () => cut('away'));
  await connected(socket);

  const refuseUnlessOpen = () => {
    if (socket.destroyed) throw new WireFault('away');
  };

  return {
    cut,
    async ask(method, args) {
      refuseUnlessOpen();
      asked += 1;
      const id = asked;
      const tooLate = setTimeout(() => cut('away'), answerMs);
      return new Promise((resolve, reject) => {
        answers.set(id, { resolve, reject });
        socket.write(`${JSON.stringify({ id, do: method, with: args })}\n`);
      }).finally(() => clearTimeout(tooLate));
    },
    async nextEvent(signal) {
      refuseUnlessOpen();
      signal.throwIfAborted();
      await new Promise((resolve, reject) => {
        const waiting = { resolve, reject };
        listeners.add(waiting);
        signal.addEventListener(
          'abort',
          () => {
            listeners.delete(waiting);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
  };
}

async function connected(socket: Socket): Promise<void> {
  try {
    await once(socket, 'connect');
  } catch {
    throw new WireFault('away');
  } finally {
    // From here on the close that follows an error says it all.
    socket.on('error', () => undefined);
  }
}

type Message =
  | { readonly event: string }
  | { readonly id: number; readonly fault: string }
  | { readonly id: number; readonly ok: unknown };

function hearLines(socket: Socket, hear: (message: Message) => void, nonsense: () => void): void {
  const split = lineSplitter(LINE_LETTERS_MAX);
  socket.setEncoding('utf8').on('data', (text: string) => {
    const messages = split(text)?.map(messageOf) ?? [undefined];
    for (const message of messages) {
      if (socket.destroyed) return;
      if (message) hear(message);
      else nonsense();
    }
  });
}

function messageOf(line: string): Message | undefined {
  try {
    const value = JSON.parse(line);
    if (typeof value.event === 'string') return { event: value.event };
    if (!Number.isSafeInteger(value.id)) return undefined;
    if (typeof value.fault === 'string') return { id: value.id, fault: value.fault };
    return 'ok' in value ? { id: value.id, ok: value.ok } : undefined;
  } catch {
    return undefined;
  }
}
