/**
 * Everybody in both towns comes to the kiosk with their own card: each gets exactly their own 住民票の写し, letter by letter as read
 * back from the printed sheets, or the refusal that the rules say. Nobody’s paper names anybody else.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { lettersOf, type PageLetters, textIn } from '@machikado/inspection';
import {
  type LedgerDate,
  orderReferenceOf,
  type RecordItem,
  type RegistryPerson,
  type Scope,
} from '@machikado/protocol';
import { isPresent, type PersonaKey, personaKeys } from '@machikado/registry';
import { inventedTowns } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreements, MUTEKI, openStage, type Stage, suspensions, takeStock, YUNAGI } from './fault-table.ts';
import { readFront } from './printed-sheets.ts';
import { sharedReader } from './shared-threads.ts';

/** Whom the kiosk sends to the counter, and what for; everybody else is served. */
const toTheCounter: Partial<Record<PersonaKey, string>> = {
  'under-15': '年齢',
  protected: '支援措置',
  'protected-joint': '支援措置',
  'protected-provisional': '支援措置',
  leaving: '転出届',
  'in-process': '異動処理中',
  'missing-glyph': '文字',
  'missing-sequence': '異体字',
  'private-use-letter': '外字',
  'too-long-name': '桁あふれ',
};
/** Refused only because of somebody who would stand on the same paper. */
const withTheHousehold: readonly PersonaKey[] = ['child-leaving'];

/** Some of it goes on to a 続紙. */
const withContinuation: readonly PersonaKey[] = ['long-name', 'long-alias'];
/** The night before ended their 利用者登録. */
const notRegistered: readonly PersonaKey[] = ['moved-out', 'deceased', 'removed'];
/** Has only the 本籍 here: no 住民票. */
const livesElsewhere: readonly PersonaKey[] = ['domicile-only'];

interface Form {
  readonly titleBox: Place;
  readonly issueNumberBox: Place;

  readonly sheet: Readonly<Record<'address' | 'headName', { readonly box: Place }>>;
  readonly certification: Readonly<Record<'issuedOnBox' | 'issuerBox' | 'sentenceBox', Place>>;
  readonly block: {
    readonly place: Place;
    readonly perSheet: number;
    readonly cells: Readonly<Record<string, { readonly box: Place }>>;
  };
}
/** At the foot of every sheet of every kind. */
const MARGIN_BOX: Place = [15, 287, 180, 5];
type Place = readonly [x: number, y: number, w: number, h: number];

const form: Form = JSON.parse(
  readFileSync(new URL('../apps/issuer/forms/resident-record/2025-05-26/contract.json', import.meta.url), 'utf8'),
);
const ISSUER_ON_PAPER: Readonly<Record<string, string>> = {
  [YUNAGI]: '架空県夕凪市長架空花子',
  [MUTEKI]: '架空県霧笛町長職務代理者副町長仮名次郎',
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ people: { [YUNAGI]: personaKeys, [MUTEKI]: personaKeys } });
}, 120_000);
afterAll(async () => {
  await stage?.close();
});

const muteki: readonly RecordItem[] = ['relationship', 'registered-domicile'];
const yunagi: readonly RecordItem[] = [...muteki, 'previous-address', 'foreign-resident-items', 'my-number'];

/** Every persona asks for something else: scope, items and number of copies go round by position. */
function wishOf(person: PersonaKey, lgCode: string) {
  const i = personaKeys.indexOf(person) + (lgCode === MUTEKI ? 1 : 0);
  const scopes: readonly Scope[] = lgCode === MUTEKI ? ['self', 'household'] : ['household', 'part', 'self'];
  const onMenu = lgCode === MUTEKI ? muteki : yunagi;
  const items = onMenu.filter((_, bit) => (Math.floor(i / scopes.length) & (1 << bit)) === 0);
  const scope = withTheHousehold.includes(person) && lgCode === YUNAGI ? 'self' : (scopes[i % scopes.length] ?? 'self');
  return { scope, items, copies: lgCode === MUTEKI ? 1 : 1 + (i % 3), persons: [1] };
}

