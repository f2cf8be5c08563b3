/**
 * The second look (窓口での審査に代わるもの): the finished pages are read back and compared with the second read of the record.
 * The law puts this duty on the municipality; a clerk does it with the eyes before handing a sheet over.
 */
import assert from 'node:assert/strict';
import { freeMemory, lettersOf, namesOn, type PdfReading, PdfRefusal } from '@machikado/inspection';
import { type RegistryRecord, refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import { headNamesOf, type PersonInBook, peopleOf } from '../kinds/people-of.ts';
import type { Municipality, Ports } from '../ports.ts';
import { contentOf, type Draft, type DraftedCopy } from './draft-copies.ts';
import { Mismatch } from './mismatch.ts';

export interface InspectedCopy extends DraftedCopy {
  readonly pages: readonly { readonly number: number; readonly digest: string }[];
}

export async function inspectCopies(
  drafted: readonly DraftedCopy[],
  draft: Draft,
  secondLook: RegistryRecord,
  town: Municipality,
  deadline: Deadline,
  ports: Ports,
): Promise<InspectedCopy[]> {
  const again: Draft = { ...draft, record: secondLook, persons: samePersons(draft, secondLook) };
  return Promise.all(
    drafted.map(async (copy) => {
      const reading = await deadline.limit(readBack(copy.pdf, deadline, ports));
      const content = contentOf(again, copy.issueNumber, town);
      const findings = [...ports.forms.findingsOn(reading, content, copy), ...findingsOnNames(reading, copy, again)];
      freeMemory(reading.pages.map(({ raster }) => raster.data));
      if (findings.length > 0) throw new Mismatch(`inspection: ${findings.join(', ')}`);
      return { ...copy, pages: reading.pages.map(({ number, digest }) => ({ number, digest })) };
    }),
  );
}

/** A document that cannot be read is not what was asked for. A reader that is slow or breaks says nothing about the document. */
async function readBack(pdf: Uint8Array, deadline: Deadline, { reader }: Ports): Promise<PdfReading> {
  try {
    return await reader.read(pdf, { signal: deadline.signal });
  } catch (error) {
    deadline.refuseIfPassed();
    if (!(error instanceof PdfRefusal) || error.reason === 'crashed') throw error;
    if (error.reason === 'too-slow') refuse('DEADLINE_PASSED', 'reading the document took too long');
    throw new Mismatch(`inspection: ${error.reason}`);
  }
}

function samePersons({ persons, order }: Draft, secondLook: RegistryRecord): PersonInBook[] {
  const people = peopleOf(order.selection.kind, secondLook);
  return persons.map(({ residentId }) => {
    const person = people.find((one) => one.residentId === residentId);
    assert(person, 'both reads were found equal');
    return person;
  });
}

/** Center and kiosk compare with these boxes, so they must show these persons, all of them, and nobody else. */
function findingsOnNames(reading: PdfReading, { nameBoxes }: DraftedCopy, { persons, record, order }: Draft): string[] {
  const boxed = new Set(nameBoxes.map((box) => box.name));
  const expected = new Set(persons.map((person) => person.name));
  const heads = headNamesOf(order.selection.kind, record);
  const onPage = namesOn(reading, nameBoxes);
  const findings = {
    'person-without-box': [...expected].some((name) => !boxed.has(name)),
    'box-of-somebody-else': [...boxed].some((name) => !expected.has(name) && !heads.includes(name)),
    'box-shows-another-name': nameBoxes.some((box, i) => onPage[i] !== lettersOf(box.name)),
  };
  return Object.entries(findings).flatMap(([finding, found]) => (found ? [finding] : []));
}
