/** Values of functions of one number (ISO 32000-1 section 7.10), for colours that have to be computed anew. */
import { type CleanObject, isCleanStream, plainOf } from '../clean-object.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { type Dict, isArray, Ref, type Value } from '../values.ts';

export type Curve = (x: number) => readonly number[];

/** Of each document: a function that many others are made of is read once. */
const known = new WeakMap<readonly CleanObject[], Map<number, Curve>>();

/** A function with several results, or several with one each. */
export function curveOf(value: Value, objects: readonly CleanObject[]): Curve {
  if (isArray(value)) {
    const curves = value.map((one) => curveOf(one, objects));
    return (x) => curves.flatMap((curve) => curve(x));
  }
  if (!(value instanceof Ref)) throw new TypeError('a function is an object of its own');
  const curves = known.get(objects) ?? new Map<number, Curve>();
  known.set(objects, curves);
  const curve = curves.get(value.number) ?? newCurve(objects[value.number - 1] as CleanObject, objects);
  curves.set(value.number, curve);
  return curve;
}

function newCurve(object: CleanObject, objects: readonly CleanObject[]): Curve {
  const dict = isCleanStream(object) ? object.dict : object;
  const domain = numbersIn(dict, 'Domain');
  const inner = innerCurve(dict, object, objects);
  if (domain.length !== 2) throw new IntakeRefusal('UNSUPPORTED', 'a colour that depends on several numbers');
  const [low, high] = domain as [number, number];
  const range = dict.has('Range') ? numbersIn(dict, 'Range') : [];
  return (x) => inner(within(x, low, high)).map((y, i) => within(y, range[2 * i] ?? y, range[2 * i + 1] ?? y));
}

function innerCurve(dict: Dict, object: CleanObject, objects: readonly CleanObject[]): Curve {
  switch (dict.get('FunctionType')) {
    case 0:
      return sampled(dict, object);
    case 2: {
      const [from, to] = [numbersIn(dict, 'C0', [0]), numbersIn(dict, 'C1', [1])];
      const power = dict.get('N') as number;
      return (x) => from.map((start, i) => start + x ** power * ((to[i] as number) - start));
    }
    case 3:
      return stitched(dict, objects);
    default:
      throw new IntakeRefusal('UNSUPPORTED', 'a colour that a program computes');
  }
}

function stitched(dict: Dict, objects: readonly CleanObject[]): Curve {
  const curves = (dict.get('Functions') as readonly Value[]).map((one) => curveOf(one, objects));
  const [low = 0, high = 1] = numbersIn(dict, 'Domain');
  const bounds = [low, ...numbersIn(dict, 'Bounds'), high];
  const encode = numbersIn(dict, 'Encode');
  return (x) => {
    const last = curves.length - 1;
    const found = bounds.slice(1, -1).findIndex((bound) => x < bound);
    const i = found < 0 ? last : found;
    const [from, to] = [bounds[i] as number, bounds[i + 1] as number];
    const [start, end] = [encode[2 * i] as number, encode[2 * i + 1] as number];
    const inside = to === from ? start : start + ((x - from) / (to - from)) * (end - start);
    return (curves[i] as Curve)(inside);
  };
}

function sampled(dict: Dict, object: CleanObject): Curve {
  const [size = 1] = numbersIn(dict, 'Size');
  const bits = dict.get('BitsPerSample') as number;
  if (!isCleanStream(object) || (bits !== 8 && bits !== 16))
    throw new IntakeRefusal('UNSUPPORTED', 'a colour of samples of an unusual size');
  const data = plainOf(object);
  const range = numbersIn(dict, 'Range');
  const decode = numbersIn(dict, 'Decode', range);
  const outputs = range.length / 2;
  const [low = 0, high = 1] = numbersIn(dict, 'Domain');
  const [start = 0, end = size - 1] = numbersIn(dict, 'Encode', [0, size - 1]);
  const sample = (at: number, output: number) => {
    const i = at * outputs + output;
    const part =
      bits === 8 ? (data[i] as number) / 255 : ((data[2 * i] as number) * 256 + (data[2 * i + 1] as number)) / 65_535;
    const [from, to] = [decode[2 * output] as number, decode[2 * output + 1] as number];
    return from + part * (to - from);
  };
  return (x) => {
    const at = within(start + ((x - low) / (high - low)) * (end - start), 0, size - 1);
    const below = Math.min(Math.floor(at), Math.max(0, size - 2));
    const above = Math.min(below + 1, size - 1);
    return Array.from({ length: outputs }, (_, i) => {
      return sample(below, i) + (at - below) * (sample(above, i) - sample(below, i));
    });
  };
}

function numbersIn(dict: Dict, key: string, otherwise: readonly number[] = []): readonly number[] {
  return (dict.get(key) as readonly number[] | undefined) ?? otherwise;
}

const within = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
