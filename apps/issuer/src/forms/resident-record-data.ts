/** The data of the form resident-record/2025-05-26: finished texts, one for each cell. See the README of the form. */
import assert from 'node:assert/strict';
import { formatLedgerDate, formatWareki } from '@machikado/domain';
import type { LedgerDate, RegistryPerson, Scope } from '@machikado/protocol';
import type { ResidentRecordOrder } from './resident-record-order.ts';

export interface ResidentRecordData {
  readonly orderReference: string;
  readonly issueNumber: string;
  readonly address: string;
  readonly headName: string;
  readonly persons: readonly PersonData[];
  readonly certification: string;
  readonly issuedOn: string;
  readonly issuer: string;
  readonly sealSvg: string;
}

export interface PersonData {
  readonly number: string;
  readonly foreign: boolean;
  readonly nameKana: string;
  readonly name: string;
  readonly formerNameKana: string;
  readonly formerName: string;
  readonly myNumber: string;
  readonly residentCode: string;
  readonly becameResidentOn: string;
  readonly addressSince: string;
  readonly notifiedOn: string;
  readonly birth: string;
  readonly sex: string;
  readonly relationship: string;
  readonly domicileHead: string;
  readonly domicile: string;
  readonly previousAddress: string;
  /** Always six. */
  readonly slots: readonly { readonly label: string; readonly value: string }[];
}

/** Left out because nobody asked for it. */
const OMITTED = '省略';
/** The record has nothing here. */
const EMPTY = '【空欄】';
/** Does not concern this person. */
const NOT_APPLICABLE = '＊＊＊';

const CERTIFICATION: Readonly<Record<Scope, string>> = {
  household: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
  part: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。',
  self: 'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。',
};
const SEX = { male: '男', female: '女', unspecified: EMPTY } as const;

export function toResidentRecordData(order: ResidentRecordOrder): ResidentRecordData {
  const { record, items, issuer } = order;
  const persons = record.members
    .filter((member) => order.residentIds.includes(member.residentId))
    .sort((a, b) => a.order - b.order);
  assert.equal(persons.length, order.residentIds.length, 'everybody asked for stands in the record');
  return {
    orderReference: order.orderReference,
    issueNumber: order.issueNumber,
    address: record.address,
    headName: items.includes('relationship') ? record.headName : OMITTED,
    persons: persons.map((person, i) => toPersonData(person, i + 1, order)),
    certification: CERTIFICATION[order.scope],
    issuedOn: formatWareki(order.issuedOn),
    issuer: `${issuer.title}　${issuer.name}`,
    sealSvg: issuer.sealSvg,
  };
}

function toPersonData(person: RegistryPerson, number: number, { items }: ResidentRecordOrder): PersonData {
  const foreign = person.nationalityKind === 'foreign';
  const domicile = (part: 'address' | 'head') => {
    if (foreign) return NOT_APPLICABLE;
    if (!items.includes('registered-domicile')) return OMITTED;
    return textOf(person.registeredDomicile?.[part]);
  };
  return {
    number: String(number),
    foreign,
    nameKana: textOf(person.nameKana),
    name: person.name,
    formerNameKana: EMPTY,
    formerName: textOf(person.formerName),
    myNumber: OMITTED,
    residentCode: OMITTED,
    becameResidentOn: dateOf(person.becameResidentOn),
    addressSince: dateOf(person.addressSince),
    notifiedOn: dateOf(person.notifiedOn),
    birth: formatLedgerDate(person.birth, foreign ? 'western' : 'wareki'),
    sex: SEX[person.sex],
    relationship: items.includes('relationship') ? person.relationship : OMITTED,
    domicileHead: domicile('head'),
    domicile: domicile('address'),
    previousAddress: textOf(person.previousAddress),
    slots: foreign ? foreignSlots(person) : Array.from({ length: 6 }, () => UNUSED_SLOT),
  };
}

const UNUSED_SLOT = { label: NOT_APPLICABLE, value: NOT_APPLICABLE };

function foreignSlots({ commonName, foreign }: RegistryPerson): PersonData['slots'] {
  const ends = foreign?.periodEndsOn ? formatLedgerDate(foreign.periodEndsOn, 'western') : undefined;
  const stay = [foreign?.periodOfStay, ends].filter((part) => part).join('　');
  return [
    { label: '通称', value: textOf(commonName) },
    { label: '国籍・地域', value: textOf(foreign?.nationality) },
    { label: '第30条の45区分', value: textOf(foreign?.category) },
    { label: '在留資格', value: textOf(foreign?.residenceStatus) },
    { label: '在留期間等・満了日', value: textOf(stay) },
    { label: '在留カード等の番号', value: textOf(foreign?.cardNumber) },
  ];
}

function dateOf(date: LedgerDate | null): string {
  return date ? formatLedgerDate(date) : EMPTY;
}

function textOf(text: string | null | undefined): string {
  return text ? text : EMPTY;
}
