/**
 * 利用者制限 by staff counts as 支援措置 of the registry: whoever is restricted is under protection in every book that names them, so
 * that no rule, answer or amount of work differs. What the registry itself says of a person stays.
 */
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';

/** Everybody whom any book of the record names. */
export function residentIdsIn({ members, koseki, addressHistory }: RegistryRecord): string[] {
  const people = [...members, ...(koseki?.members ?? []), ...(addressHistory?.members ?? [])];
  return [...new Set(people.map(({ residentId }) => residentId))];
}

export function withRestrictions(record: RegistryRecord, restricted: ReadonlySet<string>): RegistryRecord {
  const { koseki, addressHistory } = record;
  return {
    ...record,
    members: marked(record.members, restricted),
    ...(koseki && { koseki: { ...koseki, members: marked(koseki.members, restricted) } }),
    ...(addressHistory && {
      addressHistory: { ...addressHistory, members: marked(addressHistory.members, restricted) },
    }),
  };
}

function marked<P extends Pick<RegistryPerson, 'residentId' | 'protection'>>(
  people: readonly P[],
  restricted: ReadonlySet<string>,
): P[] {
  return people.map((person) =>
    person.protection === 'none' && restricted.has(person.residentId) ? { ...person, protection: 'active' } : person,
  );
}
