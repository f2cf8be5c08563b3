/**
 * A page that paints all of its paper before it says anything, as some makers do with white: nothing laid under it would be seen.
 * Looked for among the first things that are painted, up to the first letter.
 */
import { type CleanObject, isCleanStream, plainOf } from './clean-object.ts';
import { readContent } from './content-stream.ts';
import { type Box, identity, isUpright, type Matrix, placed, times } from './matrix.ts';
import type { Operands } from './operands.ts';
import type { Operator } from './operators.ts';
import { componentsOf } from './take/colour-space.ts';
import { type Dict, isDict, Ref, type Value } from './values.ts';

const OPERATORS_MAX = 2000;
/** In points: what lacks a hair at an edge covers the page all the same. */
const HAIR = 2;

export function hasOpaqueBackground(
  form: Ref,
  objects: readonly CleanObject[],
  { widthPt, heightPt }: { readonly widthPt: number; readonly heightPt: number },
): boolean {
  return new Painter([0, 0, widthPt, heightPt], objects).draw(form, START) === 'covered';
}

interface State {
  readonly matrix: Matrix;
  /** Nothing is cut off, nothing shines through. */
  readonly whole: boolean;
  readonly opaque: boolean;
  readonly pattern: boolean;
  readonly invisible: boolean;
}

const START: State = { matrix: identity, whole: true, opaque: true, pattern: false, invisible: false };

type Outcome = 'covered' | 'not covered' | 'nothing yet';

class Painter {
  readonly #sheet: Box;
  readonly #objects: readonly CleanObject[];
  #left = OPERATORS_MAX;

  constructor(sheet: Box, objects: readonly CleanObject[]) {
    this.#sheet = sheet;
    this.#objects = objects;
  }

  paint(plain: Uint8Array, resources: Dict, matrix: Matrix): Outcome {
    let state: State = { ...START, matrix };
    const saved: State[] = [];
    let path: Path = [];
    let clipping = false;
    let outcome: Outcome = 'nothing yet';
    const named = (category: string, name: string) => (resources.get(category) as Dict | undefined)?.get(name);
    readContent(
      plain,
      (operator, operands) => {
        this.#left -= 1;
        if (this.#left < 0) return false;
        switch (operator) {
          case 'q':
            saved.push(state);
            break;
          case 'Q':
            state = saved.pop() ?? state;
            break;
          case 'cm':
            state = { ...state, matrix: times(operands.numbers() as never, state.matrix) };
            break;
          case 'gs':
            state = { ...state, opaque: state.opaque && this.#isOpaque(named('ExtGState', operands.name(0))) };
            break;
          case 'Tr':
            state = { ...state, invisible: operands.number(0) === 3 };
            break;
          case 'scn':
          case 'sc':
            state = { ...state, pattern: operands.isName(operands.count - 1) };
            break;
          case 'g':
          case 'rg':
          case 'k':
          case 'cs':
            state = { ...state, pattern: false };
            break;
          case 'W':
          case 'W*':
            clipping = true;
            break;
          case 'Do':
            outcome = this.draw(named('XObject', operands.name(0)), state);
            break;
          case 'sh':
            if (this.#shows(state)) outcome = 'covered';
            break;
          default:
            if (shows(operator)) outcome = state.invisible ? outcome : 'not covered';
            else if (!PATH_ENDS.has(operator)) path = continued(path, operator, operands);
        }
        if (PATH_ENDS.has(operator)) {
          const covers = path !== undefined && path.length > 0 && this.#covers(boxOf(path), state.matrix);
          if (FILLS.has(operator) && covers && this.#shows(state) && !state.pattern) outcome = 'covered';
          if (clipping && !covers) state = { ...state, whole: false };
          clipping = false;
          path = [];
        }
        return outcome === 'nothing yet' ? undefined : false;
      },
      (space) => componentsOf(named('ColorSpace', space) ?? 'DeviceGray', this.#objects),
    );
    return outcome;
  }

  draw(value: Value | undefined, state: State): Outcome {
    const object = value instanceof Ref ? this.#objects[value.number - 1] : undefined;
    if (!object || !isCleanStream(object)) return 'nothing yet';
    const { dict } = object;
    if (object.role === 'image') {
      const solid = dict.get('ImageMask') !== true && !dict.has('SMask') && !dict.has('Mask');
      return solid && this.#shows(state) && this.#covers([0, 0, 1, 1], state.matrix) ? 'covered' : 'nothing yet';
    }
    const matrix = times((dict.get('Matrix') as never) ?? identity, state.matrix);
    // Inside something that is cut off or shines through, only letters count.
    const box = dict.get('BBox') as unknown as Box;
    const outcome = this.paint(plainOf(object), object.resources ?? new Map(), matrix);
    const whole = this.#shows(state) && this.#covers(box, matrix);
    return outcome === 'covered' && !whole ? 'nothing yet' : outcome;
  }

  #shows({ whole, opaque }: State): boolean {
    return whole && opaque;
  }

  #isOpaque(value: Value | undefined): boolean {
    const state = value instanceof Ref ? this.#objects[value.number - 1] : undefined;
    if (!isDict(state as Value)) return true;
    const dict = state as Dict;
    const [alpha, mask, blend] = [dict.get('ca') ?? 1, dict.get('SMask') ?? 'None', dict.get('BM') ?? 'Normal'];
    return alpha === 1 && mask === 'None' && (blend === 'Normal' || blend === 'Compatible');
  }

  #covers(box: Box, matrix: Matrix): boolean {
    if (!isUpright(matrix)) return false;
    const [left, bottom, right, top] = placed(box, matrix);
    const sheet = this.#sheet;
    return left <= sheet[0] + HAIR && bottom <= sheet[1] + HAIR && right >= sheet[2] - HAIR && top >= sheet[3] - HAIR;
  }
}

const FILLS: ReadonlySet<Operator> = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*']);
const PATH_ENDS: ReadonlySet<Operator> = new Set([...FILLS, 'S', 's', 'n'] as const);
const shows = (operator: Operator) => operator === 'Tj' || operator === 'TJ' || operator === "'" || operator === '"';

/** Corners of one rectangle; nothing for any other path. */
type Path = readonly (readonly [number, number])[] | undefined;

function continued(path: Path, operator: Operator, operands: Operands): Path {
  if (!path) return path;
  switch (operator) {
    case 're': {
      const [x, y, w, h] = operands.numbers() as [number, number, number, number];
      return path.length > 0
        ? undefined
        : [
            [x, y],
            [x + w, y],
            [x + w, y + h],
            [x, y + h],
          ];
    }
    case 'm':
      return path.length > 0 ? undefined : [operands.numbers() as [number, number]];
    case 'l':
      return path.length > 4 ? undefined : [...path, operands.numbers() as [number, number]];
    case 'c':
    case 'v':
    case 'y':
      return undefined;
    default:
      return path;
  }
}

/** The box of a path whose corners are all corners of it; an empty one otherwise. */
function boxOf(path: NonNullable<Path>): Box {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)];
  const box: Box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const corners = new Set(path.map(([x, y]) => `${x} ${y}`));
  const upright = path.every(([x, y]) => (x === box[0] || x === box[2]) && (y === box[1] || y === box[3]));
  return upright && corners.size === 4 ? box : [0, 0, 0, 0];
}