function membersOf(person: PersonaKey, lgCode: string, scope: Scope): readonly RegistryPerson[] {
  const own = stage.residentId(person, lgCode);
  const present = stage
    .household(person, lgCode)
    .members.filter((member) => isPresent(member) || member.residentId === own)
    .sort((a, b) => a.order - b.order);
  if (scope === 'household') return present;
  return scope === 'part' ? present.slice(0, 1) : present.filter(({ residentId }) => residentId === own);
}

describe.each(inventedTowns.map(({ lgCode }) => lgCode))('%s', (lgCode) => {
  const refusedAlways = [...(Object.keys(toTheCounter) as PersonaKey[]), ...notRegistered, ...livesElsewhere];
  const served = personaKeys.filter(
    (person) => !refusedAlways.includes(person) && !(lgCode === MUTEKI && withTheHousehold.includes(person)),
  );

  test.each(served)('%s gets exactly the own paper', async (person) => {
    const wish = wishOf(person, lgCode);
    const { end, paper } = await stage.kiosk.use(stage.card(person, lgCode).file, wish);
    expect(end.code).toBe('OK');
    const members = membersOf(person, lgCode, wish.scope);
    const ordinary = Math.ceil(members.length / form.block.perSheet);
    const sheets = ordinary + (withContinuation.includes(person) ? 1 : 0);
    expect(paper).toHaveLength(sheets * wish.copies);
    const numbers = new Set<string>();
    for (const file of paper) {
      const [orderId, copy, sheet] = basename(file, '.pdf').split('.');
      const page = await readFront(sharedReader(), file);
      expect(orderId).toBe(end.orderId);
      const from = (Number(sheet) - 1) * form.block.perSheet;
      const onPage = members.slice(from, from + form.block.perSheet);
      expect(read(page, MARGIN_BOX)).toBe(`${orderReferenceOf(end.orderId ?? '')}${sheet}/${sheets}`);
      numbers.add(read(page, form.issueNumberBox));
      expectNobodyElse(page, Number(sheet) > ordinary ? members : onPage, [person, lgCode]);
      if (Number(sheet) > ordinary) continue;
      const last = paper.find((one) => sheets > ordinary && basename(one) === `${orderId}.${copy}.${sheets}.pdf`);
      const continuation = last ? await readFront(sharedReader(), last) : undefined;
      expectPage(page, onPage, { person, lgCode, ...wish }, continuation);
    }
    expect(numbers.size).toBe(wish.copies);
  });

  const refused = [
    ...(Object.keys(toTheCounter) as PersonaKey[]).map((person) => [person, 'USE_COUNTER'] as const),
    ...notRegistered.map((person) => [person, 'NOT_REGISTERED'] as const),
  ];

  test.each(refused)('%s gets no paper: %s', async (person, code) => {
    const before = takeStock(stage);
    const wish = { ...wishOf(person, lgCode), scope: 'self' } as const;
    const { end, paper } = await stage.kiosk.use(stage.card(person, lgCode).file, wish);
    expect([end.code, paper, takeStock(stage)]).toEqual([code, [], before]);
  });

  test.each(livesElsewhere)('%s gets the own 戸籍 where the 本籍 is, and no 住民票', async (person) => {
    const card = stage.card(person, lgCode).file;
    const town = { role: 'registered-domicile' } as const;
    const record = await stage.kiosk.use(card, { ...wishOf(person, lgCode), town });
    expect([record.end.code, record.paper]).toEqual(['KIND_NOT_OFFERED', []]);
    const koseki = await stage.kiosk.use(card, { town, kind: 'koseki-individual' });
    expect([koseki.end.code, koseki.paper.length]).toEqual(['OK', 1]);
  });

  test.each(withTheHousehold)('%s is sent to the counter only with the whole household', async (person) => {
    const { file } = stage.card(person, lgCode);
    expect((await stage.kiosk.use(file, { scope: 'household' })).end.code).toBe('USE_COUNTER');
    expect((await stage.kiosk.use(file, { scope: 'self' })).end.code).toBe('OK');
  });

  test('afterwards all books agree and nothing is suspended', async () => {
    expect(await disagreements(stage)).toEqual([]);
    expect(await suspensions(stage, lgCode)).toEqual([]);
  });
});

