/**
 * 監査記録: every event that the center records, one row per name. Each move of a life cycle has its event, so that the history
 * of a session, an order or a copy can be told from the audit table alone. Names are facts in the past tense and never change
 * their meaning. No event holds anything about a person.
 */
import type { CopyState, OrderState, SessionState } from '@machikado/protocol';

export const auditEvents = {
  'session-challenged': 'A kiosk began a session; the challenge waits for its answer.',
  'session-proven': 'The card’s proof holds and the cert is good.',
  'session-burnt': 'The challenge was answered wrongly or given up. The reason is the code that the kiosk got.',
  'session-ended': 'The kiosk, or staff, ended the use.',
  'session-expired': 'Nobody ended the use in time.',
  'order-requested': 'A kiosk placed an order.',
  'order-sealed': 'The documents were compared, inspected, treated and sealed; the center keeps its shares.',
  'order-paid': 'The fee lies in escrow; the shares were released.',
  'order-settled': 'The outcome of each copy is known and the money is booked.',
  'order-failed': 'The order died before it was sealed. The reason is the code that the kiosk got.',
  'order-cancelled': 'A sealed order was given up unpaid; its shares were deleted.',
  'copy-sealed': 'A copy waits as ciphertext at the kiosk.',
  'copy-released': 'The center’s share of a copy was given to the kiosk.',
  'copy-void': 'A copy was given up before it was paid; nobody can open it any more.',
  'copy-output': 'A whole copy came out: revenue.',
  'copy-uncertain': 'A copy may have come out: its issue number is cancelled and the money returned.',
  'copy-not-output': 'A copy did not come out: its issue number is cancelled and the money returned.',
  'answer-discarded':
    'An answer of an issuing server came for an order that was no longer waiting, or for a kind suspended meanwhile.',
  'binding-mismatched':
    'An answer of an issuing server was about something else than the question. The reason lists what.',
  'issuing-suspended': 'A kind of a municipality was suspended until staff release it.',
  'suspension-released': 'Staff released a suspension.',
  'outcome-overdue': 'A paid order has no outcome; its money stays in suspense.',
  'owed-paid-out': 'The store handed over what was owed; the ledger has the amount, booked at the same instant.',
  'notice-closed': 'Staff looked into an uncertain copy and closed its notice.',
  'outcome-delivered': 'The issuing server took over what became of the issue numbers.',
  'outcome-refused': 'The issuing server refused what became of the issue numbers; staff must look.',
  'cancellations-published':
    'A verification site took over a longer list of cancelled copies. The reason is its name and the version.',
  'directory-published': 'A municipality published entries of its 利用者登録.',
  'directory-contested': 'Two municipalities claim one cert in the same role; both are refused.',
} as const satisfies Record<string, string>;

export type AuditEventName = keyof typeof auditEvents;

export const sessionEvents = {
  challenged: 'session-challenged',
  proven: 'session-proven',
  burnt: 'session-burnt',
  ended: 'session-ended',
  expired: 'session-expired',
} as const satisfies Record<SessionState, AuditEventName>;

export const orderEvents = {
  requested: 'order-requested',
  sealed: 'order-sealed',
  paid: 'order-paid',
  settled: 'order-settled',
  failed: 'order-failed',
  cancelled: 'order-cancelled',
} as const satisfies Record<OrderState, AuditEventName>;

export const copyEvents = {
  sealed: 'copy-sealed',
  released: 'copy-released',
  output: 'copy-output',
  uncertain: 'copy-uncertain',
  'not-output': 'copy-not-output',
  void: 'copy-void',
} as const satisfies Record<CopyState, AuditEventName>;
