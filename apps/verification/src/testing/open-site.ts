/** A site on loopback with keys of its own, an examiner that does what a test says, and a log that can be read. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@machikado/server';
import { compose } from '../compose.ts';
import type { VerificationConfig } from '../config.ts';
import type { Examined, Refused, Upload } from '../ports.ts';
import { engineKeys } from './paper-in-hand.ts';

export interface OpenSite {
  readonly url: string;
  readonly dir: string;
  readonly innerPort: number | undefined;
  readonly reportKey: KeyObject;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly config?: Partial<VerificationConfig>;
  /** Absent: real processes. */
  readonly examine?: (upload: Upload, signal: AbortSignal) => Promise<Examined | Refused> | Examined | Refused;
  readonly now?: () => Date;
}

export function siteKeys(dir: string) {
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  const report = generateKeyPairSync('ed25519');
  const reportKeyFile = file('report.pem', report.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const keys: VerificationConfig['keys'] = {
    masters: engineKeys.masters.map(({ id, key }) => ({
      id,
      keyFile: file(`master-${id}.hex`, Buffer.from(key).toString('hex')),
    })),
    signers: engineKeys.signers.map(({ id, pem }) => ({ id, keyFile: file(`signer-${id}.pem`, pem) })),
    reportKeyFile,
  };
  return { keys, reportKey: report.publicKey };
}

export async function openSite({ config, examine, now = () => new Date() }: SiteOptions = {}): Promise<OpenSite> {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-site-'));
  const { keys, reportKey } = siteKeys(dir);
  const lines: string[] = [];
  const site = await compose(
    {
      public: { host: '127.0.0.1', port: 0 },
      keys,
      municipalities: [{ lgCode: '990019', name: '架空市' }],
      pageDir: join(dir, 'no-page'),
      ...config,
    },
    {
      log: createLog({ service: 'verification', write: (line) => lines.push(line) }),
      clock: { now },
      ...(examine && {
        examiner: {
          examine: async (upload: Upload, signal: AbortSignal) => examine(upload, signal),
          warm: async () => undefined,
          close: async () => undefined,
        },
      }),
    },
  );
  const { port, innerPort } = await site.listen();
  return {
    ...{ url: `http://127.0.0.1:${port}`, dir, innerPort, reportKey, lines },
    async close() {
      await site.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function formOf(files: readonly (readonly [field: string, bytes: Uint8Array | string])[]): FormData {
  const form = new FormData();
  for (const [field, bytes] of files) form.append(field, new Blob([bytes]), 'scan');
  return form;
}
