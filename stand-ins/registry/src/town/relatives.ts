/** Whoever stands in a 戸籍: residents, and the dead, divorced and married away who live nowhere in the invented towns. */
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import type { FamilyDesk } from './family-desk.ts';

export interface Relative extends Pick<RegistryPerson, 'name' | 'nameKana' | 'birth' | 'sex' | 'protection'> {
  /** Of the town of the 本籍. */
  readonly residentId: string;
  /** Absent: lives elsewhere, or no more. */
  readonly resident?: RegistryPerson;
}

export interface Parents {
  readonly father: string | null;
  readonly mother: string | null;
  /** 従前戸籍 */
  readonly from: string;
}

export function relativeOf(desk: FamilyDesk, resident: RegistryPerson): Relative {
  const { name, nameKana, birth, sex, protection } = resident;
  return { residentId: desk.idOf(resident.residentId), name, nameKana, birth, sex, protection, resident };
}

export function absentRelative(
  { names, residentId }: FamilyDesk,
  surname: string,
  sex: 'male' | 'female',
  birth: LedgerDate,
): Relative {
  const { name, kana } = names.relative([surname, ''], sex);
  return { residentId: residentId(), name, nameKana: kana, birth, sex, protection: 'none' };
}

/** Parents who live nowhere here, of somebody who was born under that name. */
export function absentParents({ names, places }: FamilyDesk, bornAs: string): Parents {
  const surname = [surnameOf(bornAs), ''] as const;
  const father = names.relative(surname, 'male').name;
  return { father, mother: names.relative(surname, 'female').name, from: `${places.domicileElsewhere()}　${father}` };
}

/** 姓 and 名 stand apart by a full-width space. */
export function surnameOf(name: string): string {
  return name.split('　')[0] ?? '';
}

export function givenOf(name: string): string {
  return name.split('　').slice(1).join('');
}
