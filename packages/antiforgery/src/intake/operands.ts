/** What stands before an operator, by its places in the content; values are made of it when somebody asks. */
import type { InlineImage } from './inline-image.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { Lexer, latin1, numberOf } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import type { Value } from './values.ts';

/** A colour in 32 inks and a pattern. */
const OPERANDS_MAX = 33;

export class Operands {
  count = 0;
  /** Set by BI. */
  image: InlineImage | undefined;
  readonly #bytes: Uint8Array;
  readonly #kinds: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  add(kind: string, start: number, end: number): void {
    if (this.count === OPERANDS_MAX) throw new IntakeRefusal('BROKEN', 'operands without an operator');
    this.#kinds[this.count] = kind;
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    this.count += 1;
  }

  isName(index: number): boolean {
    return this.#kinds[index] === 'N';
  }

  number(index: number): number {
    return numberOf(this.#bytes, this.#starts[index] as number, this.#ends[index] as number);
  }

  numbers(from = 0, to = this.count): number[] {
    return Array.from({ length: to - from }, (_, i) => this.number(from + i));
  }

  name(index: number): string {
    return new Lexer(this.#bytes, this.#starts[index] as number).name();
  }

  /** As it stands there. */
  source(index: number): string {
    return latin1(this.#bytes, this.#starts[index] as number, this.#ends[index] as number);
  }

  value(index: number): Value {
    return parseValue(new Lexer(this.#bytes, this.#starts[index] as number), { refs: false });
  }

  /** How many bytes stand between the brackets. */
  length(index: number): number {
    return (this.#ends[index] as number) - (this.#starts[index] as number) - 2;
  }

  fit(takes: string): boolean {
    if (takes === '*') return this.#areColour();
    if (this.count !== takes.length) return false;
    for (let i = 0; i < this.count; i += 1) {
      const kind = this.#kinds[i];
      if (kind !== takes[i] && !(takes[i] === 'p' && (kind === 'N' || kind === 'd'))) return false;
    }
    return true;
  }

  #areColour(): boolean {
    const last = this.count - 1;
    return (
      last >= 0 && this.#kinds.slice(0, this.count).every((kind, i) => kind === 'n' || (kind === 'N' && i === last))
    );
  }
}
