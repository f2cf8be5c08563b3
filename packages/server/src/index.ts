/** The shell of every service: mutual TLS, routes from the endpoint rows, client, configuration, log. */
export type { BodyOf, Call, Handler, Identify, Peer, ReplyOf } from './call.ts';
export { type Clocks, type MonotonicClock, systemClocks, type Timers } from './clocks.ts';
export { EXPORTER_LABEL } from './connections.ts';
export {
  type Caller,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type PinnedClient,
} from './create-client.ts';
export { createServer, type MachikadoServer, type ServerOptions } from './create-server.ts';
export { DEADLINE_HEADER, Deadline, type TimeLeft } from './deadline.ts';
export { ConfigError, loadConfig, readSecret } from './load-config.ts';
export { createLog, errorFields, type Log, type LogFields, type LogOptions, type LogValue } from './log.ts';
export { toOpenApi } from './openapi.ts';
export { type PostBytesOptions, postBytes } from './post-bytes.ts';
export { type Repeating, repeat } from './repeat.ts';
export { type Running, type RunOptions, runService } from './run-service.ts';
export { toSiteOpenApi } from './site-openapi.ts';
export { staffName } from './staff-name.ts';
export { parseStrictJson } from './strict-json.ts';
export type { TlsFiles } from './tls-files.ts';
export { TransportError, type TransportKind } from './transport-error.ts';
