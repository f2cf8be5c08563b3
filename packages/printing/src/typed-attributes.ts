/** Groups of attributes as typed objects, by the table of their syntaxes. */
import type { Syntax } from './attribute-syntax.ts';
import {
  jobAttributes,
  jobEventAttributes,
  jobTemplate,
  operationAttributes,
  printerAttributes,
  subscriptionAttributes,
} from './attribute-table.ts';
import { IppFormatError } from './ipp-error.ts';
import type { IppAttribute, IppGroup } from './ipp-message.ts';
import type { GroupTag } from './ipp-tags.ts';

// biome-ignore lint/suspicious/noExplicitAny: a table holds syntaxes of every type
type Table = Readonly<Record<string, Syntax<any>>>;
export type Typed<T extends Table> = {
  readonly [K in keyof T]?: T[K] extends Syntax<infer V> ? V : never;
};

export type OperationAttributes = Typed<typeof operationAttributes>;
export type JobTemplate = Typed<typeof jobTemplate>;
export type JobAttributes = Typed<typeof jobAttributes>;
export type JobEvent = Typed<typeof jobEventAttributes>;
export type PrinterAttributes = Typed<typeof printerAttributes>;

export const tables = {
  operation: operationAttributes,
  template: jobTemplate,
  job: jobAttributes,
  jobEvent: jobEventAttributes,
  subscription: subscriptionAttributes,
  printer: printerAttributes,
} as const;

/** Attributes that the table does not know are passed over; a known one of another syntax is no sound message. */
export function readTyped<T extends Table>(table: T, attributes: readonly IppAttribute[]): Typed<T> {
  const typed: Record<string, unknown> = {};
  for (const { name, values } of attributes) {
    if (!Object.hasOwn(table, name)) continue;
    try {
      const value = table[name]?.read(values);
      if (value !== undefined) typed[name] = value;
    } catch (error) {
      throw error instanceof IppFormatError ? new IppFormatError(error.code, name) : error;
    }
  }
  return typed as Typed<T>;
}

/** In the table's own order: RFC 8011 wants charset, language and printer-uri first. */
export function writeTyped<T extends Table>(table: T, typed: Typed<T>): IppAttribute[] {
  return Object.entries(table).flatMap(([name, syntax]) => {
    const value = typed[name];
    return value === undefined ? [] : [{ name, values: syntax.write(value) }];
  });
}

export function groupTyped<T extends Table>(tag: GroupTag, table: T, typed: Typed<T>): IppGroup {
  return { tag, attributes: writeTyped(table, typed) };
}
