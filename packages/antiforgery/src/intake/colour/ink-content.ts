/** Content with its colours in ink: each operator that sets a colour of red, green and blue is replaced, all else stays to the byte. */
import { deflateSync } from 'node:zlib';
import { type CleanObject, type CleanStream, plainOf } from '../clean-object.ts';
import { readContent } from '../content-stream.ts';
import { IntakeRefusal } from '../intake-refusal.ts';
import type { Operands } from '../operands.ts';
import type { Operator } from '../operators.ts';
import { componentsOf, isDeviceSpace } from '../take/colour-space.ts';
import type { Dict, Value } from '../values.ts';
import { type InkSpace, inkSpace } from './device-space.ts';
import { clamped, digits, inkOperator, toCmyk } from './ink.ts';
import { inkInlineImage } from './ink-inline-image.ts';

/** The colour spaces of filling and stroking; at the start of a form they may be those of whoever draws it. */
interface State {
  readonly fill: InkSpace | undefined;
  readonly stroke: InkSpace | undefined;
}

export function inkContent(content: CleanStream, objects: CleanObject[]): CleanStream['stored'] {
  const plain = plainOf(content);
  const spaces = content.resources?.get('ColorSpace') as Dict | undefined;
  const spaceNamed = (name: string): Value => (isDeviceSpace(name) ? name : (spaces?.get(name) ?? name));
  const parts: Uint8Array[] = [];
  let copied = 0;
  let state: State = { fill: undefined, stroke: undefined };
  const saved: State[] = [];
  readContent(
    plain,
    (operator, operands, start, end) => {
      if (operator === 'q') saved.push(state);
      else if (operator === 'Q') state = saved.pop() ?? state;
      const stroke = operator === operator.toUpperCase();
      const set = spaceSet(operator, operands, spaceNamed, objects);
      if (set) state = stroke ? { ...state, stroke: set } : { ...state, fill: set };
      const written = replaced(operator, operands, stroke ? state.stroke : state.fill, stroke, spaceNamed, objects);
      if (written === undefined) return;
      parts.push(plain.subarray(copied, start), written);
      copied = end;
    },
    (name) => componentsOf(spaceNamed(name), objects),
  );
  if (copied === 0) return content.stored;
  // Six times as quick as the usual level, and not two kilobytes larger.
  const data = deflateSync(Buffer.concat([...parts, plain.subarray(copied)]), { level: 1 });
  return { data, filter: 'FlateDecode' };
}

/** The space in which the colour is, when the operator chooses one. */
function spaceSet(
  operator: Operator,
  operands: Operands,
  spaceNamed: (name: string) => Value,
  objects: CleanObject[],
): InkSpace | undefined {
  switch (operator) {
    case 'g':
    case 'G':
      return { space: 'DeviceGray' };
    case 'k':
    case 'K':
      return { space: 'DeviceCMYK' };
    case 'rg':
    case 'RG':
      return 'from RGB';
    case 'cs':
    case 'CS':
      return inkSpace(spaceNamed(operands.name(0)), objects);
    default:
      return undefined;
  }
}

/** What stands there instead, if something does. */
function replaced(
  operator: Operator,
  operands: Operands,
  current: InkSpace | undefined,
  stroke: boolean,
  spaceNamed: (name: string) => Value,
  objects: CleanObject[],
): Uint8Array | undefined {
  switch (operator) {
    case 'rg':
    case 'RG':
      return latin1(inkOf(operands, stroke));
    case 'cs':
    case 'CS':
      return current === 'from RGB' ? latin1(inkOperator(0, 0, 0, stroke)) : undefined;
    case 'sc':
    case 'scn':
    case 'SC':
    case 'SCN':
      return colour(operator, operands, current, stroke);
    case 'BI':
      return inkInlineImage(operands.image as NonNullable<Operands['image']>, spaceNamed, objects);
    default:
      return undefined;
  }
}

function colour(
  operator: Operator,
  operands: Operands,
  current: InkSpace | undefined,
  stroke: boolean,
): Uint8Array | undefined {
  const last = operands.count - 1;
  const numbers = operands.isName(last) ? last : operands.count;
  // Three numbers in a space that was chosen elsewhere.
  if (current === undefined && numbers === 3)
    throw new IntakeRefusal('UNSUPPORTED', 'a colour in a space that is not told');
  if (current === 'from RGB') return latin1(inkOf(operands, stroke));
  if (!operands.isName(last) || !current?.underFromRgb) return undefined;
  if (numbers !== 3) throw new IntakeRefusal('BROKEN', 'a colour of other parts than its space');
  const [r, g, b] = operands.numbers(0, 3).map(clamped) as [number, number, number];
  return latin1(`${toCmyk(r, g, b).map(digits).join(' ')} ${operands.source(last)} ${operator}`);
}

function inkOf(operands: Operands, stroke: boolean): string {
  if (operands.count !== 3 || operands.isName(2))
    throw new IntakeRefusal('BROKEN', 'a colour of other parts than its space');
  const [r, g, b] = operands.numbers() as [number, number, number];
  return inkOperator(r, g, b, stroke);
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
