/**
 * Graphics state parameters (ISO 32000-1 section 8.4.5). Half-tones, black generation and undercolour removal belong to a device and
 * are left out; a transfer function changes every tone and is refused.
 */
import { IntakeRefusal } from '../intake-refusal.ts';
import type { Value } from '../values.ts';
import { aFont } from './font.ts';
import {
  aBoolean,
  aName,
  aNumber,
  anInteger,
  arrayAt,
  dictAt,
  listOf,
  oneOf,
  type Rules,
  require,
  takeEntries,
} from './rules.ts';
import type { Rule, Taking } from './taking.ts';
import { aForm } from './x-object.ts';

const dashes: Rule = (value, taking) => {
  const [pattern, phase] = arrayAt(value, taking);
  return [listOf(aNumber, 0, 32)(pattern ?? null, taking), aNumber(phase ?? null, taking)];
};
const fontAndSize: Rule = (value, taking) => {
  const [font, size] = arrayAt(value, taking);
  return [aFont(font ?? null, taking), aNumber(size ?? null, taking)];
};
const blendModes: Rule = (value, taking) =>
  typeof taking.resolve(value) === 'string' ? aName(value, taking) : listOf(aName, 1, 8)(value, taking);
const identity = oneOf('Identity', 'Default');

const softMask: Rule = (value, taking) => {
  if (taking.resolve(value) === 'None') return 'None';
  const dict = dictAt(value, taking);
  const taken = takeEntries(
    dict,
    {
      Type: oneOf('Mask'),
      S: oneOf('Alpha', 'Luminosity'),
      G: aForm,
      BC: listOf(aNumber, 1, 4),
      TR: oneOf('Identity'),
    },
    taking,
  );
  require(taken, 'S', 'G');
  return taken;
};

const PARAMETERS: Rules = {
  ...{ Type: oneOf('ExtGState'), LW: aNumber, LC: anInteger, LJ: anInteger, ML: aNumber, D: dashes, RI: aName },
  ...{ OP: aBoolean, op: aBoolean, OPM: anInteger, Font: fontAndSize, FL: aNumber, SM: aNumber, SA: aBoolean },
  ...{ BM: blendModes, SMask: softMask, CA: aNumber, ca: aNumber, AIS: aBoolean, TK: aBoolean },
};

export const aGraphicsState: Rule = (value, taking) =>
  taking.dictionary(value, 'graphics state', (dict, number) => {
    for (const key of ['TR', 'TR2']) if (dict.has(key)) refuseTransfer(dict.get(key) ?? null, taking);
    const taken = takeEntries(dict, PARAMETERS, taking);
    const mask = taken.get('SMask');
    const group = mask instanceof Map ? (mask.get('G') as { number: number }) : undefined;
    taking.costs.set(number, group ? (taking.costs.get(group.number) ?? 0) : 0);
    return taken;
  });

function refuseTransfer(value: Value, taking: Taking): void {
  try {
    identity(value, taking);
  } catch (cause) {
    throw new IntakeRefusal('UNSUPPORTED', 'a transfer function', { cause });
  }
}