// ---- What must stand on the paper, from the record and the words of the law alone.

interface Asked {
  readonly person: PersonaKey;
  readonly lgCode: string;
  readonly scope: Scope;
  readonly items: readonly RecordItem[];
}

const OMITTED = '省略';
const EMPTY = '【空欄】';
const NOT_APPLICABLE = '＊＊＊';

function expectPage(
  page: PageLetters,
  members: readonly RegistryPerson[],
  { person, lgCode, scope, items }: Asked,
  continuation: PageLetters | undefined,
): void {
  const { address, headName } = stage.household(person, lgCode);
  const { sheet, certification, titleBox } = form;
  expect(read(page, titleBox)).toBe('住民票');
  expect(read(page, sheet.address.box)).toBe(lettersOf(address));
  expect(read(page, sheet.headName.box)).toBe(items.includes('relationship') ? lettersOf(headName) : OMITTED);
  const whom = { household: '世帯全員の', part: '世帯の一部の', self: '' }[scope];
  expect(read(page, certification.sentenceBox)).toBe(`この写しは、${whom}住民票の原本と相違ないことを証明する。`);
  expect(read(page, certification.issuedOnBox)).toBe('令和8年11月24日');
  expect(read(page, certification.issuerBox)).toBe(ISSUER_ON_PAPER[lgCode]);
  members.forEach((member, i) => {
    const expected = cellsOf(member, items);
    const found = Object.entries(expected).map(([key, text]) => [
      key,
      orElsewhere(read(page, cellPlace(key, i)), text),
    ]);
    expect(Object.fromEntries(found)).toEqual(expected);
    const slots = slotsOf(member, items);
    expect(SLOTS.map((slot, n) => orElsewhere(read(page, cellPlace(slot, i)), slots[n] ?? ''))).toEqual(slots);
  });

  /** What a cell is too small for stands on the 続紙, whole, under the number that the cell names. */
  function orElsewhere(found: string, text: string): string {
    const row = /^続紙（(\d)）のとおり$/.exec(found)?.[1];
    if (row === undefined || !continuation) return found;
    const [, after = ''] = lettersOf(textIn(continuation, boxOf([0, 0, 210, 297]))).split(`（${row}）`);
    return after.includes(text) ? text : found;
  }
}

function cellsOf(member: RegistryPerson, items: readonly RecordItem[]): Record<string, string> {
  const foreign = member.nationalityKind === 'foreign';
  const domicile = items.includes('registered-domicile') ? member.registeredDomicile : undefined;
  const orOmitted = (text: string | undefined) => (foreign ? NOT_APPLICABLE : letters(text, OMITTED));
  return {
    name: lettersOf(member.name),
    nameKana: letters(member.nameKana),
    formerName: foreign ? NOT_APPLICABLE : letters(member.formerName),
    formerNameKana: foreign ? NOT_APPLICABLE : letters(member.formerNameKana),
    birth: foreign ? westernDate(member.birth) : japaneseDate(member.birth),
    sex: { male: '男', female: '女', unspecified: EMPTY }[member.sex],
    relationship: items.includes('relationship') ? member.relationship : OMITTED,
    domicile: orOmitted(domicile?.address),
    domicileHead: orOmitted(domicile?.head),
    previousAddress: items.includes('previous-address') ? letters(member.previousAddress) : OMITTED,
    becameResidentOn: member.becameResidentOn ? japaneseDate(member.becameResidentOn) : EMPTY,
    addressSince: member.addressSince ? japaneseDate(member.addressSince) : EMPTY,
    notifiedOn: member.notifiedOn ? japaneseDate(member.notifiedOn) : EMPTY,
    myNumber: items.includes('my-number') ? letters(member.myNumber) : OMITTED,
    residentCode: OMITTED,
  };
}

