/**
 * What the finished pages must say. The texts come from the record by code of their own (`expected` of each kind) and from the wording
 * that stands beside the form; only the places are those of the form. Two who share a mistake agree with each other.
 */
import type { Box, Expectation, ExpectedCell, ExpectedPicture, PageExpectation } from '@machikado/inspection';
import type { CertificateContent } from '../ports.ts';
import { moveOut } from './continuation.ts';
import { japaneseDate } from './expected-dates.ts';
import { defaultFonts, type Font } from './font-manifest.ts';
import { type CellPath, type FormContent, sheetPath } from './form-content.ts';
import {
  type FormContract,
  type FormEdition,
  type FormWording,
  type Place,
  type RowsSpec,
  readContract,
  readWording,
} from './form-contract.ts';
import { formOf } from './kinds/index.ts';
import { outlineOf } from './outline-of.ts';
import { blockDown, down, pictureBox, rowPlaces, toBox } from './places.ts';
import { linesPerSheet, type Sheet, sheetsOf } from './sheets-of.ts';

export function expectationOf(
  content: CertificateContent,
  form: FormEdition,
  moved: readonly CellPath[] = [],
  fonts: readonly Font[] = defaultFonts(),
): Expectation {
  const [contract, wording] = [readContract(form), readWording(form)];
  const continued = moveOut(formOf(content.kind).expected(content, wording.words ?? {}), moved, wordingOf(wording));
  const sheets = sheetsOf(continued, contract);
  const pages = sheets.map((sheet) => expectedPage(sheet, { content, form: continued.content, contract, wording }));
  return { orderReference: content.orderReference, pages, outlineOf: (letter) => outlineOf(letter, fonts) };
}

interface Page {
  readonly content: CertificateContent;
  readonly form: FormContent;
  readonly contract: FormContract;
  readonly wording: FormWording;
}

function expectedPage(sheet: Sheet, page: Page): PageExpectation {
  const { contract, form } = page;
  const body = sheet.continuation
    ? [
        cell('heading', contract.continuation.headingBox, page.wording.continuation),
        ...rowCells(sheet, contract.continuation.rows, page),
      ]
    : [
        ...sheetCells(page),
        ...pictureLabels(page),
        ...blockCells(sheet, page),
        ...(contract.rows ? rowCells(sheet, contract.rows, page) : []),
      ];
  return {
    cells: [...headCells(page), ...body, ...(sheet.certified ? certificationCells(page) : [])],
    bare: bareBoxes,
    ...(sheet.certified && { seal: toBox(contract.certification.sealBox) }),
    pictures: sheet.continuation ? [] : expectedPictures(form, contract),
  };
}

/** The edges of the sheet; the margin line stands between the two lower ones. */
const bareBoxes: readonly Box[] = [
  { xMm: 0, yMm: 0, wMm: 210, hMm: 8 },
  { xMm: 0, yMm: 0, wMm: 14, hMm: 297 },
  { xMm: 196, yMm: 0, wMm: 14, hMm: 297 },
  { xMm: 0, yMm: 280, wMm: 210, hMm: 6 },
  { xMm: 0, yMm: 293, wMm: 210, hMm: 4 },
];

function headCells({ content, contract, wording }: Page): ExpectedCell[] {
  return [
    cell('title', contract.titleBox, wording.title),
    cell('issueNumber', contract.issueNumberBox, `発行番号${content.issueNumber}`),
  ];
}

function sheetCells({ form, contract, wording }: Page): ExpectedCell[] {
  return Object.entries(contract.sheet).flatMap(([key, { labelBox, box }]) => [
    ...(labelBox ? [cell(`label of ${key}`, labelBox, wording.sheet[key] ?? '')] : []),
    cell(sheetPath(key), box, form.sheet[key] ?? ''),
  ]);
}

function pictureLabels({ contract, wording }: Page): ExpectedCell[] {
  return Object.entries(contract.pictures ?? {}).map(([key, { labelBox }]) =>
    cell(`label of ${key}`, labelBox, wording.pictures?.[key] ?? ''),
  );
}

function blockCells(sheet: Sheet, { contract, wording }: Page): ExpectedCell[] {
  const spec = contract.block;
  if (!spec) return [];
  const cells = sheet.blocks.flatMap(({ block, index }, n) => {
    const mm = blockDown(contract, n);
    return Object.entries(spec.cells).flatMap(([key, { labelBox, box }]) => {
      const label = block.labels?.[key] ?? wording.block?.[key] ?? '';
      return [
        ...(labelBox ? [cell(`block ${index} label of ${key}`, down(labelBox, mm), label)] : []),
        cell(`block ${index} ${key}`, down(box, mm), block.cells[key] ?? ''),
      ];
    });
  });
  if (sheet.blocks.length >= spec.perSheet) return cells;
  const [x, y] = down(spec.place, blockDown(contract, sheet.blocks.length));
  const [dx, dy, w, h] = spec.unused.box;
  return [...cells, cell('unused', [x + dx, y + dy, w, h], wording.unused ?? '')];
}

function rowCells(sheet: Sheet, spec: RowsSpec, { wording }: Page): ExpectedCell[] {
  const cells = sheet.rows.flatMap((placed) => {
    const { group, mark, label, text } = rowPlaces(placed, spec);
    const where = `row ${placed.index}`;
    const { row } = placed;
    const marked = row.group === undefined && row.mark !== undefined;
    const first = marked ? cell(`${where} mark`, mark, row.mark) : cell(`${where} group`, group, row.group ?? '');
    return [
      ...(spec.groupMm > 0 ? [first] : []),
      ...(spec.labelMm > 0 ? [cell(`${where} label`, label, row.label)] : []),
      cell(where, text, row.text),
    ];
  });
  const last = sheet.rows.at(-1);
  const used = last ? last.line + last.lines : 0;
  if (used >= linesPerSheet(spec)) return cells;
  return [...cells, cell('unused', rowPlaces({ line: used, lines: 1 }, spec).text, wording.unused ?? '')];
}

function certificationCells({ content, form, contract, wording }: Page): ExpectedCell[] {
  const [year, month, day] = content.issuedOn.split('-').map(Number) as [number, number, number];
  const { sentenceBox, issuedOnBox, issuerBox } = contract.certification;
  return [
    cell('certification', sentenceBox, wording.sentences[form.certification] ?? ''),
    cell('issuedOn', issuedOnBox, japaneseDate({ year, month, day })),
    cell('issuer', issuerBox, content.mayor.title + content.mayor.name),
  ];
}

function expectedPictures(form: FormContent, contract: FormContract): ExpectedPicture[] {
  return Object.entries(form.pictures ?? {}).map(([key, picture]) => {
    const spec = contract.pictures?.[key];
    if (!spec) throw new RangeError(`the form has no place for ${key}`);
    return {
      where: key,
      area: toBox(spec.box),
      box: toBox(pictureBox(spec.box, picture)),
      png: Buffer.from(picture.png, 'base64'),
    };
  });
}

function wordingOf({ sheet, block }: FormWording): (path: CellPath) => string {
  return (path) => {
    const [part, first = '', second = ''] = path.split(' ');
    return (part === 'sheet' ? sheet[first] : block?.[second]) ?? '';
  };
}

function cell(where: string, place: Place, text: string): ExpectedCell {
  return { where, box: toBox(place), text };
}
