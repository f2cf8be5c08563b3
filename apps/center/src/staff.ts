/**
 * Commands for staff of the center:
 *
 *   npm run center -- suspensions --config <file>
 *   npm run center -- notices --config <file>
 *   npm run center -- release-suspension --config <file> --lg-code 990019 --kind resident-record --staff <name> --reason <text>
 *
 * A release is written down with the name and the reason before anything is issued again.
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '@machikado/database';
import { CertificateKind } from '@machikado/protocol';
import { loadConfig, readSecret } from '@machikado/server';
import { Check } from 'typebox/value';
import { openStore } from './adapters/postgres/open-store.ts';
import { CenterConfig } from './config.ts';
import type { Store } from './store.ts';
import { releaseSuspension } from './use-cases/release-suspension.ts';

const usage =
  'usage: suspensions | notices | release-suspension, with --config (and --lg-code --kind --staff --reason)';

interface Options {
  readonly config?: string | undefined;
  readonly 'lg-code'?: string | undefined;
  readonly kind?: string | undefined;
  readonly staff?: string | undefined;
  readonly reason?: string | undefined;
}

/** What to print. */
export async function staffCommand(
  store: Store,
  command: string | undefined,
  options: Options,
  at: Date,
): Promise<string> {
  switch (command) {
    case 'suspensions': {
      const active = await store.suspensions.active();
      return active.map(({ lgCode, kind }) => `${lgCode} ${kind}`).join('\n') || 'nothing is suspended';
    }
    case 'notices': {
      const notices = await store.notices.all();
      const lines = notices.map(({ lgCode, orderId, copy, notice, raisedAt }) =>
        [raisedAt.toISOString(), lgCode, orderId, copy || '-', notice].join(' '),
      );
      return lines.join('\n') || 'no notices';
    }
    case 'release-suspension': {
      const { 'lg-code': lgCode, kind, staff, reason } = options;
      if (!lgCode || !staff?.trim() || !reason?.trim() || !Check(CertificateKind, kind)) throw new RangeError(usage);
      const released = await releaseSuspension(store, { lgCode, kind, staff, reason }, at);
      return released ? `released: ${lgCode} ${kind}` : `was not suspended: ${lgCode} ${kind}`;
    }
    default:
      throw new RangeError(usage);
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const text = { type: 'string' } as const;
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { config: text, 'lg-code': text, kind: text, staff: text, reason: text },
  });
  const config = loadConfig(CenterConfig, values.config ?? '');
  const db = openDatabase(readSecret(config.databaseUrlFile), { applicationName: 'machikado-center-staff', max: 1 });
  try {
    process.stdout.write(`${await staffCommand(openStore(db), positionals[0], values, new Date())}\n`);
  } finally {
    await db.close();
  }
}
