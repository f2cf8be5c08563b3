/**
 * Every way of putting something more into a DER value: one NULL at the end of each of its constructed values and of each OCTET
 * STRING that holds DER, all lengths corrected. What a parser passes over in silence shows here.
 */
import { concat, equalBytes } from '../src/bytes.ts';
import { DerReader, type DerValue, tags } from '../src/der-reader.ts';
import { der, derNull } from '../src/der-writer.ts';

/** `opaque` values are left as they are: they are read by another parser. */
export function swollen(bytes: Uint8Array, opaque: readonly Uint8Array[] = []): Uint8Array[] {
  const [value] = valuesIn(bytes) ?? [];
  return value === undefined ? [] : swell(value, opaque);
}

function swell(value: DerValue, opaque: readonly Uint8Array[]): Uint8Array[] {
  const inner = opaque.some((one) => equalBytes(one, value.raw)) ? undefined : innerValues(value);
  if (inner === undefined) return [];
  const deeper = inner.flatMap((one, at) =>
    swell(one, opaque).map((other) => der(value.tag, ...inner.map((same, i) => (i === at ? other : same.raw)))),
  );
  return [der(value.tag, value.content, derNull), ...deeper];
}

function innerValues(value: DerValue): DerValue[] | undefined {
  if (value.tag === tags.octetString) return value.content.length > 20 ? valuesIn(value.content) : undefined;
  return value.tag & 0x20 ? valuesIn(value.content) : undefined;
}

function valuesIn(bytes: Uint8Array): DerValue[] | undefined {
  const reader = new DerReader(bytes);
  const values: DerValue[] = [];
  try {
    while (reader.more) values.push(reader.next());
  } catch {
    return undefined;
  }
  return equalBytes(concat(...values.map((value) => value.raw)), bytes) ? values : undefined;
}
