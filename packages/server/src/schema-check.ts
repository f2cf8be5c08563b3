/** One schema is both validator and type; each is compiled once. Only the place of a fault comes out, never a value. */
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export interface SchemaCheck {
  fits(value: unknown): boolean;
  /** Where the value does not fit, as a JSON pointer. */
  faultOf(value: unknown): string;
}

const compiled = new WeakMap<TSchema, SchemaCheck>();

export function checkFor(schema: TSchema): SchemaCheck {
  const known = compiled.get(schema);
  if (known) return known;
  const validator = Compile(schema);
  const check: SchemaCheck = {
    fits: (value) => validator.Check(value),
    faultOf(value) {
      const [first] = validator.Errors(value);
      return first ? `${first.instancePath || '/'}: ${first.keyword}` : 'none';
    },
  };
  compiled.set(schema, check);
  return check;
}