const SLOTS = [1, 2, 3, 4, 5, 6].map((n) => `slot${n}`);

/** 通称 always; the items of 外国人住民 when they were asked for. */
function slotsOf({ nationalityKind, commonName, foreign }: RegistryPerson, items: readonly RecordItem[]): string[] {
  if (nationalityKind !== 'foreign') return SLOTS.map(() => NOT_APPLICABLE);
  const ends = foreign?.periodEndsOn ? westernDate(foreign.periodEndsOn) : '';
  const { nationality, category, residenceStatus, periodOfStay, cardNumber } = foreign ?? {};
  const asked = [nationality, category, residenceStatus, `${periodOfStay ?? ''}${ends}`, cardNumber];
  const shown = items.includes('foreign-resident-items');
  return [letters(commonName), ...asked.map((value) => (shown ? letters(value) : OMITTED))];
}

const letters = (text: string | null | undefined, otherwise = EMPTY) => (text ? lettersOf(text) : otherwise);

const eras = [
  ['令和', '2019-05-01'],
  ['平成', '1989-01-08'],
  ['昭和', '1926-12-25'],
  ['大正', '1912-07-30'],
] as const;

/** 元年 is the first year; an unknown day in a year of two eras belongs to either. */
function japaneseDate({ year, month, day }: LedgerDate): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const earliest = `${year}-${two(month ?? 1)}-${two(day ?? 1)}`;
  const latest = `${year}-${two(month ?? 12)}-${two(day ?? 31)}`;
  const yearIn = (date: string) => {
    const [era, from] = eras.find(([, begins]) => begins <= date) ?? ['', '0'];
    const count = year - Number(from.slice(0, 4)) + 1;
    return `${era}${count === 1 ? '元' : count}年`;
  };
  const years = [...new Set([yearIn(earliest), yearIn(latest)])].join('又は');
  return years + monthAndDay(month, day);
}

const westernDate = ({ year, month, day }: LedgerDate) => `${year}年${monthAndDay(month, day)}`;

function monthAndDay(month: number | null, day: number | null): string {
  if (month === null) return '月日不詳';
  return day === null ? `${month}月日不詳` : `${month}月${day}日`;
}

/** No name of anybody who does not stand on this sheet, in either town; head of household and 筆頭者 are the record’s own. */
function expectNobodyElse(
  page: PageLetters,
  members: readonly RegistryPerson[],
  [person, lgCode]: readonly [PersonaKey, string],
): void {
  const text = lettersOf(textIn(page, boxOf([0, 0, 210, 297])));
  const own = new Set(
    [
      ...members.flatMap(({ name, nameKana, registeredDomicile }) => [
        name,
        nameKana ?? '',
        registeredDomicile?.head ?? '',
      ]),
      stage.household(person, lgCode).headName,
    ].map(lettersOf),
  );
  for (const town of inventedTowns)
    for (const other of personaKeys)
      for (const { name, nameKana } of stage.household(other, town.lgCode).members)
        for (const stranger of [name, nameKana].map((value) => letters(value, '')))
          if (stranger !== '' && !own.has(stranger)) expect(text).not.toContain(stranger);
}

const read = (page: PageLetters, place: Place) => lettersOf(textIn(page, boxOf(place)));
const boxOf = ([xMm, yMm, wMm, hMm]: Place) => ({ xMm, yMm, wMm, hMm });
const down = ([x, y, w, h]: Place, index: number): Place => [x, y + index * form.block.place[3], w, h];

function cellPlace(key: string, index: number): Place {
  const cell = form.block.cells[key];
  if (!cell) throw new RangeError(`the form has no cell ${key}`);
  return down(cell.box, index);
}
