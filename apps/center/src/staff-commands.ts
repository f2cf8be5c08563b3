/** Commands for staff of the center. A release is written down with name and reason before anything is issued again. */
import { CertificateKind } from '@machikado/protocol';
import { Check } from 'typebox/value';
import type { Store } from './store.ts';
import { releaseSuspension } from './use-cases/release-suspension.ts';

export const usage = `npm run center -- <command> --config <file> …
  suspensions
      what is not issued after a mismatch
  notices
      what staff must look at: outcomes overdue or refused, uncertain copies, refunds owed
  release-suspension --lg-code <code> --kind <kind> --staff <name> --reason <text>
      lets a kind be issued again after a mismatch was looked into`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

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
      if (!lgCode || !staff?.trim() || !reason?.trim() || !Check(CertificateKind, kind)) throw new UsageError(usage);
      const released = await releaseSuspension(store, { lgCode, kind, staff, reason }, at);
      return released ? `released: ${lgCode} ${kind}` : `was not suspended: ${lgCode} ${kind}`;
    }
    default:
      throw new UsageError(usage);
  }
}
