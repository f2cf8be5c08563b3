/**
 * What the finished pages must say, worked out from the record a second time by code of its own: nothing here asks the mapping
 * or the form, and the calendar is that of ICU, not of packages/domain. Two who share a mistake agree with each other.
 */
import type { Box, Expectation, ExpectedCell, PageExpectation } from '@machikado/inspection';
import type { LedgerDate, RegistryPerson } from '@machikado/protocol';
import { japaneseDate } from './expected-dates.ts';
import { expectedPerson } from './expected-person.ts';
import { defaultFonts, type Font } from './font-manifest.ts';
import { type Place, personCells, type ResidentRecordContract, readContract } from './form-contract.ts';
import { outlineOf } from './outline-of.ts';
import type { ResidentRecordOrder } from './resident-record-order.ts';

export function expectationOf(
  order: ResidentRecordOrder,
  formVersion: string,
  fonts: readonly Font[] = defaultFonts(),
): Expectation {
  const contract = readContract(formVersion);
  const asked = new Set(order.residentIds);
  const persons = order.record.members.filter(({ residentId }) => asked.has(residentId));
  persons.sort((a, b) => a.order - b.order);
  const pages: PageExpectation[] = [];
  for (let from = 0; from < persons.length; from += contract.personsPerSheet) {
    const onPage = persons.slice(from, from + contract.personsPerSheet);
    pages.push(expectedPage(order, contract, onPage, from));
  }
  return { orderReference: order.orderReference, pages, outlineOf: (letter) => outlineOf(letter, fonts) };
}

function expectedPage(
  order: ResidentRecordOrder,
  contract: ResidentRecordContract,
  persons: readonly RegistryPerson[],
  from: number,
): PageExpectation {
  const cells = [
    ...headCells(order, contract),
    ...persons.flatMap((person, i) => personCellsOf(person, from + i + 1, i, order, contract)),
    ...strikeOutCell(persons.length, contract),
    ...certificationCells(order, contract),
  ];
  return { cells, bare: bareBoxes, seal: toBox(contract.certification.sealBox) };
}

/** The edges of the sheet; the margin line stands between the two lower ones. */
const bareBoxes: readonly Box[] = [
  { xMm: 0, yMm: 0, wMm: 210, hMm: 8 },
  { xMm: 0, yMm: 0, wMm: 14, hMm: 297 },
  { xMm: 196, yMm: 0, wMm: 14, hMm: 297 },
  { xMm: 0, yMm: 280, wMm: 210, hMm: 6 },
  { xMm: 0, yMm: 293, wMm: 210, hMm: 4 },
];

function headCells({ record, items, issueNumber }: ResidentRecordOrder, contract: ResidentRecordContract) {
  const head = items.includes('relationship') ? record.headName : '省略';
  const { address, headName } = contract.sheet;
  return [
    cell('title', contract.titleBox, '住民票'),
    cell('issueNumber', contract.issueNumberBox, `発行番号${issueNumber}`),
    cell('label of address', address.labelBox, '住所'),
    cell('address', address.box, record.address),
    cell('label of headName', headName.labelBox, '世帯主'),
    cell('headName', headName.box, head),
  ];
}

function personCellsOf(
  person: RegistryPerson,
  number: number,
  index: number,
  { items }: ResidentRecordOrder,
  { person: form }: ResidentRecordContract,
): ExpectedCell[] {
  const who = `person ${number}`;
  const down = ([x, y, w, h]: Place): Place => [x, y + index * form.block[3], w, h];
  const expected = expectedPerson(person, items);
  const grid = personCells.flatMap((key) => {
    const { label, value } = expected.cells[key];
    const { labelBox, box } = form.cells[key];
    return [cell(`${who} label of ${key}`, down(labelBox), label), cell(`${who} ${key}`, down(box), value)];
  });
  const slots = form.slots.flatMap(({ labelBox, box }, i) => [
    cell(`${who} label of slot ${i + 1}`, down(labelBox), expected.slots[i]?.label ?? '＊＊＊'),
    cell(`${who} slot ${i + 1}`, down(box), expected.slots[i]?.value ?? '＊＊＊'),
  ]);
  return [cell(`${who} number`, down(form.numberBox), String(number)), ...grid, ...slots];
}

function strikeOutCell(
  used: number,
  { person, personsPerSheet, unusedBlocks }: ResidentRecordContract,
): ExpectedCell[] {
  if (used >= personsPerSheet) return [];
  const [x, y, w, h] = unusedBlocks.box;
  return [cell('unused', [person.block[0] + x, person.block[1] + used * person.block[3] + y, w, h], '以下余白')];
}

function certificationCells({ scope, issuedOn, issuer }: ResidentRecordOrder, contract: ResidentRecordContract) {
  const [year, month, day] = issuedOn.split('-').map(Number) as [number, number, number];
  const whom = scope === 'household' ? '世帯全員' : '世帯の一部';
  const { sentenceBox, issuedOnBox, issuerBox } = contract.certification;
  return [
    cell('certification', sentenceBox, `この写しは、${whom}の住民票の原本と相違ないことを証明する。`),
    cell('issuedOn', issuedOnBox, japaneseDate({ year, month, day } satisfies LedgerDate)),
    cell('issuer', issuerBox, issuer.title + issuer.name),
  ];
}

function cell(where: string, place: Place, text: string): ExpectedCell {
  return { where, box: toBox(place), text };
}

function toBox([xMm, yMm, wMm, hMm]: Place): Box {
  return { xMm, yMm, wMm, hMm };
}
