/**
 * The objects of a PDF (ISO 32000-1 section 7.3) as values of this language: a name is a string, a string is bytes, a dictionary is a
 * map in the order of the file.
 */
export type Dict = ReadonlyMap<string, Value>;
export type Value = null | boolean | number | string | Uint8Array | readonly Value[] | Dict | Ref | Stream;

/** One object naming another. */
export class Ref {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

/** A dictionary with bytes, still in the filters that the dictionary names. */
export class Stream {
  readonly dict: Dict;
  readonly raw: Uint8Array;

  constructor(dict: Dict, raw: Uint8Array) {
    this.dict = dict;
    this.raw = raw;
  }
}

export const isDict = (value: Value | undefined): value is Dict => value instanceof Map;
export const isArray = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
