/** Colour spaces (ISO 32000-1 section 8.6). */

import type { CleanObject } from '../clean-object.ts';
import { plainBytes } from '../decode-stream.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { isArray, Stream, type Value } from '../values.ts';
import { aFunction } from './function.ts';
import { aName, aNumber, anInteger, dictionaryOf, listOf, numbers, takeEntries } from './rules.ts';
import type { Rule, Taking } from './taking.ts';

const WHITE = { WhitePoint: numbers(3), BlackPoint: numbers(3) };
const DEVICE = new Map([
  ['DeviceGray', 1],
  ['DeviceRGB', 3],
  ['DeviceCMYK', 4],
]);

export const aColourSpace: Rule = (value, taking) => spaceAt(value, taking, 0);

export const isDeviceSpace = (name: string): boolean => DEVICE.has(name);

/** How many numbers make a colour in a space that has been taken over; none for a pattern without colours of its own. */
export function componentsOf(space: Value, objects: readonly CleanObject[]): number {
  if (typeof space === 'string') return DEVICE.get(space) ?? 0;
  const [family, second] = space as readonly Value[];
  switch (family) {
    case 'CalGray':
    case 'Indexed':
    case 'Separation':
      return 1;
    case 'CalRGB':
    case 'Lab':
      return 3;
    case 'DeviceN':
      return (second as readonly Value[]).length;
    case 'Pattern':
      return second === undefined ? 0 : componentsOf(second, objects);
    default: {
      const profile = objects[(second as { number: number }).number - 1];
      return (profile as { dict: ReadonlyMap<string, Value> }).dict.get('N') as number;
    }
  }
}

function spaceAt(value: Value, taking: Taking, depth: number): Value {
  if (depth > 3) throw new IntakeRefusal('BROKEN', 'colour spaces in colour spaces');
  const found = taking.resolve(value);
  if (typeof found === 'string') {
    if (DEVICE.has(found) || found === 'Pattern') return found;
    throw new IntakeRefusal('BROKEN', 'an unknown colour space');
  }
  if (!isArray(found)) throw new IntakeRefusal('BROKEN', 'no colour space where one should stand');
  const family = taking.resolve(found[0]);
  const under = (at: number) => baseAt(found[at], taking, depth + 1);
  switch (family) {
    case 'DeviceGray':
    case 'DeviceRGB':
    case 'DeviceCMYK':
      return family;
    case 'Pattern':
      return found.length === 1 ? family : [family, under(1)];
    case 'CalGray':
      return [family, dictionaryOf({ ...WHITE, Gamma: aNumber })(found[1] ?? null, taking)];
    case 'CalRGB':
      return [family, dictionaryOf({ ...WHITE, Gamma: numbers(3), Matrix: numbers(9) })(found[1] ?? null, taking)];
    case 'Lab':
      return [family, dictionaryOf({ ...WHITE, Range: numbers(4) })(found[1] ?? null, taking)];
    case 'ICCBased':
      return [family, profile(found[1] ?? null, taking)];
    case 'Indexed':
      return indexed(found, under(1), taking);
    case 'Separation':
      return [family, aName(found[1] ?? null, taking), under(2), aFunction(found[3] ?? null, taking)];
    case 'DeviceN':
      return [family, listOf(aName, 1, 32)(found[1] ?? null, taking), under(2), aFunction(found[3] ?? null, taking)];
    default:
      throw new IntakeRefusal('BROKEN', 'an unknown colour space');
  }
}

/** What a space is built on has colours of its own. */
function baseAt(value: Value | undefined, taking: Taking, depth: number): Value {
  const base = spaceAt(value ?? null, taking, depth);
  if (base === 'Pattern' || (isArray(base) && base[0] === 'Pattern'))
    throw new IntakeRefusal('BROKEN', 'a colour space built on patterns');
  return base;
}

/** The alternate is for readers without colour management; it is left out, and its number of components stands for it. */
function profile(value: Value, taking: Taking): Value {
  return taking.stream(value, 'profile', (dict) => {
    const taken = takeEntries(dict, { N: anInteger, Range: listOf(aNumber, 2, 8) }, taking);
    if (![1, 3, 4].includes(taken.get('N') as number))
      throw new IntakeRefusal('BROKEN', 'a profile of strange colours');
    return { role: 'data', dict: taken };
  });
}

function indexed(space: readonly Value[], base: Value, taking: Taking): Value {
  const highest = anInteger(space[2] ?? null, taking) as number;
  if (highest < 0 || highest > 255) throw new IntakeRefusal('BROKEN', 'a palette of strange size');
  const table = taking.resolve(space[3]);
  const bytes = table instanceof Stream ? plainBytes(taking.read(table)) : table;
  const length = (highest + 1) * componentsOf(base, taking.objects);
  if (!(bytes instanceof Uint8Array) || bytes.length < length || bytes.length > length + 1024)
    throw new IntakeRefusal('BROKEN', 'a palette of another size');
  taking.countValues(length);
  return ['Indexed', base, highest, bytes.subarray(0, length)];
}
