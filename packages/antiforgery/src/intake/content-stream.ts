/**
 * Content streams (ISO 32000-1 section 7.8.2): operands, then an operator, of the known ones only and each with what it takes. Reads
 * without making values of the operands, so that looking at a page costs little; whoever wants one asks for it.
 */

import { type InlineImage, readInlineImage } from './inline-image.ts';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { Lexer, latin1, numberOf, startsNumber } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import type { Value } from './values.ts';

/** n number, N name, s string, a array, p a name or a dictionary of properties, * whatever a colour takes. */
const OPERANDS = {
  ...{ w: 'n', J: 'n', j: 'n', M: 'n', d: 'an', ri: 'N', i: 'n', gs: 'N', q: '', Q: '', cm: 'nnnnnn' },
  ...{ m: 'nn', l: 'nn', c: 'nnnnnn', v: 'nnnn', y: 'nnnn', h: '', re: 'nnnn' },
  ...{ S: '', s: '', f: '', F: '', 'f*': '', B: '', 'B*': '', b: '', 'b*': '', n: '', W: '', 'W*': '' },
  ...{ BT: '', ET: '', Tc: 'n', Tw: 'n', Tz: 'n', TL: 'n', Tf: 'Nn', Tr: 'n', Ts: 'n' },
  ...{ Td: 'nn', TD: 'nn', Tm: 'nnnnnn', 'T*': '', Tj: 's', TJ: 'a', "'": 's', '"': 'nns' },
  ...{ d0: 'nn', d1: 'nnnnnn', CS: 'N', cs: 'N', SC: '*', SCN: '*', sc: '*', scn: '*' },
  ...{ G: 'n', g: 'n', RG: 'nnn', rg: 'nnn', K: 'nnnn', k: 'nnnn', sh: 'N', BI: '', Do: 'N' },
  ...{ MP: 'N', DP: 'Np', BMC: 'N', BDC: 'Np', EMC: '', BX: '', EX: '' },
} as const;
export type Operator = keyof typeof OPERANDS;

/** A colour in 32 inks and a pattern. */
const OPERANDS_MAX = 33;
const ARRAY_MAX = 8192;

interface Known {
  readonly operator: Operator;
  readonly takes: string;
}

const KNOWN = new Map<number, Known>(
  Object.entries(OPERANDS).map(([operator, takes]) => [
    [...operator].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0),
    { operator: operator as Operator, takes },
  ]),
);

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

/**
 * Tells of each operator, with the place of its first operand and the place behind it; ends early when told to with `false`.
 * `colourSpaceOf` finds the colour space of an inline image that names one of the resources.
 */
export function readContent(
  bytes: Uint8Array,
  onOperator: (operator: Operator, operands: Operands, start: number, end: number) => false | undefined | undefined,
  componentsOf?: (colourSpace: string) => number,
): void {
  const words = new Lexer(bytes);
  const operands = new Operands(bytes);
  let start = -1;
  for (let byte = words.peek(); byte !== undefined; byte = words.peek()) {
    const from = words.at;
    if (start < 0) start = from;
    const kind = skipOperand(words, byte);
    if (kind) {
      operands.add(kind, from, words.at);
      continue;
    }
    const { operator, takes } = readOperator(words);
    if (!operands.fit(takes)) throw new IntakeRefusal('BROKEN', `operands that ${operator} does not take`);
    if (operator === 'BI') operands.image = readInlineImage(words, componentsOf);
    if (onOperator(operator, operands, start, words.at) === false) return;
    operands.count = 0;
    operands.image = undefined;
    start = -1;
  }
  if (operands.count > 0) throw new IntakeRefusal('BROKEN', 'operands without an operator');
}

/** The kind of the operand, or nothing when an operator begins here. */
function skipOperand(words: Lexer, byte: number): string | undefined {
  if (startsNumber(byte)) {
    words.skipNumber();
    return 'n';
  }
  switch (byte) {
    case 0x2f:
      words.skipName();
      return 'N';
    case 0x28:
      words.skipLiteralString();
      return 's';
    case 0x5b:
      skipArray(words);
      return 'a';
    case 0x3c:
      if (words.byteAt(words.at + 1) !== 0x3c) {
        words.skipHexString();
        return 's';
      }
      parseValue(words, { refs: false });
      return 'd';
    default:
      return undefined;
  }
}

/** Numbers and strings: lengths of dashes, letters with the gaps between them. */
function skipArray(words: Lexer): void {
  words.at += 1;
  for (let items = 0; ; items += 1) {
    const byte = words.peek();
    if (byte === 0x5d) break;
    if (items === ARRAY_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'a very long array');
    if (startsNumber(byte)) words.skipNumber();
    else if (byte === 0x28) words.skipLiteralString();
    else if (byte === 0x3c) words.skipHexString();
    else throw new IntakeRefusal('BROKEN', 'an array of other things than numbers and strings');
  }
  words.at += 1;
}

function readOperator(words: Lexer): Known {
  let code = 0;
  let letters = 0;
  for (; words.startsWordAt(words.at) && letters < 4; letters += 1) {
    code = code * 256 + (words.bytes[words.at] as number);
    words.at += 1;
  }
  const known = KNOWN.get(code);
  if (!known || letters === 4) throw new IntakeRefusal('BROKEN', 'an unknown operator');
  return known;
}

/** Saved states, text objects and marked content begin and end in the same content stream. */
export class Balance {
  #saved = 0;
  #marked = 0;
  #inText = false;

  see(operator: Operator): void {
    switch (operator) {
      case 'q':
        this.#saved += 1;
        break;
      case 'Q':
        this.#saved -= 1;
        break;
      case 'BMC':
      case 'BDC':
        this.#marked += 1;
        break;
      case 'EMC':
        this.#marked -= 1;
        break;
      case 'BT':
      case 'ET':
        if (this.#inText === (operator === 'BT')) throw new IntakeRefusal('BROKEN', 'text in text');
        this.#inText = operator === 'BT';
        break;
      default:
        return;
    }
    if (this.#saved < 0 || this.#marked < 0) throw new IntakeRefusal('BROKEN', 'an end of what was not begun');
    if (this.#saved > intakeLimits.savedStatesMax || this.#marked > intakeLimits.savedStatesMax)
      throw new IntakeRefusal('TOO_COMPLEX', 'states saved without end');
  }

  finish(): void {
    if (this.#saved !== 0 || this.#marked !== 0 || this.#inText)
      throw new IntakeRefusal('BROKEN', 'a beginning without an end');
  }
}
