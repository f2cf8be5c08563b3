/**
 * Content streams (ISO 32000-1 section 7.8.2): operands, then an operator, of the known ones only and each with what it takes. Reads
 * without making values of the operands, so that looking at a page costs little.
 */
import { readInlineImage } from './inline-image.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { Lexer, startsNumber } from './lexer.ts';
import { Operands } from './operands.ts';
import { type Known, type Operator, operatorsByCode } from './operators.ts';
import { parseValue } from './parse-object.ts';

const ARRAY_MAX = 8192;

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
  const known = operatorsByCode.get(code);
  if (!known || letters === 4) throw new IntakeRefusal('BROKEN', 'an unknown operator');
  return known;
}
