/**
 * Images in a content stream (ISO 32000-1 section 8.9.7). Where their data end is not marked safely: it is computed, or found by
 * undoing the filter, never by searching for EI.
 */
import { inflate } from './flate.ts';
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { isBlank, type Lexer } from './lexer.ts';
import { parseValue } from './parse-object.ts';
import { fromRunLengthUpTo } from './text-filters.ts';
import { type Dict, isArray, type Value } from './values.ts';

export interface InlineImage {
  /** With the long names of keys and filters. */
  readonly dict: Dict;
  readonly data: Uint8Array;
}

const KEYS: Readonly<Record<string, string>> = {
  ...{ BPC: 'BitsPerComponent', CS: 'ColorSpace', D: 'Decode', DP: 'DecodeParms', F: 'Filter', H: 'Height' },
  ...{ IM: 'ImageMask', I: 'Interpolate', W: 'Width' },
};
const LONG = new Set([...Object.values(KEYS), 'Intent']);
/** Short names of colour spaces, in full. */
export const longSpaces: Readonly<Record<string, string>> = { G: 'DeviceGray', RGB: 'DeviceRGB', CMYK: 'DeviceCMYK' };
const SPACES: Readonly<Record<string, number>> = {
  ...{ DeviceGray: 1, DeviceRGB: 3, DeviceCMYK: 4 },
};
const FILTERS: Readonly<Record<string, string>> = {
  ...{ AHx: 'ASCIIHexDecode', A85: 'ASCII85Decode', Fl: 'FlateDecode', RL: 'RunLengthDecode' },
};

export function readInlineImage(words: Lexer, componentsOf: (space: string) => number = () => Number.NaN): InlineImage {
  const dict = readEntries(words);
  // One blank behind ID, then the data.
  if (!isBlank(words.byteAt(words.at))) throw new IntakeRefusal('BROKEN', 'an inline image');
  const start = words.at + 1;
  const data = words.bytes.subarray(start, endOfData(words, start, dict, componentsOf));
  words.at = start + data.length;
  if (!words.skipWord('EI')) throw new IntakeRefusal('BROKEN', 'an inline image of another length');
  return { dict, data };
}

function readEntries(words: Lexer): Dict {
  const entries = new Map<string, Value>();
  while (!words.skipWord('ID')) {
    if (words.peek() !== 0x2f || entries.size > LONG.size) throw new IntakeRefusal('BROKEN', 'an inline image');
    const short = words.name();
    const key = KEYS[short] ?? short;
    if (!LONG.has(key) || entries.has(key)) throw new IntakeRefusal('BROKEN', 'an inline image with a strange key');
    entries.set(key, parseValue(words, { refs: false }));
  }
  const filter = entries.get('Filter');
  if (filter !== undefined) entries.set('Filter', (isArray(filter) ? filter : [filter]).map(longFilter));
  return entries;
}

function longFilter(filter: Value): Value {
  const name = typeof filter === 'string' ? (FILTERS[filter] ?? filter) : '';
  if (!Object.values(FILTERS).includes(name)) throw new IntakeRefusal('UNSUPPORTED', 'a filter of an inline image');
  return name;
}

function endOfData(words: Lexer, start: number, dict: Dict, componentsOf: (space: string) => number): number {
  const [outer] = (dict.get('Filter') ?? []) as readonly string[];
  const rest = words.bytes.subarray(start, words.end);
  switch (outer) {
    case undefined:
      return start + lengthOf(dict, componentsOf);
    case 'FlateDecode':
      return start + inflate(rest, { inflatedBytes: intakeLimits.inlineImageBytesMax }).used;
    case 'RunLengthDecode':
      return start + fromRunLengthUpTo(rest).used;
    case 'ASCIIHexDecode':
      return behind(rest, '>') + start;
    default:
      return behind(rest, '~>') + start;
  }
}

function behind(bytes: Uint8Array, mark: string): number {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(mark, 0, 'latin1');
  if (found < 0) throw new IntakeRefusal('BROKEN', 'an inline image without an end');
  return found + mark.length;
}

/** How many bytes the pixels take, row by row. */
function lengthOf(dict: Dict, componentsOf: (space: string) => number): number {
  const [width, height] = [dict.get('Width'), dict.get('Height')];
  const bits = dict.get('ImageMask') === true ? 1 : dict.get('BitsPerComponent');
  const components = dict.get('ImageMask') === true ? 1 : componentsIn(dict.get('ColorSpace'), componentsOf);
  const bytes = Math.ceil((Number(width) * Number(bits) * components) / 8) * Number(height);
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > intakeLimits.inlineImageBytesMax)
    throw new IntakeRefusal('BROKEN', 'an inline image of no size');
  return bytes;
}

function componentsIn(space: Value | undefined, componentsOf: (space: string) => number): number {
  if (isArray(space)) return space[0] === 'I' || space[0] === 'Indexed' ? 1 : Number.NaN;
  if (typeof space !== 'string') return Number.NaN;
  return SPACES[longSpaces[space] ?? space] ?? componentsOf(space);
}
