/** One schema is both validator and type; each is compiled once. Only the place of a fault comes out, never a value or a name of the sender’s. */
import { BASE64_PATTERN } from '@machikado/protocol';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Errors } from 'typebox/value';
import { isBase64 } from './base64-text.ts';

export interface SchemaCheck {
  fits(value: unknown): boolean;
  /** Where the value does not fit, as a JSON pointer; `*` stands for a member that the schema does not name. */
  faultOf(value: unknown): string;
}

/** Who asks for the fault asks the schema itself. */
const quickBase64 = { check: isBase64, error: () => 'not Base64' };

const compiled = new WeakMap<TSchema, SchemaCheck>();

export function checkFor(schema: TSchema): SchemaCheck {
  const known = compiled.get(schema);
  if (known) return known;
  const validator = Compile(withQuickBase64(schema) as TSchema);
  const names = new Set(namesIn(schema));
  const check: SchemaCheck = {
    fits: (value) => validator.Check(value),
    faultOf(value) {
      const [first] = Errors(schema, value);
      return first ? `${placeIn(value, first.instancePath, names)}: ${first.keyword}` : 'none';
    },
  };
  compiled.set(schema, check);
  return check;
}

/** What an unknown member is called is text of the sender, and places stand in logs. */
function placeIn(value: unknown, pointer: string, names: ReadonlySet<string>): string {
  let inside = value;
  const steps = pointer.split('/').slice(1);
  const shown = steps.map((step) => {
    const isOurs = Array.isArray(inside) || names.has(step);
    inside = (inside as Readonly<Record<string, unknown>> | null | undefined)?.[step];
    return isOurs ? step : '*';
  });
  return `/${shown.join('/')}`;
}

/** Of every member that the schema knows, however deep. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(namesIn)];
}

/** The same schema, but long texts are not walked through by an expression. */
function withQuickBase64(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withQuickBase64);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { pattern, ...rest } = schema as Readonly<Record<string, unknown>>;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withQuickBase64(value)]));
  if (pattern === undefined) return copy;
  return pattern === BASE64_PATTERN ? { ...copy, '~refine': [quickBase64] } : { ...copy, pattern };
}
