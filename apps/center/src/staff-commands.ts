/** Commands for staff of the center. What staff decide is written down with name and reason. */
import { CertificateKind, CopyOutcome, ProtocolError } from '@machikado/protocol';
import { Check } from 'typebox/value';
import { StaffRefusal } from './staff-refusal.ts';
import type { RaisedNotice, Store } from './store.ts';
import { closeNotice, isNotice } from './use-cases/close-notice.ts';
import { endSessionByStaff } from './use-cases/end-session-by-staff.ts';
import { payOwed } from './use-cases/pay-owed.ts';
import { releaseSuspension } from './use-cases/release-suspension.ts';
import { settleOverdueOrder } from './use-cases/settle-overdue-order.ts';

export const usage = `npm run center -- <command> --config <file> …
  suspensions
      what is not issued after a mismatch
  notices
      what staff must look at: outcomes overdue or refused, uncertain copies, money owed and how much
      each line: since when, code, order id, copy (-: the whole order), notice
  release-suspension --lg-code <code> --kind <kind> --staff <name> --reason <text>
      lets a kind be issued again after a mismatch was looked into
  end-session --session <session id> --staff <name> --reason <text>
      ends one login before its time; its id stands in audit_events, by kiosk and time
  settle-order --lg-code <code> --order <order id> --staff <name> --reason <text>
               --outcome 1=output,2=uncertain,3=not-output --refunded-yen <yen> --refund-payable-yen <yen>
               [--change-payable-yen <yen>]
      settles a paid order whose kiosk will never report its outcome; change that it did not give: default 0
  pay-owed --lg-code <code> --order <order id> --staff <name> --reason <text> --yen <yen>
      books that the store handed a resident what was owed, or a part of it; the same amount with the same reason is booked once
  close-notice --lg-code <code> --order <order id> --copy <copy> --notice copy-uncertain --staff <name> --reason <text>
      closes a notice that nothing else closes, after it was looked into`;

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
  readonly 'change-payable-yen'?: string | undefined;
  readonly yen?: string | undefined;
  readonly copy?: string | undefined;
  readonly notice?: string | undefined;
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
      const lines = await Promise.all(notices.map((notice) => lineOf(store, notice)));
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
      const about = aboutOrder(options);
      const outcomes = (options.outcome ?? '').split(',').map(readOutcome);
      const refundedYen = readYen(options['refunded-yen']);
      const refundPayableYen = readYen(options['refund-payable-yen']);
      const changePayableYen = readYen(options['change-payable-yen'] ?? '0');
      const yen = { refundedYen, refundPayableYen, changePayableYen };
      await settleOverdueOrder(store, { ...about, outcomes, ...yen }, at).catch(sayWhy);
      return `settled: ${about.lgCode} ${about.orderId}`;
    }
    case 'pay-owed': {
      const about = aboutOrder(options);
      const yen = readYen(options.yen);
      if (yen === 0) throw new UsageError(usage);
      const paid = await payOwed(store, { ...about, yen }, at).catch(sayWhy);
      const what = `${about.lgCode} ${about.orderId} ${yen} yen, still owed: ${paid.stillOwedYen} yen`;
      return paid.booked ? `paid out: ${what}` : `was booked before, with the same reason: ${what}`;
    }
    case 'close-notice': {
      const { notice } = options;
      if (!isNotice(notice)) throw new UsageError(usage);
      const closing = { ...aboutOrder(options), copy: readCopy(options.copy), notice };
      const closed = await closeNotice(store, closing, at).catch(sayWhy);
      const which = nameOf(closing);
      return closed ? `closed: ${which}` : `no such notice, or it was closed: ${which}`;
    }
    default:
      throw new UsageError(usage);
  }
}

/** Whatever a command about the notice asks for. */
async function lineOf(store: Store, about: RaisedNotice): Promise<string> {
  const line = `${about.raisedAt.toISOString()} ${nameOf(about)}`;
  return about.notice === 'refund-owed' ? `${line} ${await store.ledger.owed(about)} yen` : line;
}

/** Of a notice, as a command asks for it. */
function nameOf({ lgCode, orderId, copy, notice }: Pick<RaisedNotice, 'lgCode' | 'orderId' | 'copy' | 'notice'>) {
  return [lgCode, orderId, copy || '-', notice].join(' ');
}

/** Which order, who decides, and why. */
function aboutOrder({ 'lg-code': lgCode, order: orderId, staff, reason }: Options) {
  if (!lgCode || !orderId || !staff?.trim() || !reason?.trim()) throw new UsageError(usage);
  return { lgCode, orderId, staff, reason };
}

/** As the list of notices has it: `-` is the whole order. */
function readCopy(text = '-'): number {
  if (!/^(-|[1-9][0-9]?)$/.test(text)) throw new UsageError(usage);
  return text === '-' ? 0 : Number(text);
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
  throw error instanceof ProtocolError || error instanceof StaffRefusal ? new UsageError(error.message) : error;
}
