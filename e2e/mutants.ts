/** From a valid message and its schema: every message that differs in one place and must not pass. */
import type { Endpoint } from '@machikado/protocol';

export interface Mutant {
  readonly what: string;
  readonly body: unknown;
}

/** The parts of JSON Schema that the messages are written in. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
}

type Place = (value: unknown) => unknown;
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  object: [null, [], 'text', 1, true],
  array: [null, {}, 'text', 1, true],
  string: [null, {}, [], 1, true],
  integer: [null, {}, [], '1', true, 1.5],
  boolean: [null, {}, [], 'true', 0],
};

export function mutantsOf(schema: NonNullable<Endpoint['body']>, valid: unknown): Mutant[] {
  return [...mutate(schema as Schema, valid, '/', (value) => value)];
}

function* mutate(schema: Schema, valid: unknown, at: string, put: Place): Generator<Mutant> {
  const type = schema.enum ? 'string' : (schema.type ?? 'string');
  for (const wrong of WRONG[type] ?? []) yield { what: `${at} is ${JSON.stringify(wrong)}`, body: put(wrong) };
  if (type === 'object') yield* mutateObject(schema, valid as Record<string, unknown>, at, put);
  if (type === 'array') yield* mutateArray(schema, valid as unknown[], at, put);
  if (type === 'string') yield* mutateString(schema, valid as string, at, put);
  if (type === 'integer') yield* mutateInteger(schema, at, put);
}

function* mutateObject(
  { properties = {}, required = [] }: Schema,
  valid: Record<string, unknown>,
  at: string,
  put: Place,
): Generator<Mutant> {
  for (const extra of ['extra', 'constructor', 'toString'])
    yield { what: `${at} has a member ${extra}`, body: put({ ...valid, [extra]: 'x' }) };
  for (const [name, schema] of Object.entries(properties)) {
    const { [name]: present, ...others } = valid;
    if (required.includes(name)) yield { what: `${at}${name} is missing`, body: put(others) };
    const otherCase = name.toUpperCase();
    if (name !== otherCase && present !== undefined)
      yield { what: `${at}${name} is written ${otherCase}`, body: put({ ...others, [otherCase]: present }) };
    if (present === undefined) yield { what: `${at}${name} is a number`, body: put({ ...valid, [name]: 1 }) };
    else yield* mutate(schema, present, `${at}${name}/`, (value) => put({ ...valid, [name]: value }));
  }
}

function* mutateArray(schema: Schema, valid: unknown[], at: string, put: Place): Generator<Mutant> {
  const { items = {}, minItems = 0, maxItems, uniqueItems } = schema;
  const [first] = valid;
  if (minItems > 0) yield { what: `${at} is empty`, body: put([]) };
  if (first === undefined) {
    yield { what: `${at} holds a number`, body: put([1]) };
    return;
  }
  if (maxItems !== undefined) yield { what: `${at} is too long`, body: put(Array(maxItems + 1).fill(first)) };
  if (uniqueItems) yield { what: `${at} holds one twice`, body: put([first, first]) };
  yield* mutate(items, first, `${at}0/`, (value) => put([value, ...valid.slice(1)]));
}

function* mutateString(schema: Schema, valid: string, at: string, put: Place): Generator<Mutant> {
  const { pattern, maxLength, minLength = 0 } = schema;
  if (schema.enum) yield { what: `${at} is not in the list`, body: put(`${valid}x`) };
  if (pattern) {
    for (const odd of ['!', '\n', '\0', '　', '\ud800']) {
      yield { what: `${at} ends with ${JSON.stringify(odd)}`, body: put(`${valid}${odd}`) };
      yield { what: `${at} begins with ${JSON.stringify(odd)}`, body: put(`${odd}${valid}`) };
    }
  }
  if (maxLength !== undefined) yield { what: `${at} is too long`, body: put('A'.repeat(maxLength + 1)) };
  if (minLength > 0) yield { what: `${at} is empty`, body: put('') };
}

function* mutateInteger({ minimum, maximum }: Schema, at: string, put: Place): Generator<Mutant> {
  if (minimum !== undefined) yield { what: `${at} is too small`, body: put(minimum - 1) };
  if (maximum !== undefined) yield { what: `${at} is too large`, body: put(maximum + 1) };
  yield { what: `${at} is beyond all integers`, body: put(1e300) };
}
