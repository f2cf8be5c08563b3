/** SQL inside the schema of one municipality, inside one transaction. */
import type { Sql } from '@machikado/database';

export interface MunicipalSql extends Sql {
  readonly lgCode: string;
}

/** The schema of a municipality: the code has six digits by its schema, so it can stand in a name. */
export function schemaOf(lgCode: string): string {
  if (!/^\d{6}$/.test(lgCode)) throw new RangeError('not a six-digit lgCode');
  return `m${lgCode}`;
}
