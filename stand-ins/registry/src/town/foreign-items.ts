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

const nameWords = { alias: 2, 'long-alias': 3, plain: 2, 'special-permanent': 1, long: 6, 'too-long': 18 } as const;

export function foreignItems(
  { random, names, cardNumber }: Settler,
  kind: NonNullable<MemberSpec['foreign']>,
  surname: Word,
  sex: 'male' | 'female',
): Pick<RegistryPerson, 'name' | 'nameKana' | 'commonName' | 'foreign'> {
  const { name, kana } = names.foreign(nameWords[kind]);
  const commonName = () => {
    if (kind === 'alias') return names.full(surname, sex).name;
    return kind === 'long-alias' ? longAlias(names.full(surname, sex).name) : null;
  };
  return {
    name,
    nameKana: kind === 'plain' || kind === 'special-permanent' || kind === 'too-long' ? null : kana,
    commonName: commonName(),
    foreign: {
      nationality: random.pick(nationalities),
      ...(kind === 'special-permanent'
        ? { category: '特別永住者', residenceStatus: null, periodOfStay: null, periodEndsOn: null }
        : stay(random.pick(statuses), random.between(2027, 2030), random.between(1, 12), random.between(1, 28))),
      cardNumber: cardNumber(),
    },
  };
}

/** Thirty letters and more, as somebody may have who bears the names of two families. */
function longAlias(name: string): string {
  const [surname = '', own = ''] = name.split('　');
  return `${surname}${'架空見本仮名例示模擬標本'.repeat(2)}　${own}${'ノヴァリス'.repeat(2)}`;
}

function stay(status: (typeof statuses)[number], year: number, month: number, day: number) {
  return {
    category: '中長期在留者',
    ...status,
    periodEndsOn: status.periodOfStay === null ? null : { year, month, day },
  };
}
