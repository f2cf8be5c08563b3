/** 取扱再開: staff have found out what went wrong and release a suspension, under their name and with their reason. */
import type { CertificateKind } from '@machikado/protocol';
import type { Store } from '../store.ts';

export interface Release {
  readonly lgCode: string;
  readonly kind: CertificateKind;
  readonly staff: string;
  readonly reason: string;
}

/** False when nothing was suspended. */
export function releaseSuspension(store: Store, release: Release, at: Date): Promise<boolean> {
  const { lgCode, kind, staff, reason } = release;
  return store.transaction(async (tables) => {
    if (!(await tables.suspensions.release({ lgCode, kind }, staff, reason, at))) return false;
    await tables.audit.record('suspension-released', at, { lgCode, kind, staff, reason });
    return true;
  });
}
