/**
 * 世帯主 and 記載順位: a household with anybody left in it has exactly one head, who stands first. When the head goes, the next in
 * order takes the place and everybody’s 続柄 is seen from there. (In a real town a clerk asks the family; this is the plain case.)
 */
import { earliestDay } from '@machikado/domain';
import type { RegistryPerson } from '@machikado/protocol';

export const HEAD = '世帯主';

export function isPresent(member: RegistryPerson): boolean {
  return member.status === 'resident' || member.status === 'leaving';
}

/** Present members first, the head on top, then those who are gone; numbered from 1. */
export function inOrder(members: readonly RegistryPerson[]): RegistryPerson[] {
  const present = withHead(members.filter(isPresent));
  const gone = members.filter((member) => !isPresent(member));
  return [...present, ...gone].map((member, i) => ({ ...member, order: i + 1 }));
}

export function headOf(members: readonly RegistryPerson[]): RegistryPerson | undefined {
  const present = members.filter(isPresent);
  return (present.length > 0 ? present : members).find(({ relationship }) => relationship === HEAD) ?? members[0];
}

function withHead(present: readonly RegistryPerson[]): RegistryPerson[] {
  const head = present.find(({ relationship }) => relationship === HEAD);
  if (head) return [head, ...present.filter((member) => member !== head)];
  const [successor, ...others] = present;
  if (!successor) return [];
  return [
    { ...successor, relationship: HEAD },
    ...others.map((member) => ({ ...member, relationship: seenFrom(successor, member) })),
  ];
}

/** 続柄 to the old head → 続柄 to the one who follows, by what the follower was. */
const seenFromSpouse: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  妻: { 子: '子', 子の妻: '子の妻', 子の子: '子の子', 父: '夫の父', 母: '夫の母', 妻の父: '父', 妻の母: '母' },
  夫: { 子: '子', 子の妻: '子の妻', 子の子: '子の子', 父: '妻の父', 母: '妻の母', 夫の父: '父', 夫の母: '母' },
};
const seenFromChild: Readonly<Record<string, string>> = { 妻: '母', 夫: '父', 子の妻: '妻', 子の子: '子' };

function seenFrom(successor: RegistryPerson, member: RegistryPerson): string {
  const bySpouse = seenFromSpouse[successor.relationship];
  if (bySpouse) return bySpouse[member.relationship] ?? '縁故者';
  if (successor.relationship !== '子') return '縁故者';
  return member.relationship === '子' ? sibling(successor, member) : (seenFromChild[member.relationship] ?? '縁故者');
}

function sibling(of: RegistryPerson, member: RegistryPerson): string {
  const older = earliestDay(member.birth) < earliestDay(of.birth);
  if (member.sex === 'unspecified') return '縁故者';
  return { male: older ? '兄' : '弟', female: older ? '姉' : '妹' }[member.sex];
}
