/** Starts a site with the benches’ keys, and tells how much memory it and its processes take together. */
import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerificationConfig } from '../../apps/verification/src/index.ts';
import { openingKeys } from '../keys.ts';

export interface BenchSite {
  readonly url: string;
  /** At this moment; what processes share counts once. */
  bytes(): number;
  close(): Promise<void>;
}

export async function startSite(limits: VerificationConfig['limits']): Promise<BenchSite> {
  const folder = mkdtempSync(join(tmpdir(), 'machikado-bench-'));
  const child = fork(new URL('./site-process.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const config: VerificationConfig = {
    public: { host: '127.0.0.1', port: 0 },
    keys: keysIn(folder),
    municipalities: [],
    ...(limits && { limits }),
  };
  child.send(config);
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: () => familyOf(child.pid ?? 0).reduce((sum, pid) => sum + proportionalBytes(pid), 0),
    close: () => end(child, folder),
  };
}

function keysIn(folder: string): VerificationConfig['keys'] {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    masters: [...openingKeys.masters].map(([id, key]) => ({
      id,
      keyFile: file(`master-${id}.hex`, Buffer.from(key).toString('hex')),
    })),
    signers: [...openingKeys.signers].map(([id, key]) => ({
      id,
      keyFile: file(`signer-${id}.pem`, key.export({ type: 'spki', format: 'pem' }).toString()),
    })),
    reportKeyFile: file('report.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
  rmSync(folder, { recursive: true });
}

/** A process and all that it started (Linux). */
function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

const proportionalBytes = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;

/** A process may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
