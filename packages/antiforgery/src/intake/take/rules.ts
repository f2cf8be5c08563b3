/** Rules for simple values. A dictionary is taken key by key from a list of keys; all other keys are left out. */
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { type Dict, isArray, isDict, Ref, type Value } from '../values.ts';
import type { Rule, Taking } from './taking.ts';

export type Rules = Readonly<Record<string, Rule>>;

/** In the order of the rules, so that the same document is always written in the same way. */
export function takeEntries(dict: Dict, rules: Rules, taking: Taking): Map<string, Value> {
  const out = new Map<string, Value>();
  taking.countValues(1);
  for (const key in rules) {
    const value = dict.get(key);
    // Nothing, and a reference to nothing, are the same (ISO 32000-1 section 7.3.10).
    if (value === undefined || (value instanceof Ref ? taking.resolve(value) : value) === null) continue;
    taking.countValues(1);
    out.set(key, (rules[key] as Rule)(value, taking));
  }
  return out;
}

export const dictionaryOf =
  (rules: Rules): Rule =>
  (value, taking) =>
    takeEntries(dictAt(value, taking), rules, taking);

export function dictAt(value: Value | undefined, taking: Taking): Dict {
  const found = taking.resolve(value);
  if (!isDict(found)) throw new IntakeRefusal('BROKEN', 'no dictionary where one should stand');
  return found;
}

export function arrayAt(value: Value | undefined, taking: Taking): readonly Value[] {
  const found = taking.resolve(value);
  if (!isArray(found)) throw new IntakeRefusal('BROKEN', 'no array where one should stand');
  return found;
}

export const aNumber: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (typeof found !== 'number') throw new IntakeRefusal('BROKEN', 'no number where one should stand');
  return found;
};

export const anInteger: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (!Number.isSafeInteger(found)) throw new IntakeRefusal('BROKEN', 'no integer where one should stand');
  return found;
};

export const aBoolean: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (typeof found !== 'boolean') throw new IntakeRefusal('BROKEN', 'no boolean where one should stand');
  return found;
};

export const aString: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (!(found instanceof Uint8Array)) throw new IntakeRefusal('BROKEN', 'no string where one should stand');
  taking.countValues(found.length);
  return found;
};

export const aName: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (typeof found !== 'string') throw new IntakeRefusal('BROKEN', 'no name where one should stand');
  return found;
};

export const oneOf =
  (...names: readonly Value[]): Rule =>
  (value, taking) => {
    const found = taking.resolve(value);
    if (!names.includes(found)) throw new IntakeRefusal('UNSUPPORTED', `other than ${names.join(', ')}`);
    return found;
  };

export const listOf =
  (rule: Rule, min = 0, max: number = intakeLimits.valuesPerObjectMax): Rule =>
  (value, taking) => {
    const items = arrayAt(value, taking);
    taking.countValues(items.length);
    if (items.length < min || items.length > max) throw new IntakeRefusal('BROKEN', 'an array of another length');
    return items.map((item) => rule(item, taking));
  };

export const numbers = (count: number): Rule => listOf(aNumber, count, count);
/** Something that cannot be drawn into: all of it would be on one line, or nowhere. */
export const aMatrix: Rule = (value, taking) => {
  const matrix = numbers(6)(value, taking) as readonly number[];
  const [a = 0, b = 0, c = 0, d = 0] = matrix;
  if (a * d - b * c === 0) throw new IntakeRefusal('BROKEN', 'a matrix that flattens');
  return matrix;
};
export const aRectangle: Rule = numbers(4);

/** Entries without which the rest means nothing. */
export function require(dict: Dict, ...keys: readonly string[]): void {
  for (const key of keys) if (!dict.has(key)) throw new IntakeRefusal('BROKEN', `/${key} is missing`);
}
