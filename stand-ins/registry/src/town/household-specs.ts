/**
 * Plausible households, as tables: who lives together, by 続柄 and generation (0 the head’s, −1 the children’s, +1 the parents’).
 * The first table is the ordinary population with its weights, the second has one household or more for every persona.
 */
import type { RegistryPerson } from '@machikado/protocol';
import { rareSurnames, unprintableSurnames, type Word } from './invented-words.ts';
import type { PersonaKey } from './personas.ts';

export type SealTrait = 'oval' | 'largest' | 'smallest' | 'suspended' | 'cancelled' | 'none';
export type TaxTrait = 'many-incomes' | 'exempt' | 'undeclared' | 'in-process' | 'unpaid' | 'stopped';

export interface MemberSpec {
  readonly relationship: string;
  readonly sex: 'male' | 'female';
  readonly generation: -2 | -1 | 0 | 1;
  readonly persona?: PersonaKey;
  readonly foreign?: 'alias' | 'long-alias' | 'plain' | 'special-permanent' | 'long' | 'too-long';
  readonly seal?: SealTrait;
  readonly tax?: TaxTrait;
  /** What is special about this person. */
  readonly as?: Partial<
    Pick<RegistryPerson, 'status' | 'inProcess' | 'birth' | 'formerName' | 'nameKana' | 'protection'>
  >;
}

export interface HouseholdSpec {
  readonly headAge: readonly [youngest: number, oldest: number];
  readonly members: readonly MemberSpec[];
  readonly surname?: Word;
  readonly longAddress?: true;
  readonly domicile?: 'elsewhere' | 'long';
  /** Came after 1 January. */
  readonly movedInThisYear?: true;
  /** What is special about the 戸籍. */
  readonly family?: 'long' | 'transferred' | 'in-process' | 'adopted' | 'divorced';
  readonly addresses?: 'many' | 'overseas';
}

type Extra = Omit<MemberSpec, 'relationship' | 'sex' | 'generation'>;
const man = (extra: Extra = {}): MemberSpec => ({ relationship: '世帯主', sex: 'male', generation: 0, ...extra });
const woman = (extra: Extra = {}): MemberSpec => ({ relationship: '世帯主', sex: 'female', generation: 0, ...extra });
const wife = (extra: Extra = {}): MemberSpec => ({ relationship: '妻', sex: 'female', generation: 0, ...extra });
const husband: MemberSpec = { relationship: '夫', sex: 'male', generation: 0 };
const son = (extra: Extra = {}): MemberSpec => ({ relationship: '子', sex: 'male', generation: -1, ...extra });
const daughter = (extra: Extra = {}): MemberSpec => ({ relationship: '子', sex: 'female', generation: -1, ...extra });
const father: MemberSpec = { relationship: '父', sex: 'male', generation: 1 };
const mother: MemberSpec = { relationship: '母', sex: 'female', generation: 1 };
const mothersMother: MemberSpec = { relationship: '妻の母', sex: 'female', generation: 1 };
const sonsWife: MemberSpec = { relationship: '子の妻', sex: 'female', generation: -1 };
const grandson: MemberSpec = { relationship: '子の子', sex: 'male', generation: -2 };

