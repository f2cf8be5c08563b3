/**
 * How column types come out. node-postgres turns `date` into local midnight (another day in another time zone) and int8 into
 * text; here a date stays text and an int8 becomes a number, or an error where a number could not hold it.
 */
import pg from 'pg';

const INT8 = 20;
const DATE = 1082;

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return safeInteger;
    if (oid === DATE) return String;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 value does not fit a number');
  return value;
}
