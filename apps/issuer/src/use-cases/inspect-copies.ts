/**
 * The second look (窓口での審査に代わるもの): the finished pages are read back and compared with the second read of the record.
 * The law puts this duty on the municipality; a clerk does it with the eyes before handing a sheet over.
 */
import assert from 'node:assert/strict';
import { lettersOf, namesOn, type PdfReading, PdfRefusal } from '@machikado/inspection';
import { type HouseholdRecord, type RegistryPerson, refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import { contentOf, type Draft, type DraftedCopy } from './draft-copies.ts';
import { Mismatch } from './mismatch.ts';

export interface InspectedCopy extends DraftedCopy {
  readonly pages: readonly { readonly number: number; readonly digest: string }[];
}

export async function inspectCopies(
  drafted: readonly DraftedCopy[],
  draft: Draft,
  secondLook: HouseholdRecord,
  town: Municipality,
  deadline: Deadline,
  ports: Ports,
): Promise<InspectedCopy[]> {
  const again: Draft = { ...draft, household: secondLook, persons: samePersons(draft.persons, secondLook) };
  return Promise.all(
    drafted.map(async (copy) => {
      const reading = await deadline.limit(readBack(copy.pdf, deadline, ports));
      const content = contentOf(again, copy.issueNumber, town);
      const findings = [...ports.forms.findingsOn(reading, content), ...findingsOnNames(reading, copy, again)];
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

function samePersons(persons: readonly RegistryPerson[], { members }: HouseholdRecord): RegistryPerson[] {
  return persons.map(({ residentId }) => {
    const person = members.find((member) => member.residentId === residentId);
    assert(person, 'both reads were found equal');
    return person;
  });
}

/** Center and kiosk compare with these boxes, so they must show these persons, all of them, and nobody else. */
function findingsOnNames(reading: PdfReading, { nameBoxes }: DraftedCopy, { persons, household }: Draft): string[] {
  const boxed = new Set(nameBoxes.map((box) => box.name));
  const expected = new Set(persons.map((person) => person.name));
  const onPage = namesOn(reading, nameBoxes);
  const findings = {
    'person-without-box': [...expected].some((name) => !boxed.has(name)),
    'box-of-somebody-else': [...boxed].some((name) => !expected.has(name) && name !== household.headName),
    'box-shows-another-name': nameBoxes.some((box, i) => onPage[i] !== lettersOf(box.name)),
  };
  return Object.entries(findings).flatMap(([finding, found]) => (found ? [finding] : []));
}
