/** What a hand can do at the machine. One deed is one small JSON text, sent to `POST /bench`. */
import { type Static, Type } from 'typebox';

const supply = Type.Union([Type.Literal('full'), Type.Literal('low'), Type.Literal('empty')]);
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
  deed('power-cut'),
  deed('power-on'),
]);
export type Deed = Static<typeof Deed>;
