/** Objects that something needs, under new numbers; a document carries nothing else. */
import { type CleanObject, isCleanStream } from './clean-object.ts';
import { type Dict, isArray, isDict, Ref, type Value } from './values.ts';

/** What the pages reach, under new numbers. */
export function reachable(
  roots: readonly Ref[],
  objects: readonly CleanObject[],
): { readonly objects: CleanObject[]; readonly roots: Ref[] } {
  const numbers = new Map<number, number>();
  const waiting = roots.map(({ number }) => number);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (numbers.has(number)) continue;
    numbers.set(number, 0);
    const object = objects[number - 1] as CleanObject;
    waiting.push(...refsIn(isCleanStream(object) ? object.dict : object));
  }
  const kept = [...numbers.keys()].sort((a, b) => a - b);
  kept.forEach((number, i) => {
    numbers.set(number, i + 1);
  });
  const renumbered = (value: Value): Value => {
    if (value instanceof Ref) return new Ref(numbers.get(value.number) as number, 0);
    if (isDict(value)) return new Map([...value].map(([key, entry]) => [key, renumbered(entry)]));
    return isArray(value) ? value.map(renumbered) : value;
  };
  const moved = kept.map((number): CleanObject => {
    const object = objects[number - 1] as CleanObject;
    if (!isCleanStream(object)) return renumbered(object) as Dict;
    const { dict, resources } = object;
    return {
      ...object,
      dict: renumbered(dict) as Dict,
      ...(resources && { resources: renumbered(resources) as Dict }),
    };
  });
  return { objects: moved, roots: roots.map((root) => renumbered(root) as Ref) };
}

function refsIn(value: Value): number[] {
  if (value instanceof Ref) return [value.number];
  if (isDict(value)) return [...value.values()].flatMap(refsIn);
  return isArray(value) ? value.flatMap(refsIn) : [];
}
