/**
 * One consistent snapshot of the household, and later a second look at the same version. A registry that answers about
 * somebody else is the mix-up of the field’s worst incidents: it stops the kind until a person has looked.
 */
import { isDeepStrictEqual } from 'node:util';
import { type HouseholdRecord, type RegistryPerson, refuse } from '@machikado/protocol';
import type { Deadline } from '@machikado/server';
import type { Municipality, Ports } from '../ports.ts';
import type { Holder } from './check-holder.ts';
import { Mismatch } from './mismatch.ts';

export interface Snapshot {
  readonly household: HouseholdRecord;
  readonly applicant: RegistryPerson;
}

export async function readSnapshot(
  { residentId }: Holder,
  { lgCode }: Municipality,
  deadline: Deadline,
  { registry }: Ports,
): Promise<Snapshot> {
  const household = await registry.readHousehold({ lgCode, residentId }, deadline);
  const applicants = household.members.filter((member) => member.residentId === residentId);
  const [applicant] = applicants;
  if (household.lgCode !== lgCode || applicant === undefined || applicants.length !== 1) {
    throw new Mismatch('the registry answered about another person');
  }
  return { household, applicant };
}

/** The same version again. A changed record is a refusal; other content under the same version is a mismatch. */
export async function readSameVersion(
  first: Snapshot,
  { lgCode }: Municipality,
  deadline: Deadline,
  { registry }: Ports,
): Promise<HouseholdRecord> {
  const { version } = first.household;
  const { residentId } = first.applicant;
  const again = await registry.readHousehold({ lgCode, residentId, version }, deadline);
  if (again.version !== version) refuse('RECORD_CHANGED', 'the registry answered with another version');
  const { readAt: _, ...content } = again;
  const { readAt: __, ...before } = first.household;
  if (!isDeepStrictEqual(content, before)) throw new Mismatch('one version of the record, two contents');
  return again;
}
