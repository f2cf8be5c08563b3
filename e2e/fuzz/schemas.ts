/** JSON Schema by programs that share nothing with our servers: json-schema-faker makes a value that fits, Ajv says whether one does. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { generateSync, type JsonSchema } from 'json-schema-faker';

export interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

const ajv = new Ajv2020({ strict: false });
const compiled = new WeakMap<Schema, ValidateFunction>();

function validatorOf(schema: Schema): ValidateFunction {
  const known = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, known);
  return known;
}

export function fits(schema: Schema, value: unknown): boolean {
  return validatorOf(schema)(value);
}

/** Where and how it does not fit; never the value. */
export function misfitOf(schema: Schema, value: unknown): string {
  const validate = validatorOf(schema);
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

/** A value that fits, with short lists: long ones take long, and making them is left to a change. */
export function invent(schema: Schema, seed: number): unknown {
  return generateSync(schema as JsonSchema, { seed, maxItems: 3 });
}
