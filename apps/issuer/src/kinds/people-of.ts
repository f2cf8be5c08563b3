/** Who stands in the book of a kind, by the names that its paper shows: the 住民票 has full names, the 戸籍 the 名 alone. */
import type { CertificateKind, LedgerDate, RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { kindFacts } from './kind-facts.ts';

export interface PersonInBook {
  readonly residentId: string;
  readonly order: number;
  /** As the paper of this kind shows it. */
  readonly name: string;
  readonly birth: LedgerDate;
  readonly protection: RegistryPerson['protection'];
  /** Still in the book, or out of it for this reason. */
  readonly status: RegistryPerson['status'];
}

/** Everybody in the book, in the order of the paper; nobody where the resident has no such book here. */
export function peopleOf(kind: CertificateKind, record: RegistryRecord): readonly PersonInBook[] {
  const people = {
    household: () => record.members,
    koseki: () => record.koseki?.members.map(inBook) ?? [],
    'address-history': () => record.addressHistory?.members.map(inBook) ?? [],
  }[kindFacts[kind].book]();
  return [...people].sort((a, b) => a.order - b.order);
}

/** 世帯主, 筆頭者: they can stand in the head of a paper without being asked for. */
export function headNamesOf(kind: CertificateKind, record: RegistryRecord): readonly string[] {
  const head = {
    household: record.headName,
    koseki: record.koseki?.head,
    'address-history': record.addressHistory?.head,
  }[kindFacts[kind].book];
  return head === undefined ? [] : [head];
}

function inBook<M extends { readonly status: 'recorded' | 'removed' }>(member: M) {
  return { ...member, status: member.status === 'recorded' ? ('resident' as const) : ('removed' as const) };
}
