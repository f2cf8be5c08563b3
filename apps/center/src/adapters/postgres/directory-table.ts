/** 利用者登録 as published. Versions only go up; of two feeds the newer one stays, in whatever order they arrive. */
import type { Sql } from '@machikado/database';
import type { KnownAt } from '../../model.ts';
import type { DirectoryTable } from '../../store.ts';

export function directoryTable(sql: Sql): DirectoryTable {
  return {
    async publish(lgCode, entries) {
      let taken = 0;
      for (const { certRef, role, version, active } of entries)
        taken += await sql.run(
          `INSERT INTO directory (lg_code, cert_ref, role, version, active) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (lg_code, cert_ref, role) DO UPDATE SET version = excluded.version, active = excluded.active
           WHERE directory.version < excluded.version`,
          [lgCode, certRef, role, version, active],
        );
      return taken;
    },

    find: (certRef) =>
      sql.query<KnownAt>(
        'SELECT lg_code AS "lgCode", role FROM directory WHERE cert_ref = $1 AND active ORDER BY role DESC, lg_code',
        [certRef],
      ),
  };
}
