/**
 * Values that servers gave or took, by the name of their member, one use after the other: what one operation answers is what the next can be
 * asked about, so that invented messages come past the first door.
 */
import { fits, type Schema } from './schemas.ts';

type Chance = (below: number) => number;
const HEARD_EACH = 6;
const BEGUN = 3;

/** Where the values of one request come from. */
export interface Values {
  /** One that fits there, or undefined. */
  any(name: string, schema: Schema): unknown;
  learn(message: unknown): void;
}

export const NO_VALUES: Values = { any: () => undefined, learn: () => undefined };

export class FoundValues {
  /** Each with what belongs together: first the ordinary ones, then a few that came about since. */
  readonly #uses: Map<string, unknown[]>[];
  readonly #ordinary: number;
  readonly #chance: Chance;

  /** `uses`: one login each. */
  constructor(chance: Chance, uses: readonly unknown[]) {
    this.#chance = chance;
    this.#ordinary = uses.length;
    this.#uses = uses.map((use) => learn(new Map(), use));
  }

  /** A use to stay with for a while: mostly an ordinary one. */
  pickUse(): number {
    return this.#chance(this.#chance(4) > 0 ? this.#ordinary : this.#uses.length);
  }

  /** For one request: those of a use, or now and then of several at once. */
  valuesOf(use: number): Values {
    const chance = this.#chance;
    const own = this.#uses[use] ?? new Map<string, unknown[]>();
    const mixed = chance(6) === 0;
    let taken = false;
    return {
      any: (name, schema) => {
        if (chance(10) === 0) return undefined;
        const from = mixed ? this.#uses[chance(this.#uses.length)] : own;
        const values = (from?.get(name) ?? []).filter((value) => fits(schema, value));
        taken ||= values.length > 0;
        // The newest is where this use has come to.
        return chance(4) > 0 ? values.at(-1) : values[chance(values.length)];
      },
      learn: (message) => {
        if (taken) learn(own, message);
        else this.#begin(message);
      },
    };
  }

  /** An answer to a question that named nothing begins a use of its own. */
  #begin(message: unknown): void {
    const at = this.#ordinary + this.#chance(BEGUN);
    this.#uses[Math.min(at, this.#uses.length)] = learn(new Map(), message);
  }

  /** Of whatever name: good for a place where it does not belong. */
  stray(): unknown {
    const all = [...(this.#uses[this.#chance(this.#uses.length)]?.values() ?? [])];
    const values = all[this.#chance(all.length)] ?? [];
    return values[this.#chance(values.length)] ?? null;
  }
}

function learn(use: Map<string, unknown[]>, message: unknown): Map<string, unknown[]> {
  for (const [name, value] of membersOf(message)) use.set(name, [...(use.get(name) ?? []), value].slice(-HEARD_EACH));
  return use;
}

/** The invented message, with values that were found in the place of many of its members. */
export function putInto(schema: Schema, invented: unknown, values: Values): unknown {
  const { items, properties = {} } = schema;
  if (Array.isArray(invented)) return items ? invented.map((one) => putInto(items, one, values)) : invented;
  if (typeof invented !== 'object' || invented === null) return invented;
  return Object.fromEntries(
    Object.entries(invented).map(([name, value]) => {
      const member = properties[name];
      return [name, member ? (values.any(name, member) ?? putInto(member, value, values)) : value];
    }),
  );
}

function* membersOf(message: unknown): Generator<readonly [name: string, value: unknown]> {
  if (typeof message !== 'object' || message === null) return;
  for (const [name, value] of Object.entries(message)) {
    if (!Array.isArray(message)) yield [name, value];
    yield* membersOf(value);
  }
}
