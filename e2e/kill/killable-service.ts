/** A service of its own process, for kill -9: dies, and comes back with the same settings on the same port. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Service, startService } from '@machikado/town';
import { builtProgram } from '../built-program.ts';

export interface Killable {
  /** kill -9; comes back when the process is gone. */
  kill(): Promise<void>;
  revive(): Promise<void>;
}

export interface KillableService extends Killable {
  readonly name: string;
  /** The process of now. */
  child(): ChildProcess;
  stop(): Promise<void>;
}

export async function killableService(
  name: string,
  module: string,
  configFile: string,
  dir: string,
  nodeArgs: readonly string[] = [],
): Promise<KillableService> {
  const program = await builtProgram(module);
  const start = () => startService(name, program, ['--config', configFile], join(dir, 'log'), nodeArgs);
  let service: Service = await start();
  return {
    name,
    child: () => service.process,
    async kill() {
      if (service.process.exitCode !== null || service.process.signalCode !== null) return;
      const gone = once(service.process, 'exit');
      service.process.kill('SIGKILL');
      await gone;
    },
    async revive() {
      service = await start();
    },
    stop: () => service.stop(),
  };
}
