/** Operators of content streams (ISO 32000-1 annex A) and what each of them takes. */

/** n number, N name, s string, a array, p a name or a dictionary of properties, * whatever a colour takes. */
const OPERANDS = {
  ...{ w: 'n', J: 'n', j: 'n', M: 'n', d: 'an', ri: 'N', i: 'n', gs: 'N', q: '', Q: '', cm: 'nnnnnn' },
  ...{ m: 'nn', l: 'nn', c: 'nnnnnn', v: 'nnnn', y: 'nnnn', h: '', re: 'nnnn' },
  ...{ S: '', s: '', f: '', F: '', 'f*': '', B: '', 'B*': '', b: '', 'b*': '', n: '', W: '', 'W*': '' },
  ...{ BT: '', ET: '', Tc: 'n', Tw: 'n', Tz: 'n', TL: 'n', Tf: 'Nn', Tr: 'n', Ts: 'n' },
  ...{ Td: 'nn', TD: 'nn', Tm: 'nnnnnn', 'T*': '', Tj: 's', TJ: 'a', "'": 's', '"': 'nns' },
  ...{ d0: 'nn', d1: 'nnnnnn', CS: 'N', cs: 'N', SC: '*', SCN: '*', sc: '*', scn: '*' },
  ...{ G: 'n', g: 'n', RG: 'nnn', rg: 'nnn', K: 'nnnn', k: 'nnnn', sh: 'N', BI: '', Do: 'N' },
  ...{ MP: 'N', DP: 'Np', BMC: 'N', BDC: 'Np', EMC: '', BX: '', EX: '' },
} as const;
export type Operator = keyof typeof OPERANDS;

export interface Known {
  readonly operator: Operator;
  readonly takes: string;
}

/** By their letters in one number. */
export const operatorsByCode: ReadonlyMap<number, Known> = new Map(
  Object.entries(OPERANDS).map(([operator, takes]) => [
    [...operator].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0),
    { operator: operator as Operator, takes },
  ]),
);
