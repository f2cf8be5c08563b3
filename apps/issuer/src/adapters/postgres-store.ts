/** The store in PostgreSQL: the search path holds one municipality’s schema for the length of one transaction. */
import type { Database } from '@machikado/database';
import type { Store } from '../ports.ts';
import { schemaOf } from '../store/municipal-sql.ts';

export function createPostgresStore(db: Database): Store {
  return {
    inMunicipality: (lgCode, work) =>
      db.transaction(
        (tx) =>
          work({
            lgCode,
            query: (text, params) => tx.query(text, params),
            one: (text, params) => tx.one(text, params),
            maybe: (text, params) => tx.maybe(text, params),
            run: (text, params) => tx.run(text, params),
          }),
        { schema: schemaOf(lgCode), isolation: 'read committed' },
      ),
  };
}
