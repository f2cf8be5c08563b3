/** 知らせの処理済み: staff have looked into what nothing else closes, and say so under their name and with their reason. */
import type { Notice } from '../model.ts';
import { StaffRefusal } from '../staff-refusal.ts';
import type { Store } from '../store.ts';

export interface ClosedNotice {
  readonly lgCode: string;
  readonly orderId: string;
  /** 0: the order as a whole. */
  readonly copy: number;
  readonly notice: Notice;
  readonly staff: string;
  readonly reason: string;
}

/** What closes each; null: staff, by hand. */
const closers = {
  'outcome-overdue': 'the outcome of the kiosk, or settle-order',
  'outcome-refused': 'the issuing server, when it takes the outcome',
  'refund-owed': 'pay-owed, when nothing is owed any more',
  'copy-uncertain': null,
} as const satisfies Record<Notice, string | null>;

export function isNotice(text: string | undefined): text is Notice {
  return text !== undefined && Object.hasOwn(closers, text);
}

/** False when there is no such notice, or it was closed. */
export async function closeNotice(store: Store, closed: ClosedNotice, at: Date): Promise<boolean> {
  const { lgCode, orderId, copy, notice, staff, reason } = closed;
  const closer = closers[notice];
  if (closer) throw new StaffRefusal('NOTICE_CLOSES_OTHERWISE', `${notice} is closed by ${closer}`);
  return store.transaction(async (tables) => {
    if (!(await tables.notices.resolve({ lgCode, orderId }, copy, notice, at))) return false;
    await tables.audit.record('notice-closed', at, { lgCode, orderId, copy, staff, reason });
    return true;
  });
}
