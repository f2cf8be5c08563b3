/** Shadings in ink: the curve through their colours becomes a table of inks. */
import type { CleanObject } from '../clean-object.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import type { Dict, Value } from '../values.ts';
import { inkSpace } from './device-space.ts';
import { curveOf } from './evaluate-function.ts';
import { clamped, toCmyk } from './ink.ts';
import { inkFunction } from './ink-function.ts';

export function inkShading(shading: Dict, objects: CleanObject[]): Dict {
  const found = inkSpace(shading.get('ColorSpace') as Value, objects);
  const out = new Map(shading);
  if (found !== 'from RGB') return out.set('ColorSpace', found.space);
  const [curve, kind] = [shading.get('Function'), shading.get('ShadingType')];
  if (curve === undefined || kind === 1)
    throw new IntakeRefusal('UNSUPPORTED', 'a shading whose colours cannot be told in ink exactly');
  out.set('ColorSpace', 'DeviceCMYK');
  out.set('Function', inkFunction(curveOf(curve, objects), domainOf(shading), objects));
  const background = shading.get('Background') as readonly number[] | undefined;
  if (background) out.set('Background', inkOf(background));
  return out;
}

/** Of a mesh, the range of the one parameter that stands at each corner. */
function domainOf(shading: Dict): readonly [number, number] {
  const decode = shading.get('Decode') as readonly number[] | undefined;
  const [low = 0, high = 1] = decode ? decode.slice(4, 6) : ((shading.get('Domain') ?? []) as readonly number[]);
  return [low, high];
}

function inkOf(rgb: readonly number[]): Value {
  const [r = 0, g = 0, b = 0] = rgb.map(clamped);
  return toCmyk(r, g, b);
}
