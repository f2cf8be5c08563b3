/** Every sheet that a resident of the storm took, copy by copy, read with pdfium and looked at. */
import { basename } from 'node:path';
import type { PageLetters } from '@machikado/inspection';
import { lettersOf } from '@machikado/inspection';
import { orderReferenceOf } from '@machikado/protocol';
import { readFront } from '../printed-sheets.ts';
import type { Storm, StormUse } from '../storm.ts';
import type { IssuedNumber } from './books.ts';
import { CANARY_LETTERS_MIN, type Canaries, createCanaries } from './canaries.ts';
import { createTurnstile } from './crowd.ts';
import { groupBy } from './group-by.ts';
import { faultsOf } from './look-at-copy.ts';
import { canariesOf } from './person-values.ts';

/** A use as far as its paper goes. */
export interface PaperUse extends Pick<StormUse, 'applicant' | 'wishes' | 'paper' | 'began' | 'ended'> {
  readonly kiosk: Pick<StormUse['kiosk'], 'kioskId'>;
  readonly end: Pick<StormUse['end'], 'settlement'>;
}

export interface Taken extends Pick<Storm, 'history'> {
  readonly reader: Pick<Storm['reader'], 'readFronts'>;
  readonly uses: readonly PaperUse[];
}

export interface PaperReport {
  readonly sheets: number;
  readonly copies: number;
  readonly canaries: number;
  readonly faults: readonly string[];
}

export async function lookAtPaper(storm: Taken, numbers: readonly IssuedNumber[]): Promise<PaperReport> {
  const values = valuesOf(storm, numbers);
  const canaries = createCanaries(values);
  const byCopy = new Map(numbers.map((number) => [`${number.orderId}.${number.copy}`, number]));
  const copies = storm.uses.flatMap((use) => [...copiesOf(use)].map(([key, files]) => ({ use, key, files })));
  let sheets = 0;
  // Waiting counts as reading, so the reader gets no more than it can do.
  const turnstile = createTurnstile(4);
  const faults = await Promise.all(
    copies.map(async ({ use, key, files }) => {
      const pages = await turnstile(() => readSheets(storm, files));
      sheets += pages.length;
      const number = byCopy.get(key);
      if (!number) return [`${key}: no such issue number`];
      return copyFaults(storm, use, number, pages, canaries).map((fault) => `${key} (${use.kiosk.kioskId}): ${fault}`);
    }),
  );
  return { sheets, copies: copies.length, canaries: values.size, faults: faults.flat() };
}

/** Of everybody in both towns in every version, and what names the orders of others. */
function valuesOf({ history }: Taken, numbers: readonly IssuedNumber[]): Set<string> {
  const values = history.everybody().flatMap(({ person, address }) => canariesOf(person, address));
  const orders = numbers.flatMap(({ orderId, issueNumber }) => [lettersOf(orderReferenceOf(orderId)), issueNumber]);
  return new Set([...values.filter((value) => value.length >= CANARY_LETTERS_MIN), ...orders]);
}

/** Sheets are files `order.copy.sheet.pdf`. A copy whose printing broke off is looked at as well, sheet by sheet. */
function copiesOf({ paper }: PaperUse): Map<string, string[]> {
  return groupBy(paper, (file) => basename(file).split('.').slice(0, 2).join('.'));
}

async function readSheets({ reader }: Taken, files: readonly string[]): Promise<PageLetters[]> {
  return Promise.all(files.map((file) => readFront(reader, file)));
}

function copyFaults(
  storm: Taken,
  use: PaperUse,
  number: IssuedNumber,
  pages: readonly PageLetters[],
  canaries: Canaries,
) {
  const { applicant, wishes, end, began, ended } = use;
  const { lgCode, residentId } = applicant;
  const copy = end.settlement?.copies.find((one) => one.copy === number.copy);
  return faultsOf(
    pages,
    {
      ...{ residentId, orderId: number.orderId, issueNumber: number.issueNumber },
      scope: wishes.scope ?? 'self',
      places: wishes.persons ?? [],
      items: wishes.items ?? [],
      versions: storm.history.between(lgCode, residentId, began, ended),
      whole: copy?.outcome === 'output',
    },
    canaries,
  );
}
