/** One request to an operation: as its document wants it, with something changed, or damaged on the wire. */
import { damagedBytes } from '@machikado/testkit';
import type { RawRequest } from '../raw-http.ts';
import { changeMessage } from './change-message.ts';
import { putInto, type Values } from './found-values.ts';
import type { Operation } from './operations.ts';
import { fits, invent } from './schemas.ts';

type Chance = (below: number) => number;

export interface FuzzedRequest extends RawRequest {
  /** By the document: must be taken for well-formed, must not, or nobody can say. */
  readonly wellFormed: boolean | 'unknown';
  /** The asker leaves less time than the operation has. */
  readonly hurried: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly message: unknown;
}

/** Half of all requests come past the form; the rest tries it. */
const KINDS = [...Array(5).fill('fitting'), ...Array(4).fill('changed'), 'damaged'] as readonly (
  | 'fitting'
  | 'changed'
  | 'damaged'
)[];
const JSON_TYPE = 'application/json; charset=utf-8';
const TYPES = [
  JSON_TYPE,
  'application/json',
  'text/plain',
  'application/json; charset=utf-16',
  '',
  'multipart/form-data',
];
const DEADLINES = ['1', '20', '9999999', '0', '-1', '007', '1.5', '1e3', 'soon', '10000000'];
const isGoodDeadline = (text: string | undefined) => text === undefined || /^[1-9]\d{0,6}$/.test(text);
/** So long nobody is in a hurry. */
const UNHURRIED_MS = 1_000_000;

export function makeRequest(operation: Operation, values: Values, chance: Chance, stray: () => unknown): FuzzedRequest {
  const { method, path, pathParams, body } = operation;
  const kind = KINDS[chance(KINDS.length)];
  const change = (value: unknown) => changeMessage(value, chance, stray);

  const params = inventParams(operation, values, chance);
  let message = body && putInto(body, invent(body, chance(2 ** 31)), values);
  if (isObject(message) && chance(8) > 0) message = { ...message, ...sharedWith(message, params) };
  const [damaged] = kind === 'changed' && (!body || chance(6) === 0) ? pathParams : [];
  if (damaged) params[damaged.name] = textOf(change(params[damaged.name]));
  else if (kind === 'changed' && body) for (let times = 1 + chance(2); times > 0; times -= 1) message = change(message);

  const deadline = chance(12) === 0 ? DEADLINES[chance(DEADLINES.length)] : undefined;
  const type = kind === 'damaged' ? TYPES[chance(TYPES.length)] : JSON_TYPE;
  const text = body && JSON.stringify(message);
  // As it will be read: no text can say -0 or infinity.
  const read: unknown = text && JSON.parse(text);
  return {
    ...{ method, params, message: read },
    path: path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? '')),
    headers: { ...(body && { 'content-type': type ?? '' }), ...(deadline && { 'deadline-ms': deadline }) },
    ...(text && { body: kind === 'damaged' ? damagedBytes(Buffer.from(text), chance(2 ** 31)) : text }),
    wellFormed: kind === 'damaged' ? 'unknown' : isGoodDeadline(deadline) && isWellFormed(operation, params, read),
    hurried: deadline !== undefined && Number(deadline) < UNHURRIED_MS,
  };
}

function inventParams({ pathParams }: Operation, values: Values, chance: Chance): Record<string, string> {
  return Object.fromEntries(
    pathParams.map(({ name, schema }) => [name, String(values.any(name, schema) ?? invent(schema, chance(2 ** 31)))]),
  );
}

function isWellFormed({ pathParams, body }: Operation, params: Readonly<Record<string, string>>, message: unknown) {
  const agrees =
    !isObject(message) || Object.entries(sharedWith(message, params)).every(([name, value]) => message[name] === value);
  return agrees && pathParams.every(({ name, schema }) => fits(schema, params[name])) && (!body || fits(body, message));
}

/** A lone half of a pair cannot stand in an address. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return Buffer.from(text).toString().slice(0, 2_000);
}

/** What stands in the path and in the body must be the same. */
function sharedWith(message: object, params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => Object.hasOwn(message, name)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
