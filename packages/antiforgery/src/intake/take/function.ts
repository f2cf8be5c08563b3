/** Functions (ISO 32000-1 section 7.10): sampled, exponential, stitched, and calculators of PostScript. */

import { plainBytes } from '../decode-stream.ts';
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { latin1 } from '../lexer.ts';
import { type Dict, isDict, Stream, type Value } from '../values.ts';
import { aNumber, anInteger, listOf, type Rules, require, takeEntries } from './rules.ts';
import type { Rule, Taking } from './taking.ts';

const COMMON: Rules = { FunctionType: anInteger, Domain: listOf(aNumber, 2, 64), Range: listOf(aNumber, 2, 64) };
const SAMPLED: Rules = {
  ...COMMON,
  Size: listOf(anInteger, 1, 4),
  BitsPerSample: anInteger,
  Order: anInteger,
  Encode: listOf(aNumber, 2, 8),
  Decode: listOf(aNumber, 2, 64),
};
const EXPONENTIAL: Rules = { ...COMMON, C0: listOf(aNumber, 1, 32), C1: listOf(aNumber, 1, 32), N: aNumber };

const PARTS_MAX = 1024;

export const aFunction: Rule = (value, taking) => functionAt(value, taking, 0);

export const functions: Rule = (value, taking) =>
  Array.isArray(taking.resolve(value)) ? listOf(aFunction, 1, 32)(value, taking) : aFunction(value, taking);

function functionAt(value: Value, taking: Taking, depth: number): Value {
  if (depth > intakeLimits.functionDepthMax) throw new IntakeRefusal('TOO_COMPLEX', 'functions in functions');
  const found = taking.resolve(value);
  const dict = found instanceof Stream ? found.dict : found;
  if (!isDict(dict)) throw new IntakeRefusal('BROKEN', 'no function where one should stand');
  switch (taking.resolve(dict.get('FunctionType'))) {
    case 0:
      return sampled(value, taking);
    case 2:
      return taking.dictionary(value, 'function', () => {
        const taken = takeEntries(dict, EXPONENTIAL, taking);
        require(taken, 'Domain', 'N');
        return taken;
      });
    case 3:
      return taking.dictionary(value, 'function', () => stitched(dict, taking, depth));
    case 4:
      return calculator(value, taking);
    default:
      throw new IntakeRefusal('BROKEN', 'an unknown kind of function');
  }
}

function sampled(value: Value, taking: Taking): Value {
  return taking.stream(value, 'function', (dict, stored) => {
    const taken = takeEntries(dict, SAMPLED, taking);
    require(taken, 'Domain', 'Range', 'Size', 'BitsPerSample');
    const size = taken.get('Size') as readonly number[];
    const outputs = (taken.get('Range') as readonly number[]).length / 2;
    const samples = size.reduce((product, side) => product * side, outputs);
    const bits = taken.get('BitsPerSample') as number;
    if (!(samples > 0) || ![1, 2, 4, 8, 12, 16, 24, 32].includes(bits))
      throw new IntakeRefusal('BROKEN', 'a function without samples');
    if (plainBytes(stored).length * 8 < samples * bits) throw new IntakeRefusal('BROKEN', 'too few samples');
    return { role: 'data', dict: taken };
  });
}

function stitched(dict: Dict, taking: Taking, depth: number): Dict {
  const parts: Rule = (value) => functionAt(value, taking, depth + 1);
  const taken = takeEntries(
    dict,
    { ...COMMON, Functions: listOf(parts, 1, PARTS_MAX), Bounds: listOf(aNumber), Encode: listOf(aNumber) },
    taking,
  );
  require(taken, 'Domain', 'Functions', 'Bounds', 'Encode');
  const count = (taken.get('Functions') as readonly Value[]).length;
  const fits = (key: string, length: number) => (taken.get(key) as readonly Value[]).length === length;
  if (!fits('Bounds', count - 1) || !fits('Encode', 2 * count))
    throw new IntakeRefusal('BROKEN', 'a stitched function');
  return taken;
}

const CALCULATOR_BYTES_MAX = 16_384;
const CALCULATOR_WORDS = new Set(
  (
    'abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift eq false ge gt ' +
    'le lt ne not or true xor if ifelse copy dup exch index pop roll { }'
  ).split(' '),
);

/** It has no loops: a program ends after as many steps as it has words. */
function calculator(value: Value, taking: Taking): Value {
  return taking.stream(value, 'function', (dict, stored) => {
    const program = plainBytes(stored);
    if (program.length > CALCULATOR_BYTES_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'a very long program');
    const words = latin1(program, 0, program.length)
      .replace(/[{}]/g, ' $& ')
      .split(/[\0\s]+/)
      .filter(Boolean);
    if (!words.every((word) => CALCULATOR_WORDS.has(word) || /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)))
      throw new IntakeRefusal('BROKEN', 'a program of unknown words');
    refuseOpenBrackets(words);
    const taken = takeEntries(dict, COMMON, taking);
    require(taken, 'Domain', 'Range');
    return { role: 'data', dict: taken };
  });
}

function refuseOpenBrackets(words: readonly string[]): void {
  let depth = 0;
  for (const word of words) {
    if (word === '{') depth += 1;
    else if (word === '}') depth -= 1;
    if (depth < 0 || depth > 16) throw new IntakeRefusal('BROKEN', 'a program in strange brackets');
  }
  if (depth !== 0) throw new IntakeRefusal('BROKEN', 'a program with open brackets');
}
