/**
 * 発行番号: drawn at random, one per copy, never used again (the primary key is the last fence). issued → handed-over or
 * cancelled, and each of these is the end (protocol/lifecycles.ts).
 */
import type { CertificateKind, IssueNumberState } from '@machikado/protocol';
import type { MunicipalSql } from './municipal-sql.ts';

export interface NewIssueNumber {
  readonly issueNumber: string;
  readonly orderId: string;
  readonly copy: number;
  readonly kind: CertificateKind;
  readonly feeYen: number;
  readonly test: boolean;
}

export async function addIssueNumber(tx: MunicipalSql, number: NewIssueNumber, now: Date): Promise<void> {
  const { issueNumber, orderId, copy, kind, feeYen, test } = number;
  await tx.run(
    `insert into issue_number (lg_code, issue_number, order_id, copy, kind, fee_yen, test, state, issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'issued', $8)`,
    [tx.lgCode, issueNumber, orderId, copy, kind, feeYen, test, now],
  );
}

export interface IssueNumberRow {
  readonly issueNumber: string;
  readonly copy: number;
  readonly state: IssueNumberState;
}

/** Locked until the transaction ends, so that two outcomes of one order wait for each other. */
export function lockIssueNumbers(tx: MunicipalSql, orderId: string): Promise<IssueNumberRow[]> {
  return tx.query<IssueNumberRow>(
    `select issue_number as "issueNumber", copy, state from issue_number
     where lg_code = $1 and order_id = $2 order by copy for update`,
    [tx.lgCode, orderId],
  );
}

export async function settleIssueNumber(
  tx: MunicipalSql,
  issueNumber: string,
  state: 'handed-over' | 'cancelled',
  now: Date,
): Promise<boolean> {
  const moved = await tx.run(
    `update issue_number set state = $3, settled_at = $4
     where lg_code = $1 and issue_number = $2 and state = 'issued'`,
    [tx.lgCode, issueNumber, state, now],
  );
  return moved === 1;
}
