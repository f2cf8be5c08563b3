/**
 * Streams (ISO 32000-1 section 7.3.8). Flate and DCT data are kept as they came, once they have been inflated within the budget;
 * ASCIIHex, ASCII85 and RunLength are undone. Not taken in: JBIG2, whose symbol coding may put one letter for another that looks
 * like it; JPX and CCITT, which programs draw in different ways and which are where renderers break; LZW, which nobody has written for
 * twenty years; Crypt.
 */
import { type Budget, inflate, spend } from './flate.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import { isBlank } from './lexer.ts';
import { type Predictor, unpredict } from './predictor.ts';
import { fromAscii85, fromAsciiHex, fromRunLength } from './text-filters.ts';
import { type Dict, isArray, isDict, type Stream, type Value } from './values.ts';

export interface Stored {
  /** As it is written into the clean document. */
  readonly data: Uint8Array;
  readonly filter?: 'FlateDecode' | 'DCTDecode';
  readonly predictor?: Predictor;
  /** Without Flate; still predicted. A JPEG stays one. */
  readonly inflated: Uint8Array;
}

type Resolve = (value: Value | undefined) => Value;

const FILTERS_MAX = 3;
const FILTERS: ReadonlySet<Value> = new Set([
  ...['FlateDecode', 'DCTDecode', 'ASCIIHexDecode', 'ASCII85Decode', 'RunLengthDecode'],
]);

export function readStream(stream: Stream, resolve: Resolve, budget: Budget): Stored {
  const { dict } = stream;
  if (dict.has('F')) throw new IntakeRefusal('ACTIVE_CONTENT', 'a stream in another file');
  const filters = listOf(resolve(dict.get('Filter')), resolve);
  const parms = listOf(resolve(dict.get('DecodeParms')), resolve);
  if (filters.length > FILTERS_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'filters in filters');
  if (parms.length > filters.length) throw new IntakeRefusal('BROKEN', 'parameters without a filter');
  let bytes = stream.raw;
  for (const [i, filter] of filters.entries()) {
    if (!FILTERS.has(filter)) throw new IntakeRefusal('UNSUPPORTED', 'a filter that is not taken over');
    const last = i === filters.length - 1;
    const predictor = predictorOf(parms[i] ?? null, resolve);
    if (predictor && filter !== 'FlateDecode') throw new IntakeRefusal('UNSUPPORTED', 'parameters of a filter');
    switch (filter) {
      case 'FlateDecode': {
        const stored = inflateExactly(bytes, budget);
        if (last) return { ...stored, filter, ...(predictor && { predictor }) };
        bytes = predictor ? unpredict(stored.inflated, predictor) : stored.inflated;
        break;
      }
      case 'DCTDecode':
        if (!last) throw new IntakeRefusal('BROKEN', 'a filter around pixels');
        return { data: bytes, filter, inflated: bytes };
      case 'ASCIIHexDecode':
        bytes = fromAsciiHex(bytes);
        break;
      case 'ASCII85Decode':
        bytes = fromAscii85(bytes);
        break;
      default:
        bytes = fromRunLength(bytes);
    }
    spend(bytes.length, budget);
  }
  if (filters.length === 0) spend(bytes.length, budget);
  return { data: bytes, inflated: bytes };
}

/** All filters undone; pixels of a JPEG are not asked for here. */
export function plainBytes({ inflated, predictor }: Stored): Uint8Array {
  return predictor ? unpredict(inflated, predictor) : inflated;
}

/** Makers put an end of line behind the data, within the length; more than that is a second text for another reader. */
function inflateExactly(raw: Uint8Array, budget: Budget): { data: Uint8Array; inflated: Uint8Array } {
  const { bytes, used } = inflate(raw, budget);
  if (raw.length - used > 2 || !raw.subarray(used).every(isBlank))
    throw new IntakeRefusal('BROKEN', 'bytes behind deflated data');
  return { data: raw.subarray(0, used), inflated: bytes };
}

function listOf(value: Value, resolve: Resolve): readonly Value[] {
  if (value === null) return [];
  return isArray(value) ? value.map(resolve) : [value];
}

const PARAMETERS = new Set(['Predictor', 'Colors', 'BitsPerComponent', 'Columns']);

function predictorOf(parms: Value, resolve: Resolve): Predictor | undefined {
  if (parms === null) return undefined;
  if (!isDict(parms)) throw new IntakeRefusal('BROKEN', 'parameters that are no dictionary');
  if ([...parms.keys()].some((key) => !PARAMETERS.has(key)))
    throw new IntakeRefusal('UNSUPPORTED', 'a parameter of a filter');
  const kind = natural(parms, 'Predictor', 1, resolve);
  if (kind === 1) return undefined;
  const predictor = {
    kind,
    colors: natural(parms, 'Colors', 1, resolve),
    bits: natural(parms, 'BitsPerComponent', 8, resolve),
    columns: natural(parms, 'Columns', 1, resolve),
  };
  const known = kind === 2 || (kind >= 10 && kind <= 15);
  if (!known || predictor.colors > 32 || ![1, 2, 4, 8, 16].includes(predictor.bits) || predictor.columns > 100_000)
    throw new IntakeRefusal('BROKEN', 'parameters of a predictor');
  return predictor;
}

function natural(dict: Dict, key: string, otherwise: number, resolve: Resolve): number {
  const value = dict.has(key) ? resolve(dict.get(key)) : otherwise;
  if (!Number.isInteger(value) || (value as number) < 1) throw new IntakeRefusal('BROKEN', `/${key}`);
  return value as number;
}
