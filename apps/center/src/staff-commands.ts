/** Commands for staff of the center. What staff decide is written down with name and reason. */
import { CertificateKind, CopyOutcome, ProtocolError } from '@machikado/protocol';
import { Check } from 'typebox/value';
import type { Store } from './store.ts';
import { endSessionByStaff } from './use-cases/end-session-by-staff.ts';
import { releaseSuspension } from './use-cases/release-suspension.ts';
import { settleOverdueOrder } from './use-cases/settle-overdue-order.ts';

export const usage = `npm run center -- <command> --config <file> …
  suspensions
      what is not issued after a mismatch
  notices
      what staff must look at: outcomes overdue or refused, uncertain copies, refunds owed
  release-suspension --lg-code <code> --kind <kind> --staff <name> --reason <text>
      lets a kind be issued again after a mismatch was looked into
  end-session --session <session id> --staff <name> --reason <text>
      ends one login before its time; its id stands in audit_events, by kiosk and time
  settle-order --lg-code <code> --order <order id> --staff <name> --reason <text>
               --outcome 1=output,2=uncertain,3=not-output --refunded-yen <yen> --refund-payable-yen <yen>
      settles a paid order whose kiosk will never report its outcome`;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Options {
  readonly config?: string | undefined;
  readonly 'lg-code'?: string | undefined;
  readonly kind?: string | undefined;
  readonly staff?: string | undefined;
  readonly reason?: string | undefined;
  readonly session?: string | undefined;
  readonly order?: string | undefined;
  readonly outcome?: string | undefined;
  readonly 'refunded-yen'?: string | undefined;
  readonly 'refund-payable-yen'?: string | undefined;
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
      const notices = (await store.notices.all()).filter(({ resolvedAt }) => resolvedAt === null);
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
    case 'end-session': {
      const { session: sessionId, staff, reason } = options;
      if (!sessionId || !staff?.trim() || !reason?.trim()) throw new UsageError(usage);
      const ended = await endSessionByStaff(store, { sessionId, staff, reason }, at);
      return ended ? `ended: ${sessionId}` : `no such session, or it was over: ${sessionId}`;
    }
    case 'settle-order': {
      const { 'lg-code': lgCode, order: orderId, staff, reason } = options;
      if (!lgCode || !orderId || !staff?.trim() || !reason?.trim()) throw new UsageError(usage);
      const outcomes = (options.outcome ?? '').split(',').map(readOutcome);
      const refundedYen = readYen(options['refunded-yen']);
      const refundPayableYen = readYen(options['refund-payable-yen']);
      const settlement = { lgCode, orderId, staff, reason, outcomes, refundedYen, refundPayableYen };
      await settleOverdueOrder(store, settlement, at).catch(sayWhy);
      return `settled: ${lgCode} ${orderId}`;
    }
    default:
      throw new UsageError(usage);
  }
}

function readOutcome(text: string) {
  const [, copy, outcome] = /^([1-9][0-9]?)=([a-z-]+)$/.exec(text.trim()) ?? [];
  if (!Check(CopyOutcome, outcome)) throw new UsageError(usage);
  return { copy: Number(copy), outcome };
}

function readYen(text: string | undefined): number {
  if (text === undefined || !/^[0-9]{1,6}$/.test(text)) throw new UsageError(usage);
  return Number(text);
}

function sayWhy(error: unknown): never {
  throw error instanceof ProtocolError ? new UsageError(error.message) : error;
}
