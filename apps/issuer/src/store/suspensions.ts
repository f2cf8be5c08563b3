/** 取扱停止 after a mismatch: one open row a kind. It ends by a member of staff with a reason, and by nothing else. */
import type { CertificateKind } from '@machikado/protocol';
import type { MunicipalSql } from './municipal-sql.ts';

export interface NewSuspension {
  readonly suspensionId: string;
  readonly kind: CertificateKind;
  readonly cause: string;
}

/** False when the kind is suspended already. */
export async function suspendKind(tx: MunicipalSql, suspension: NewSuspension, now: Date): Promise<boolean> {
  const added = await tx.run(
    `insert into suspension (lg_code, suspension_id, kind, cause, suspended_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [tx.lgCode, suspension.suspensionId, suspension.kind, suspension.cause, now],
  );
  return added === 1;
}

export async function suspendedKinds(tx: MunicipalSql): Promise<Set<string>> {
  const rows = await tx.query<{ kind: string }>(
    'select kind from suspension where lg_code = $1 and released_at is null',
    [tx.lgCode],
  );
  return new Set(rows.map((row) => row.kind));
}

export async function releaseKind(
  tx: MunicipalSql,
  release: { readonly kind: CertificateKind; readonly staff: string; readonly reason: string },
  now: Date,
): Promise<boolean> {
  const released = await tx.run(
    `update suspension set released_at = $5, released_by = $3, release_reason = $4
     where lg_code = $1 and kind = $2 and released_at is null`,
    [tx.lgCode, release.kind, release.staff, release.reason, now],
  );
  return released > 0;
}
