/** One object out of its words. Strict: what two programs could read differently is refused, and nothing is mended. */
import { isActive } from './active-content.ts';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { isBlank, type Lexer, startsNumber } from './lexer.ts';
import { Ref, type Value } from './values.ts';

/** In a content stream nothing can name another object. */
export function parseValue(words: Lexer, { refs = true }: { readonly refs?: boolean } = {}): Value {
  return value(words, { refs, left: intakeLimits.valuesPerObjectMax }, 0);
}

interface Reading {
  readonly refs: boolean;
  left: number;
}

function value(words: Lexer, reading: Reading, depth: number): Value {
  reading.left -= 1;
  if (depth > intakeLimits.nestingMax || reading.left < 0) throw new IntakeRefusal('TOO_COMPLEX', 'a crowded object');
  const byte = words.peek();
  switch (byte) {
    case 0x2f:
      return words.name();
    case 0x28:
      return words.literalString();
    case 0x5b:
      return array(words, reading, depth);
    case 0x3c:
      return words.byteAt(words.at + 1) === 0x3c ? dictionary(words, reading, depth) : words.hexString();
    case 0x74:
      if (words.skipWord('true')) return true;
      break;
    case 0x66:
      if (words.skipWord('false')) return false;
      break;
    case 0x6e:
      if (words.skipWord('null')) return null;
      break;
    default:
      if (startsNumber(byte)) return numberOrRef(words, reading);
  }
  throw new IntakeRefusal('BROKEN', 'a word where an object should stand');
}

function array(words: Lexer, reading: Reading, depth: number): Value {
  words.at += 1;
  const items: Value[] = [];
  while (words.peek() !== 0x5d) items.push(value(words, reading, depth + 1));
  words.at += 1;
  return items;
}

function dictionary(words: Lexer, reading: Reading, depth: number): Value {
  words.at += 2;
  const entries = new Map<string, Value>();
  for (;;) {
    const byte = words.peek();
    if (byte === 0x3e && words.byteAt(words.at + 1) === 0x3e) break;
    if (byte !== 0x2f) throw new IntakeRefusal('BROKEN', 'a dictionary with a key that is no name');
    const key = words.name();
    const entry = value(words, reading, depth + 1);
    if (entries.has(key)) throw new IntakeRefusal('BROKEN', 'a dictionary with the same key twice');
    if (isActive(key, entry)) throw new IntakeRefusal('ACTIVE_CONTENT', `/${key}`);
    entries.set(key, entry);
  }
  words.at += 2;
  return entries;
}

function numberOrRef(words: Lexer, reading: Reading): Value {
  const first = words.number();
  if (!reading.refs || !isCount(first)) return first;
  // `12 0 R`, or the number 12 with something else behind it.
  const back = words.at;
  const second = words.peek();
  if (second !== undefined && second >= 0x30 && second <= 0x39) {
    const generation = integerAhead(words);
    if (generation !== undefined && words.skipWord('R')) return new Ref(first, generation);
  }
  words.at = back;
  return first;
}

function integerAhead(words: Lexer): number | undefined {
  let at = words.at;
  let found = 0;
  for (; at < words.end; at += 1) {
    const digit = (words.bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    found = found * 10 + digit;
    if (found > 65_535) return undefined;
  }
  if (!isBlank(words.byteAt(at))) return undefined;
  words.at = at;
  return found;
}

const isCount = (number: number) => Number.isInteger(number) && number >= 0;