export const ordinaryHouseholds: readonly { readonly weight: number; readonly spec: HouseholdSpec }[] = [
  { weight: 16, spec: { headAge: [20, 92], members: [man()] } },
  { weight: 16, spec: { headAge: [20, 92], members: [woman()] } },
  { weight: 14, spec: { headAge: [28, 85], members: [man(), wife()] } },
  { weight: 4, spec: { headAge: [28, 85], members: [woman(), husband] } },
  { weight: 12, spec: { headAge: [30, 52], members: [man(), wife(), son()] } },
  { weight: 12, spec: { headAge: [33, 52], members: [man(), wife(), daughter(), son()] } },
  { weight: 5, spec: { headAge: [38, 54], members: [man(), wife(), son(), daughter(), daughter()] } },
  { weight: 6, spec: { headAge: [30, 50], members: [woman(), daughter()] } },
  { weight: 3, spec: { headAge: [33, 50], members: [man(), son(), son()] } },
  { weight: 5, spec: { headAge: [38, 54], members: [man(), wife(), son(), daughter(), mother] } },
  { weight: 3, spec: { headAge: [66, 80], members: [man(), wife(), son(), sonsWife, grandson] } },
  { weight: 2, spec: { headAge: [22, 60], members: [man({ foreign: 'plain' })] } },
  { weight: 2, spec: { headAge: [28, 55], members: [woman({ foreign: 'alias' }), daughter({ foreign: 'plain' })] } },
  { weight: 1, spec: { headAge: [25, 80], members: [man(), wife()], surname: rareSurnames.taka } },
  { weight: 1, spec: { headAge: [33, 52], members: [man(), wife(), son()], surname: rareSurnames.hama } },
  { weight: 1, spec: { headAge: [25, 80], members: [woman()], surname: rareSurnames.kuwa } },
  { weight: 1, spec: { headAge: [25, 80], members: [woman()], surname: rareSurnames.saki } },
];

const born = (year: number, month: number | null, day: number | null) => ({ birth: { year, month, day } });
const alone = (persona: PersonaKey, as: MemberSpec['as'] = {}, headAge: readonly [number, number] = [30, 60]) =>
  ({ headAge, members: [woman({ persona, as })] }) satisfies HouseholdSpec;
const withTrait = (persona: PersonaKey, trait: Pick<MemberSpec, 'seal' | 'tax'>): HouseholdSpec => ({
  headAge: [32, 58],
  members: [man({ persona, ...trait })],
});

