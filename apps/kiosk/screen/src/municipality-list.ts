/** ③ 市区町村の一覧: region, prefecture, first sound of the name. A town that does not take part stays on the list and says so. */
import type { StatusReply } from '@machikado/protocol';
import { type Region, regions } from '@machikado/ui';
import { whyTownCloses } from './honest-status.ts';

/** A row of `GET /municipalities.json`. */
export interface Town {
  readonly lgCode: string;
  readonly prefecture: string;
  readonly name: string;
  readonly nameKana: string;
}

const lastPrefectureOf: Readonly<Record<Region, number>> = {
  'hokkaido-tohoku': 7,
  kanto: 14,
  chubu: 23,
  kinki: 30,
  'chugoku-shikoku': 39,
  'kyushu-okinawa': 47,
  invented: 99,
};

function regionOf({ lgCode }: Town): Region {
  const prefecture = Number(lgCode.slice(0, 2));
  return regions.find((region) => prefecture <= lastPrefectureOf[region]) ?? 'invented';
}

export const kanaRows = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'] as const;
export type KanaRow = (typeof kanaRows)[number];

const lastOfRow: Readonly<Record<KanaRow, string>> = {
  あ: 'お',
  か: 'ご',
  さ: 'ぞ',
  た: 'ど',
  な: 'の',
  は: 'ぽ',
  ま: 'も',
  や: 'よ',
  ら: 'ろ',
  わ: 'ん',
};

export function rowOf({ nameKana }: Town): KanaRow {
  const [first = 'あ'] = nameKana;
  return kanaRows.find((row) => first <= lastOfRow[row]) ?? 'わ';
}

export function regionsOf(towns: readonly Town[]): readonly Region[] {
  const there = new Set(towns.map(regionOf));
  return regions.filter((region) => there.has(region));
}

/** In the order of their codes, from north to south. */
export function prefecturesOf(towns: readonly Town[], region: Region | undefined): readonly string[] {
  const rows = towns.filter((town) => regionOf(town) === region);
  return [...new Set(rows.sort((a, b) => a.lgCode.localeCompare(b.lgCode)).map(({ prefecture }) => prefecture))];
}

export function rowsOf(towns: readonly Town[], prefecture: string | undefined): readonly KanaRow[] {
  const there = new Set(towns.filter((town) => town.prefecture === prefecture).map(rowOf));
  return kanaRows.filter((row) => there.has(row));
}

export function townsOf(towns: readonly Town[], prefecture: string | undefined, row: KanaRow | undefined): Town[] {
  return towns
    .filter((town) => town.prefecture === prefecture && rowOf(town) === row)
    .sort((a, b) => (a.nameKana < b.nameKana ? -1 : 1));
}

/** A town that takes part and issues something now. */
export function canBeChosen({ lgCode }: Town, status: StatusReply): boolean {
  const participating = status.municipalities.find((one) => one.lgCode === lgCode);
  return participating !== undefined && whyTownCloses(participating) === undefined;
}
