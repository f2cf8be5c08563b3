/**
 * One consistent snapshot of the books that a kind is written from, and later a second look at the same version. A registry that
 * answers about somebody else is the mix-up of the field’s worst incidents: it stops the kind until a person has looked.
 */
import { isDeepStrictEqual } from 'node:util';
import { type ReadRecord, type RegistryRecord, refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import type { Holder } from './check-holder.ts';
import { Mismatch } from './mismatch.ts';

/** Which books, and of which 年度. */
export type Sections = Pick<ReadRecord, 'sections' | 'fiscalYear'>;

export async function readSnapshot(
  { residentId, role }: Holder,
  { lgCode }: Municipality,
  sections: Sections,
  deadline: Deadline,
  { registry }: Ports,
): Promise<RegistryRecord> {
  const record = await registry.readRecord({ lgCode, residentId, ...sections }, deadline);
  if (record.lgCode !== lgCode || !isAbout(record, residentId, role)) {
    throw new Mismatch('the registry answered about another person');
  }
  return record;
}

/** The same version again. A changed record is a refusal; other content under the same version is a mismatch. */
export async function readSameVersion(
  first: RegistryRecord,
  { residentId }: Holder,
  { lgCode }: Municipality,
  sections: Sections,
  deadline: Deadline,
  { registry }: Ports,
): Promise<RegistryRecord> {
  const { version } = first;
  const again = await registry.readRecord({ lgCode, residentId, ...sections, version }, deadline);
  if (again.version !== version) refuse('RECORD_CHANGED', 'the registry answered with another version');
  const { readAt: _, ...content } = again;
  const { readAt: __, ...before } = first;
  if (!isDeepStrictEqual(content, before)) throw new Mismatch('one version of the record, two contents');
  return again;
}

/** Every book that names people names the one who was asked for, once. Only the 本籍 is here: then there is no household. */
function isAbout(
  { members, koseki, addressHistory }: RegistryRecord,
  residentId: string,
  role: Holder['role'],
): boolean {
  const books = [koseki?.members, addressHistory?.members].filter((people) => people !== undefined);
  const household = role === 'residence' || members.length > 0 ? [members] : [];
  return [...household, ...books].every(
    (people) => people.filter((person) => person.residentId === residentId).length === 1,
  );
}
