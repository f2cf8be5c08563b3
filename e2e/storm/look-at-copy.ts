/**
 * A copy as it lies in the resident’s hand, against the records that were true while it was made: everything that was asked for
 * stands there, and nothing of anybody or anything else.
 */
import { lettersOf, type PageLetters, textIn } from '@machikado/inspection';
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { orderReferenceOf, type RecordItem, type Scope } from '@machikado/protocol';
import type { Canaries } from './canaries.ts';
import { datesOf, japanese, mustStand, type Selected } from './person-values.ts';

export interface AskedCopy {
  readonly orderId: string;
  readonly issueNumber: string;
  readonly residentId: string;
  readonly scope: Scope;
  /** For `part`: places on the list, from 1. */
  readonly places: readonly number[];
  readonly items: readonly RecordItem[];
  /** Every sheet came out; otherwise those that did are looked at. */
  readonly whole: boolean;
  /** Every version that was true from the first question to the last sheet. */
  readonly versions: readonly RegistryRecord[];
}

const ISSUED_ON = japanese({ year: 2026, month: 11, day: 24 });
const PERSONS_A_SHEET = 4;
/** 続紙 */
const CONTINUATION = '続紙';
/** What stands in a cell whose value is on a 続紙, with its number after it. */
const POINTER = '続紙（';
const DATE = /[0-9元]+年(?:[0-9]+月|月日不詳)/u;

/** What is wrong, if the pages fit no version at all; empty = they are what was asked for. */
export function faultsOf(pages: readonly PageLetters[], asked: AskedCopy, canaries: Canaries): string[] {
  const sheets = pages.map(textsOf);
  const tried = selections(asked).map((selected) => faultsAgainst(sheets, asked, selected, canaries));
  return tried.sort((a, b) => a.length - b.length)[0] ?? ['no version of the record'];
}

interface SheetText {
  /** Letters in the order of the file: each cell in one piece. */
  readonly filed: string;
  /** Letters as they are seen, line by line. */
  readonly seen: string;
}

function textsOf(page: PageLetters): SheetText {
  const { glyphs, widthMm: wMm, heightMm: hMm } = page;
  const everywhere = { xMm: 0, yMm: 0, wMm, hMm };
  return { filed: lettersOf(glyphs.map(({ text }) => text).join('')), seen: lettersOf(textIn(page, everywhere)) };
}

function faultsAgainst(
  sheets: readonly SheetText[],
  asked: AskedCopy,
  selected: Selected,
  canaries: Canaries,
): string[] {
  const sheetsNeeded = Math.ceil(selected.persons.length / PERSONS_A_SHEET);
  const ordinary = sheets.slice(0, sheetsNeeded);
  const further = sheets.slice(sheetsNeeded);
  const inNumber = further.every(({ filed }) => filed.includes(CONTINUATION));
  const enough = ordinary.length === sheetsNeeded || !asked.whole;
  return [
    ...(inNumber && enough ? [] : ['number of sheets']),
    ...ordinary
      .map((sheet) => withContinuation(sheet, further))
      .flatMap((sheet, i) => {
        const persons = selected.persons.slice(i * PERSONS_A_SHEET, (i + 1) * PERSONS_A_SHEET);
        // Of a copy that broke off, the sheet may have stayed inside to which this one points.
        const isCutOff = !asked.whole && further.length === 0 && sheet.filed.includes(POINTER);
        return faultsOnSheet(sheet, asked, { ...selected, persons }, canaries, isCutOff);
      }),
  ];
}

/** What a cell is too small for stands on a sheet of its own, and must be no stranger’s either. */
function withContinuation(sheet: SheetText, further: readonly SheetText[]): SheetText {
  const joined = (key: keyof SheetText) => [sheet, ...further].map((one) => one[key]).join('\n');
  return { filed: joined('filed'), seen: joined('seen') };
}

function faultsOnSheet(
  { filed, seen }: SheetText,
  { orderId, issueNumber }: AskedCopy,
  selected: Selected,
  canaries: Canaries,
  isCutOff: boolean,
): string[] {
  const values = [...mustStand(selected), ...datesOf(selected)];
  const marks = [lettersOf(orderReferenceOf(orderId)), issueNumber];
  const wanted = isCutOff ? marks : [...values, ...marks];
  const allowed = [...values, ...marks, ISSUED_ON].sort((a, b) => b.length - a.length);
  return [
    ...wanted.filter((value) => !filed.includes(value)).map((value) => `missing: ${value}`),
    ...[filed, seen].flatMap((text) => canaries.in(without(allowed, text)).map((value) => `stranger: ${value}`)),
    ...(DATE.test(without(allowed, filed)) ? ['a date of somebody else'] : []),
  ];
}

function without(allowed: readonly string[], text: string): string {
  return allowed.reduce((rest, value) => rest.replaceAll(value, '\n'), text);
}

/** Who was chosen follows from the version that was offered, what stands there from the version that was printed. */
function selections({ versions, residentId, scope, places, items }: AskedCopy): Selected[] {
  const choices = new Set(versions.map((version) => choose(version, residentId, scope, places).join(' ')));
  return versions.flatMap((household) =>
    [...choices].flatMap((choice) => {
      const chosen = choice.split(' ');
      const persons = household.members.filter((member) => chosen.includes(member.residentId));
      return persons.length === chosen.length ? [{ household, persons, items }] : [];
    }),
  );
}

export function choose(
  { members }: RegistryRecord,
  residentId: string,
  scope: Scope,
  places: readonly number[],
): string[] {
  const present = members.filter((member) => isHere(member) || member.residentId === residentId);
  const chosen = present.filter((member, i) => {
    if (scope === 'household') return true;
    return scope === 'self' ? member.residentId === residentId : places.includes(i + 1);
  });
  return chosen.map((member) => member.residentId);
}

function isHere({ status }: RegistryPerson): boolean {
  return status === 'resident' || status === 'leaving';
}
