/**
 * What becomes of a colour space in a document of ink alone. Calibrated grey and CMYK become those of the device: a printer that
 * manages colours would otherwise mix grey of all its inks, or black anew.
 */
import type { CleanObject, CleanStream } from '../clean-object.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { isArray, type Ref, type Value } from '../values.ts';
import { curveOf } from './evaluate-function.ts';
import { inkPixels } from './ink.ts';
import { inkFunction } from './ink-function.ts';

/**
 * Numbers of a colour stay as they are in the new space, or there is no such space and each colour is computed. Under a pattern
 * without colours of its own the space must be one, so all that was red, green and blue is CMYK there.
 */
export type InkSpace = { readonly space: Value; readonly underFromRgb?: true } | 'from RGB';

/** Of each document: a space that is chosen a thousand times gets one table. */
const known = new WeakMap<CleanObject[], Map<Value, InkSpace>>();

/** May add to the objects. */
export function inkSpace(space: Value, objects: CleanObject[]): InkSpace {
  const spaces = known.get(objects) ?? new Map<Value, InkSpace>();
  known.set(objects, spaces);
  const found = spaces.get(space) ?? newSpace(space, objects);
  spaces.set(space, found);
  return found;
}

function newSpace(space: Value, objects: CleanObject[]): InkSpace {
  if (space === 'DeviceRGB') return 'from RGB';
  if (typeof space === 'string') return { space };
  const [family, second, third, fourth] = space as readonly [string, ...Value[]];
  switch (family) {
    case 'CalGray':
      return { space: 'DeviceGray' };
    case 'CalRGB':
      return 'from RGB';
    case 'ICCBased':
      return ofProfile(objects[(second as Ref).number - 1] as CleanStream);
    case 'Indexed':
      return { space: palette(second as Value, third as number, fourth as Uint8Array, objects) };
    case 'Separation':
    case 'DeviceN':
      return { space: tints([family, second as Value, third as Value, fourth as Value], objects) };
    case 'Pattern':
      return ofPattern(inkSpace(second as Value, objects));
    default:
      throw new IntakeRefusal('UNSUPPORTED', 'colours that cannot be told in ink exactly');
  }
}

function ofPattern(under: InkSpace): InkSpace {
  if (under === 'from RGB') return { space: ['Pattern', 'DeviceCMYK'], underFromRgb: true };
  return { space: ['Pattern', under.space] };
}

function ofProfile({ dict }: CleanStream): InkSpace {
  const components = dict.get('N');
  if (components === 3) return 'from RGB';
  return { space: components === 1 ? 'DeviceGray' : 'DeviceCMYK' };
}

function palette(base: Value, highest: number, table: Uint8Array, objects: CleanObject[]): Value {
  const found = inkSpace(base, objects);
  if (found !== 'from RGB') return ['Indexed', found.space, highest, table];
  const { components, bytes } = inkPixels(table);
  return ['Indexed', components === 1 ? 'DeviceGray' : 'DeviceCMYK', highest, bytes];
}

/** A named ink keeps its name; what stands in for it where there is none is computed anew. */
function tints([family, names, base, tint]: readonly [string, Value, Value, Value], objects: CleanObject[]): Value {
  const found = inkSpace(base, objects);
  if (found !== 'from RGB') return [family, names, found.space, tint];
  if (isArray(names) && names.length > 1)
    throw new IntakeRefusal('UNSUPPORTED', 'several inks made of red, green and blue');
  return [family, names, 'DeviceCMYK', inkFunction(curveOf(tint, objects), [0, 1], objects)];
}
