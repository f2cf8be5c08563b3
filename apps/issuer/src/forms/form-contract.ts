/** 様式の取り決め: the part of a form that is data. `contract.json` beside each form says where its cells stand. */
import { readFileSync } from 'node:fs';
import type { CertificateKind } from '@machikado/protocol';

/** [x, y, width, height] in mm from the top left corner. */
export type Place = readonly [number, number, number, number];

export interface CellSpec {
  readonly label: string;
  readonly labelForForeigners?: string;
  readonly labelBox: Place;
  readonly box: Place;
}

export interface ResidentRecordContract {
  readonly title: string;
  readonly personsPerSheet: number;
  readonly titleBox: Place;
  readonly issueNumberBox: Place;
  readonly sheet: Readonly<Record<'address' | 'headName', CellSpec>>;
  readonly certification: Readonly<Record<'sentenceBox' | 'issuedOnBox' | 'issuerBox' | 'sealBox', Place>>;
  readonly person: {
    readonly block: Place;
    readonly numberBox: Place;
    readonly cells: Readonly<Record<PersonCell, CellSpec>>;
    readonly slots: readonly { readonly labelBox: Place; readonly box: Place }[];
  };
  readonly unusedBlocks: { readonly text: string; readonly box: Place };
}

export const personCells = [
  'nameKana',
  'name',
  'formerNameKana',
  'formerName',
  'myNumber',
  'residentCode',
  'becameResidentOn',
  'addressSince',
  'notifiedOn',
  'birth',
  'sex',
  'relationship',
  'domicileHead',
  'domicile',
  'previousAddress',
] as const;
export type PersonCell = (typeof personCells)[number];

/** Forms by kind, newest last. A form is never changed once it was in force: a new one gets a new date. */
const formDates: Readonly<Partial<Record<CertificateKind, readonly string[]>>> = { 'resident-record': ['2025-05-26'] };

/** 「resident-record/2025-05-26」: the form in force on a day. */
export function formVersionOn(kind: CertificateKind, day: string): string {
  const from = formDates[kind]?.findLast((date) => date <= day);
  if (from === undefined) throw new RangeError(`no form of ${kind} was in force that day`);
  return `${kind}/${from}`;
}

export function formFolder(formVersion: string): URL {
  return new URL(`../../forms/${formVersion}/`, import.meta.url);
}

const contracts = new Map<string, ResidentRecordContract>();

export function readContract(formVersion: string): ResidentRecordContract {
  const known = contracts.get(formVersion);
  if (known) return known;
  const contract = JSON.parse(readFileSync(new URL('contract.json', formFolder(formVersion)), 'utf8'));
  contracts.set(formVersion, contract);
  return contract;
}
