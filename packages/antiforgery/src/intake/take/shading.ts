/** Shadings (ISO 32000-1 section 8.7.4.5): by a function, along an axis, between circles, and meshes. */
import { plainBytes } from '../decode-stream.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { type Dict, isArray, isDict, Stream, type Value } from '../values.ts';
import { aColourSpace } from './colour-space.ts';
import { functions } from './function.ts';
import {
  aBoolean,
  aMatrix,
  aNumber,
  anInteger,
  aRectangle,
  listOf,
  numbers,
  type Rules,
  require,
  takeEntries,
} from './rules.ts';
import type { Rule, Taking } from './taking.ts';

const COMMON: Rules = {
  ...{ ShadingType: anInteger, ColorSpace: aColourSpace, Background: listOf(aNumber, 1, 32), BBox: aRectangle },
  ...{ AntiAlias: aBoolean, Function: functions },
};
const ALONG = { Domain: numbers(2), Extend: listOf(aBoolean, 2, 2) };
const MESH: Rules = {
  ...{ ...COMMON, BitsPerCoordinate: anInteger, BitsPerComponent: anInteger, BitsPerFlag: anInteger },
  ...{ Decode: listOf(aNumber, 6, 68), VerticesPerRow: anInteger },
};
const KINDS: Readonly<Record<number, Rules>> = {
  1: { ...COMMON, Domain: numbers(4), Matrix: aMatrix },
  2: { ...COMMON, Coords: numbers(4), ...ALONG },
  3: { ...COMMON, Coords: numbers(6), ...ALONG },
};
const MESH_BYTES_MAX = 4_000_000;

export const aShading: Rule = (value, taking) => {
  const found = taking.resolve(value);
  if (found instanceof Stream) return mesh(value, taking);
  return taking.dictionary(value, 'shading', (dict) => {
    const kind = taking.resolve(dict.get('ShadingType'));
    const rules = KINDS[kind as number];
    if (!rules) throw new IntakeRefusal('BROKEN', 'a shading of an unknown kind');
    const taken = takeEntries(dict, rules, taking);
    require(taken, 'ColorSpace', 'Function', ...(kind === 1 ? [] : ['Coords']));
    return coloured(taken);
  });
};

function mesh(value: Value, taking: Taking): Value {
  return taking.stream(value, 'shading', (dict, stored) => {
    const taken = takeEntries(dict, MESH, taking);
    require(taken, 'ShadingType', 'ColorSpace', 'BitsPerCoordinate', 'BitsPerComponent', 'Decode');
    if (![4, 5, 6, 7].includes(taken.get('ShadingType') as number))
      throw new IntakeRefusal('BROKEN', 'a shading of an unknown kind');
    if (taken.get('ShadingType') === 5) require(taken, 'VerticesPerRow');
    if (plainBytes(stored).length > MESH_BYTES_MAX) throw new IntakeRefusal('TOO_COMPLEX', 'a very fine mesh');
    return { role: 'data', dict: coloured(taken) };
  });
}

function coloured(shading: Dict): Dict {
  const space = shading.get('ColorSpace');
  if (space === 'Pattern' || (isArray(space) && space[0] === 'Pattern') || isDict(space))
    throw new IntakeRefusal('BROKEN', 'a shading in patterns');
  return shading;
}
