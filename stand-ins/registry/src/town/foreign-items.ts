/** Items of 外国人住民 (住民基本台帳法30条の45): names in Roman capitals, 通称 and the items of the residence card. */
import type { RegistryPerson } from '@machikado/protocol';
import type { MemberSpec } from './household-specs.ts';
import { nationalities, type Word } from './invented-words.ts';
import type { Settler } from './settler.ts';

const statuses = [
  { residenceStatus: '永住者', periodOfStay: null },
  { residenceStatus: '技術・人文知識・国際業務', periodOfStay: '５年' },
  { residenceStatus: '家族滞在', periodOfStay: '３年' },
  { residenceStatus: '留学', periodOfStay: '２年３月' },
] as const;

const nameWords = { alias: 2, plain: 2, 'special-permanent': 1, long: 6, 'too-long': 18 } as const;

export function foreignItems(
  { random, names, cardNumber }: Settler,
  kind: NonNullable<MemberSpec['foreign']>,
  surname: Word,
  sex: 'male' | 'female',
): Pick<RegistryPerson, 'name' | 'nameKana' | 'commonName' | 'foreign'> {
  const { name, kana } = names.foreign(nameWords[kind]);
  return {
    name,
    nameKana: kind === 'alias' || kind === 'long' ? kana : null,
    commonName: kind === 'alias' ? names.full(surname, sex).name : null,
    foreign: {
      nationality: random.pick(nationalities),
      ...(kind === 'special-permanent'
        ? { category: '特別永住者', residenceStatus: null, periodOfStay: null, periodEndsOn: null }
        : stay(random.pick(statuses), random.between(2027, 2030), random.between(1, 12), random.between(1, 28))),
      cardNumber: cardNumber(),
    },
  };
}

function stay(status: (typeof statuses)[number], year: number, month: number, day: number) {
  return {
    category: '中長期在留者',
    ...status,
    periodEndsOn: status.periodOfStay === null ? null : { year, month, day },
  };
}
