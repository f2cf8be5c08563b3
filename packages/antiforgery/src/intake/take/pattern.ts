/** Patterns (ISO 32000-1 section 8.7): small drawings laid like tiles, and shadings. */
import { intakeLimits } from '../intake-limits.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import { Stream, type Value } from '../values.ts';
import { aGraphicsState } from './graphics-state.ts';
import { aMatrix, aNumber, aRectangle, oneOf, type Rules, require, takeEntries } from './rules.ts';
import { aShading } from './shading.ts';
import type { Rule, Taking } from './taking.ts';

const TILING: Rules = {
  ...{ Type: oneOf('Pattern'), PatternType: oneOf(1), PaintType: oneOf(1, 2), TilingType: oneOf(1, 2, 3) },
  ...{ BBox: aRectangle, XStep: aNumber, YStep: aNumber, Matrix: aMatrix },
};

export const aPattern: Rule = (value, taking) => {
  if (taking.resolve(value) instanceof Stream) return tiling(value, taking);
  return taking.dictionary(value, 'pattern', (dict) => {
    const taken = takeEntries(
      dict,
      { Type: oneOf('Pattern'), PatternType: oneOf(2), Shading: aShading, Matrix: aMatrix, ExtGState: aGraphicsState },
      taking,
    );
    require(taken, 'PatternType', 'Shading');
    return taken;
  });
};

function tiling(value: Value, taking: Taking): Value {
  return taking.stream(value, 'pattern', (dict, stored, number) => {
    const taken = takeEntries(dict, TILING, taking);
    require(taken, 'PatternType', 'PaintType', 'TilingType', 'BBox', 'XStep', 'YStep');
    refuseDust(taken);
    const { resources, cost, stored: kept } = taking.content(stored, dict.get('Resources'));
    taking.costs.set(number, cost);
    return { role: 'content', dict: taken.set('Resources', resources), resources, stored: kept };
  });
}

/** Tiles so small that a page has millions of them. */
function refuseDust(pattern: ReadonlyMap<string, Value>): void {
  const [a = 1, b = 0, c = 0, d = 1] = (pattern.get('Matrix') ?? []) as readonly number[];
  const tile = Math.abs((pattern.get('XStep') as number) * (pattern.get('YStep') as number) * (a * d - b * c));
  if (tile === 0) throw new IntakeRefusal('BROKEN', 'tiles of no size');
  if (intakeLimits.sidePtMax ** 2 / tile > intakeLimits.patternCellsMax)
    throw new IntakeRefusal('TOO_COMPLEX', 'very small tiles');
}
