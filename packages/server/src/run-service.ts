/** main() of every service: `--config file`, an orderly end on SIGTERM and SIGINT, new keys on SIGHUP, or an alarm that it takes a restart. */
import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import type { Static, TSchema } from 'typebox';
import { ConfigError, loadConfig } from './load-config.ts';
import { createLog, errorFields, type Log } from './log.ts';

export interface Running {
  listen(): Promise<unknown>;
  close(): Promise<void>;
  /** Absent: settings are read at the start alone. */
  reload?(): Promise<unknown>;
}

export interface RunOptions<S extends TSchema> {
  readonly service: string;
  readonly schema: S;
  readonly compose: (config: Static<S>, overrides: { readonly log: Log }) => Running | Promise<Running>;
}

const GRACE_MS = 15_000;

export async function runService<S extends TSchema>({ service, schema, compose }: RunOptions<S>): Promise<void> {
  const log = createLog({ service, strict: false });
  try {
    const { values } = parseArgs({ options: { config: { type: 'string' } } });
    if (values.config === undefined) throw new ConfigError('--config <file> is missing');
    const running = await compose(loadConfig(schema, values.config), { log });
    closeWithGrace({ delay: GRACE_MS, logger: undefined, skip: ['SIGHUP'] }, async ({ signal, err }) => {
      if (err) log.alarm('crashed', errorFields(err));
      log.event('closing', { signal });
      await running.close();
    });
    process.on('SIGHUP', () => {
      if (running.reload) void running.reload();
      else log.alarm('reload-not-supported', { detail: 'restart to take over settings' });
    });
    // Started by a parent process that is gone: nobody would ever end this one.
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    const bound = await running.listen();
    log.event('listening', { pid: process.pid, port: portOf(bound) });
    // A parent process that started this one waits for the word.
    process.send?.({ listening: portOf(bound) });
  } catch (error) {
    // Messages about the configuration name keys, and whoever started this needs them.
    if (error instanceof ConfigError) process.stderr.write(`${service}: ${error.message}\n`);
    log.alarm('not-started', errorFields(error));
    process.exit(1);
  }
}

function portOf(bound: unknown): number | undefined {
  const port = typeof bound === 'object' && bound !== null ? (bound as { port?: unknown }).port : undefined;
  return typeof port === 'number' ? port : undefined;
}
