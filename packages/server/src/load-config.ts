/**
 * Configuration: one schema per app, unknown keys refused, secrets only as paths of files. An error names the key and what
 * is wrong with it, never the value.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Keys that end in File, Files, Dir or Dirs are paths; relative ones begin at the folder of the config file. */
export function loadConfig<S extends TSchema>(schema: S, file: string): Static<S> {
  const value = readJson(file);
  const faults = [...unknownKeys(schema as Described, value, ''), ...schemaFaults(schema, value)];
  if (faults.length > 0) throw new ConfigError(`${file}: ${[...new Set(faults)].join('; ')}`);
  return resolvePaths(value, path.dirname(path.resolve(file))) as Static<S>;
}

/** The content of a secret file, without the newline that editors leave. */
export function readSecret(file: string): string {
  const secret = readOr(file).replace(/\r?\n$/, '');
  if (secret === '') throw new ConfigError(`${file} is empty`);
  return secret;
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`${file || '(no file)'}: cannot be read`, { cause });
  }
}

function readJson(file: string): unknown {
  const text = readOr(file);
  try {
    return JSON.parse(text);
  } catch {
    // The text of a parser error quotes the file.
    throw new ConfigError(`${file}: not JSON`);
  }
}

function schemaFaults(schema: TSchema, value: unknown): string[] {
  return Compile(schema)
    .Errors(value)
    .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

/** As much of JSON Schema as the search for unknown keys needs. */
interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly patternProperties?: Readonly<Record<string, Described>>;
}

/** A misspelt key is the commonest mistake, whether or not its schema said `additionalProperties: false`. */
function unknownKeys(schema: Described, value: unknown, at: string): string[] {
  if (Array.isArray(value)) {
    return schema.items ? value.flatMap((item, i) => unknownKeys(schema.items as Described, item, `${at}/${i}`)) : [];
  }
  if (typeof value !== 'object' || value === null || !schema.properties) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = Object.hasOwn(schema.properties as object, key) ? schema.properties?.[key] : undefined;
    return known ? unknownKeys(known, inner, `${at}/${key}`) : [`${at}/${key} is not a setting`];
  });
}

const PATH_KEY = /(File|Files|Dir|Dirs)$/;

function resolvePaths(value: unknown, folder: string, isPath = false): unknown {
  if (typeof value === 'string') return isPath ? path.resolve(folder, value) : value;
  if (Array.isArray(value)) return value.map((item) => resolvePaths(item, folder, isPath));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolvePaths(inner, folder, PATH_KEY.test(key))]),
  );
}