export const personaHouseholds: readonly HouseholdSpec[] = [
  alone('single'),
  { headAge: [40, 70], members: [man({ persona: 'couple' }), wife()] },
  {
    headAge: [44, 48],
    members: [
      man({ persona: 'family-head' }),
      wife({ persona: 'family-spouse' }),
      daughter({ persona: 'family-child', as: born(2007, 8, 14) }),
      son({ persona: 'under-15', as: born(2016, 6, 3) }),
    ],
  },
  {
    headAge: [40, 50],
    members: [man({ persona: 'three-generations' }), wife(), daughter(), father, mother],
  },
  { headAge: [44, 52], members: [man({ persona: 'big-household' }), wife(), son(), daughter(), son(), mother] },
  {
    headAge: [46, 52],
    members: [man({ persona: 'nine' }), wife(), son(), daughter(), son(), daughter(), father, mother, mothersMother],
  },
  { headAge: [30, 45], members: [woman({ persona: 'foreign-alias', foreign: 'alias' })] },
  { headAge: [22, 40], members: [man({ persona: 'foreign-no-kana', foreign: 'plain' })] },
  { headAge: [50, 70], members: [man({ persona: 'foreign-permanent', foreign: 'special-permanent' })] },
  { headAge: [35, 50], members: [man(), wife({ persona: 'foreign-spouse', foreign: 'plain' }), daughter()] },
  { headAge: [32, 45], members: [man(), wife({ persona: 'former-name', as: { formerName: '旧姓見本' } })] },
  alone('kana-not-fixed', { nameKana: null }),
  {
    headAge: [32, 44],
    members: [
      woman({ persona: 'protected', as: { protection: 'active' } }),
      daughter({ persona: 'protected-joint', as: { protection: 'joint' } }),
    ],
  },
  alone('protected-provisional', { protection: 'provisional' }),
  alone('leaving', { status: 'leaving' }),
  alone('moved-out', { status: 'left' }),
  {
    headAge: [70, 85],
    members: [man({ persona: 'widowed' }), wife({ persona: 'deceased', as: { status: 'deceased' } })],
  },
  { headAge: [50, 60], members: [man({ persona: 'child-moved-out' }), wife(), son({ as: { status: 'left' } })] },
  { headAge: [50, 60], members: [man({ persona: 'child-leaving' }), wife(), son({ as: { status: 'leaving' } })] },
  alone('removed', { status: 'removed' }),
  alone('in-process', { inProcess: true }),
  alone('unknown-birth', born(1935, null, null), [90, 91]),
  alone('unknown-birth-day', born(1941, 10, null), [84, 85]),
  alone('unknown-era', born(1989, null, null), [36, 37]),
  alone('leap-birthday', born(1992, 2, 29), [33, 34]),
  { headAge: [30, 60], members: [man({ persona: 'ivs-name' }), wife()], surname: rareSurnames.katsu },
  { headAge: [30, 60], members: [woman({ persona: 'ivs-name-2' })], surname: rareSurnames.tsuji },
  { headAge: [30, 60], members: [man({ persona: 'rare-letters' })], surname: rareSurnames.yoshi },
  { headAge: [30, 60], members: [woman({ persona: 'compatibility-letter' })], surname: rareSurnames.kami },
  { headAge: [30, 60], members: [man({ persona: 'missing-glyph' }), wife()], surname: unprintableSurnames.letter },
  { headAge: [30, 60], members: [man({ persona: 'missing-sequence' })], surname: unprintableSurnames.sequence },
  { headAge: [30, 60], members: [man({ persona: 'long-name', foreign: 'long' })] },
  { headAge: [30, 60], members: [woman({ persona: 'too-long-name', foreign: 'too-long' })] },
  { headAge: [30, 60], members: [man({ persona: 'long-address' }), wife()], longAddress: true },
  { headAge: [30, 60], members: [woman({ persona: 'domicile-elsewhere' })], domicile: 'elsewhere' },
  withTrait('seal-active', {}),
  withTrait('seal-oval', { seal: 'oval' }),
  withTrait('seal-largest', { seal: 'largest' }),
  withTrait('seal-smallest', { seal: 'smallest' }),
  withTrait('seal-suspended', { seal: 'suspended' }),
  withTrait('seal-cancelled', { seal: 'cancelled' }),
  withTrait('no-seal', { seal: 'none' }),
  {
    headAge: [44, 50],
    members: [
      man({ persona: 'tax-many-incomes', tax: 'many-incomes' }),
      wife({ tax: 'exempt' }),
      son(),
      daughter(),
      mother,
    ],
  },
  { headAge: [68, 74], members: [woman({ persona: 'tax-exempt', tax: 'exempt' })] },
  withTrait('tax-undeclared', { tax: 'undeclared' }),
  withTrait('tax-in-process', { tax: 'in-process' }),
  withTrait('tax-unpaid', { tax: 'unpaid' }),
  { headAge: [26, 40], members: [man({ persona: 'tax-no-right' })], movedInThisYear: true },
  withTrait('tax-stopped', { tax: 'stopped' }),
  { headAge: [68, 72], members: [man({ persona: 'koseki-long' }), wife()], family: 'long' },
  { headAge: [35, 50], members: [man({ persona: 'koseki-transferred' }), wife(), son()], family: 'transferred' },
  { headAge: [30, 50], members: [woman({ persona: 'koseki-in-process' })], family: 'in-process' },
  {
    headAge: [40, 46],
    members: [man(), wife(), daughter({ persona: 'adopted', as: born(2008, 5, 20) })],
    family: 'adopted',
  },
  { headAge: [42, 50], members: [man({ persona: 'divorced' })], family: 'divorced' },
  { headAge: [58, 62], members: [woman({ persona: 'many-addresses' })], addresses: 'many' },
  { headAge: [38, 52], members: [man({ persona: 'overseas-elector' })], addresses: 'overseas' },
  alone('era-change-birth', born(1989, 1, 8), [36, 37]),
  { headAge: [30, 60], members: [man({ persona: 'long-domicile' }), wife()], domicile: 'long' },
  { headAge: [30, 45], members: [woman({ persona: 'long-alias', foreign: 'long-alias' })] },
  { headAge: [30, 60], members: [man({ persona: 'private-use-letter' })], surname: unprintableSurnames.privateUse },
];

/** Who lives in one invented town and has the 本籍 in the other. */
export const exchangeHouseholds: readonly HouseholdSpec[] = [
  { headAge: [34, 48], members: [woman({ persona: 'koseki-elsewhere' })] },
  { headAge: [40, 48], members: [man(), wife(), daughter(), son()] },
  { headAge: [62, 76], members: [man(), wife()] },
];
