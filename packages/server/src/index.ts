/** @machikado/server: the signatures; implementations follow in this folder. */
import type { Endpoint } from '@machikado/protocol';
import type { Static, TSchema } from 'typebox';

export interface MonotonicClock {
  nowMs(): number;
}
export interface Timers {
  /** Calls back once after ms; returns the cancel. Does not keep the process alive. */
  after(ms: number, callback: () => void): () => void;
}
export interface Clocks {
  readonly monotonic: MonotonicClock;
  readonly timers: Timers;
  readonly machine: { now(): Date };
}
export declare function systemClocks(): Clocks;

export interface TlsFiles {
  readonly keyFile: string;
  readonly certFile: string;
  readonly caFile: string;
  readonly crlFile?: string;
}
export interface Peer {
  readonly kind: 'kiosk' | 'center' | 'municipality' | 'staff';
  readonly id: string;
  readonly [k: string]: unknown;
}
export type BodyOf<E extends Endpoint> = E extends { readonly body: infer B extends TSchema } ? Static<B> : undefined;
export type ReplyOf<E extends Endpoint> = Static<E['reply']>;
export interface Call<B = unknown> {
  readonly body: B;
  readonly params: Readonly<Record<string, string>>;
  readonly peer: Peer;
  readonly requestId: string;
  readonly deadline: Deadline;
  /** 32 bytes of the TLS exporter of this connection, label EXPORTER-machikado-login. */
  exporter(): Uint8Array;
  readonly socketId: string;
}
export declare class Deadline {
  static after(ms: number, clocks: Clocks): Deadline;
  readonly signal: AbortSignal;
  leftMs(): number;
  refuseIfPassed(): void;
  dispose(): void;
}
export type Identify = (spkiPin: string, certDer: Uint8Array) => Promise<Peer | undefined> | Peer | undefined;
export interface ServerOptions {
  readonly service: string;
  readonly log: Log;
  /** Absent: plain HTTP, on loopback only, and every caller is `loopbackPeer`. */
  readonly tls?: TlsFiles;
  readonly loopbackPeer?: Peer;
  /** Asked at every request: a withdrawn pin stops at once. Keep it cheap. */
  readonly identify?: Identify;
  readonly inFlightMax?: number;
  readonly healthy?: () => Promise<boolean>;
  readonly clocks?: Clocks;
  readonly random?: (bytes: number) => Uint8Array;
}
export interface MachikadoServer {
  on<E extends Endpoint>(endpoint: E, handler: (call: Call<BodyOf<E>>) => Promise<ReplyOf<E>>): MachikadoServer;
  listen(where: { readonly host: string; readonly port: number }): Promise<{ readonly port: number }>;
  /** Reads the TLS files again and closes connections of peers that no longer hold. Files that do not fit keep the last good ones. */
  reload(): Promise<'reloaded' | 'kept'>;
  close(): Promise<void>;
}
export declare function createServer(options: ServerOptions): MachikadoServer;

export interface CallOptions<E extends Endpoint> {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: BodyOf<E>;
  readonly deadline?: Deadline;
  readonly deadlineMs?: number;
}
export interface Caller {
  call<E extends Endpoint>(endpoint: E, options?: CallOptions<E>): Promise<ReplyOf<E>>;
  close(): Promise<void>;
}
export interface PinnedClient extends Caller {
  /** Of the one connection of this client. */
  exporter(): Promise<Uint8Array>;
}
export interface Client extends Caller {
  pinned(): PinnedClient;
  reload(): Promise<void>;
}
export declare function createClient(options: {
  readonly baseUrl: string;
  readonly tls?: TlsFiles;
  /** Name that must stand in the server’s cert; default the host of baseUrl. */
  readonly serverName?: string;
  /** Connections; default 8. */
  readonly pool?: number;
  readonly clocks?: Clocks;
}): Client;
export declare class TransportError extends Error {
  readonly kind: 'unreachable' | 'broken' | 'timeout' | 'bad-reply';
  /** Whether the request can have reached the other side. */
  readonly sent: boolean | 'unknown';
}
export declare function postBytes(
  url: string,
  bytes: Uint8Array,
  contentType: string,
  options: { readonly timeoutMs: number; readonly replyBytesMax?: number; readonly signal?: AbortSignal },
): Promise<Uint8Array>;

export declare class ConfigError extends Error {}
/** Keys that end in File, Files, Dir or Dirs are paths: resolved against the folder of the config file. */
export declare function loadConfig<S extends TSchema>(schema: S, file: string): Static<S>;
export declare function readSecret(file: string): string;

export type LogValue = string | number | boolean | undefined;
export interface Log {
  event(name: string, fields?: Readonly<Record<string, LogValue>>): void;
  warning(name: string, fields?: Readonly<Record<string, LogValue>>): void;
  alarm(name: string, fields?: Readonly<Record<string, LogValue>>): void;
}
export declare function createLog(options: {
  readonly service: string;
  readonly level?: 'info' | 'warn' | 'error' | 'silent';
  readonly write?: (line: string) => void;
  /** Further keys that may stand in this service’s log. */
  readonly allow?: readonly string[];
  /** true: a key outside the allow-list throws (default under test); false: it is left out and counted. */
  readonly strict?: boolean;
}): Log;
/** What a log may say about a failure: names and places, no message. */
export declare function errorFields(error: unknown): Readonly<Record<string, LogValue>>;

export interface Running {
  listen(): Promise<unknown>;
  close(): Promise<void>;
  reload?(): Promise<unknown>;
}
/** main(): `--config file`; SIGTERM and SIGINT close with grace, SIGHUP reloads. compose gets (config, { log }). */
export declare function runService<S extends TSchema>(options: {
  readonly service: string;
  readonly schema: S;
  readonly compose: (config: Static<S>, overrides: { readonly log: Log }) => Running | Promise<Running>;
}): Promise<void>;

export declare function toOpenApi(
  title: string,
  endpoints: Readonly<Record<string, Endpoint>>,
): Record<string, unknown>;
