/** What a hand can do at the machine. One deed is one small JSON text, sent to `POST /bench`. */
import { type Static, Type } from 'typebox';
import { copyModes } from './bench-state.ts';

const oneOf = <const W extends string>(...words: readonly W[]) =>
  Type.Unsafe<W>(Type.Union(words.map((word) => Type.Literal(word))));
const supply = oneOf('full', 'low', 'empty');
const sheet = Type.String({ pattern: '^[0-9a-f-]{36}$' });
const deed = <const D extends string>(name: D) =>
  Type.Object({ deed: Type.Literal(name) }, { additionalProperties: false });

export const Deed = Type.Union([
  Type.Object(
    { deed: Type.Literal('lay-card'), card: Type.Integer({ minimum: 0, maximum: 999 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { deed: Type.Literal('take-card'), card: Type.Integer({ minimum: 0, maximum: 999 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { deed: Type.Literal('insert'), yen: Type.Integer({ minimum: 1, maximum: 10_000 }) },
    { additionalProperties: false },
  ),
  deed('take-coins'),
  Type.Object({ deed: Type.Literal('coin-jam'), jammed: Type.Boolean() }, { additionalProperties: false }),
  Type.Object({ deed: Type.Literal('change'), out: Type.Boolean() }, { additionalProperties: false }),
  Type.Object({ deed: Type.Literal('paper'), is: supply }, { additionalProperties: false }),
  Type.Object({ deed: Type.Literal('toner'), is: supply }, { additionalProperties: false }),
  Type.Object({ deed: Type.Literal('cover'), open: Type.Boolean() }, { additionalProperties: false }),
  Type.Object(
    {
      deed: Type.Literal('jam'),
      atSheet: Type.Integer({ minimum: 0, maximum: 99, description: 'Counted from now; 0: none.' }),
    },
    { additionalProperties: false },
  ),
  deed('clear-jam'),
  deed('take-paper'),
  Type.Object({ deed: Type.Literal('receipt-paper'), out: Type.Boolean() }, { additionalProperties: false }),
  deed('tear-receipt'),
  deed('put-away'),
  Type.Object({ deed: Type.Literal('copy-sheet'), sheet, mode: oneOf(...copyModes) }, { additionalProperties: false }),
  Type.Object(
    { deed: Type.Literal('shoot-sheet'), sheet, camera: oneOf('flatbed', 'phone'), quality: oneOf('good', 'poor') },
    { additionalProperties: false },
  ),
  deed('power-cut'),
  deed('power-on'),
]);
export type Deed = Static<typeof Deed>;
