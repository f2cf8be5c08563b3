/**
 * One document being taken over: what has been taken so far. Objects that several pages share are taken once; one that leads to itself
 * is refused.
 */
import type { CleanObject, CleanStream } from '../clean-object.ts';
import { readStream, type Stored } from '../decode-stream.ts';
import type { Budget } from '../flate.ts';
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { type Dict, isDict, Ref, Stream, type Value } from '../values.ts';

/** Makes one value of the clean document out of one of the stranger’s, which may still be a reference. */
export type Rule = (value: Value, taking: Taking) => Value;

/** A content stream with what its names mean. */
export interface TakenContent {
  readonly stored: Stored;
  readonly plain: Uint8Array;
  readonly resources: Dict;
  /** Operators, with those of everything that is drawn. */
  readonly cost: number;
}
/** Content draws forms, and forms are content: whoever needs the other asks here. */
export type TakeContent = (stored: Stored, resources: Value | undefined, taking: Taking) => TakenContent;

export class Taking {
  readonly resolve: (value: Value | undefined) => Value;
  readonly objects: CleanObject[] = [];
  /** How much is drawn by each stream of content, with all that it draws in turn. */
  readonly costs = new Map<number, number>();
  readonly #takeContent: TakeContent;
  readonly #budget: Budget;
  readonly #taken = new Map<string, Ref>();
  readonly #unfinished = new Set<number>();
  #values = 0;
  #operators = 0;
  #pixels = 0;

  constructor(resolve: (value: Value | undefined) => Value, budget: Budget, takeContent: TakeContent) {
    this.resolve = resolve;
    this.#takeContent = takeContent;
    this.#budget = budget;
  }

  /** `as` is part of what is remembered: an object that is used in two ways is taken twice. */
  shared(value: Value, as: string, make: (resolved: Value, number: number) => CleanObject): Ref {
    const key = value instanceof Ref ? `${as} ${value.number}` : undefined;
    const known = key === undefined ? undefined : this.#taken.get(key);
    if (known) {
      if (this.#unfinished.has(known.number)) throw new IntakeRefusal('BROKEN', 'something that is part of itself');
      return known;
    }
    if (this.objects.length >= intakeLimits.objectsMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many objects');
    const number = this.objects.push(new Map());
    const ref = new Ref(number, 0);
    if (key !== undefined) this.#taken.set(key, ref);
    this.#unfinished.add(number);
    if (this.#unfinished.size > intakeLimits.objectDepthMax) throw new IntakeRefusal('TOO_COMPLEX', 'forms in forms');
    this.objects[number - 1] = make(this.resolve(value), number);
    this.#unfinished.delete(number);
    return ref;
  }

  dictionary(value: Value, as: string, make: (dict: Dict, number: number) => Dict): Ref {
    return this.shared(value, as, (found, number) => {
      if (!isDict(found)) throw new IntakeRefusal('BROKEN', `no dictionary for ${as}`);
      return make(found, number);
    });
  }

  stream(
    value: Value,
    as: string,
    make: (dict: Dict, stored: Stored, number: number) => Omit<CleanStream, 'stored'> & { readonly stored?: Stored },
  ): Ref {
    return this.shared(value, as, (found, number) => {
      if (!(found instanceof Stream)) throw new IntakeRefusal('BROKEN', `no stream for ${as}`);
      const stored = this.read(found);
      const made = make(found.dict, stored, number);
      const { data, filter, predictor } = made.stored ?? stored;
      return { ...made, stored: { data, ...(filter && { filter }), ...(predictor && { predictor }) } };
    });
  }

  /** What is named from a thousand places is written a thousand times. */
  countValues(values: number): void {
    this.#values += values;
    if (this.#values > intakeLimits.valuesMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many values');
  }

  countPixels(pixels: number): void {
    this.#pixels += pixels;
    if (this.#pixels > intakeLimits.pixelsMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many pixels');
  }

  countOperator(): void {
    this.#operators += 1;
    if (this.#operators > intakeLimits.operatorsMax)
      throw new IntakeRefusal('TOO_COMPLEX', 'a document in which very much is drawn');
  }

  content(stored: Stored, resources: Value | undefined): TakenContent {
    return this.#takeContent(stored, resources, this);
  }

  read(stream: Stream): Stored {
    return readStream(stream, this.resolve, this.#budget);
  }
}
