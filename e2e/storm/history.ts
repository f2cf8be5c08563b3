/**
 * What stood in the towns’ registers, and when: every version of every household, so that a page can be compared with the
 * records that were true while it was made.
 */
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import type { Registry, RegistryChange } from '@machikado/registry';

interface Version {
  readonly from: number;
  readonly record: RegistryRecord;
}

export interface History {
  /** Applies changes and remembers what they made of the households of these residents. */
  change(lgCode: string, changes: readonly RegistryChange[], residentIds: readonly string[]): void;
  /** The household of a resident in every version that was true at some moment between. */
  between(lgCode: string, residentId: string, from: number, to: number): readonly RegistryRecord[];
  householdNow(lgCode: string, residentId: string): RegistryRecord;
  /** Every person as they stood in any version, with their address. */
  everybody(): readonly { readonly person: RegistryPerson; readonly address: string }[];
  readonly changes: number;
}

export function watchHistory(registry: Registry, now: () => number): History {
  const versions = new Map<string, Version[]>();
  let changes = 0;
  const keyOf = (lgCode: string, residentId: string) => `${lgCode} ${residentId}`;
  const note = (lgCode: string, residentId: string, from: number) => {
    const key = keyOf(lgCode, residentId);
    const record = registry.readRecord({ lgCode, residentId });
    versions.set(key, [...(versions.get(key) ?? []), { from, record }]);
  };
  for (const { lgCode, households } of registry.towns)
    for (const { members } of households) for (const { residentId } of members) note(lgCode, residentId, 0);

  return {
    change(lgCode, changed, residentIds) {
      const from = now();
      registry.apply(lgCode, changed);
      changes += 1;
      for (const residentId of residentIds) note(lgCode, residentId, from);
    },
    between(lgCode, residentId, from, to) {
      const all = versions.get(keyOf(lgCode, residentId)) ?? [];
      return all.filter((version, i) => version.from <= to && (all[i + 1]?.from ?? to) >= from).map((v) => v.record);
    },
    householdNow: (lgCode, residentId) => registry.readRecord({ lgCode, residentId }),
    everybody: () => {
      const seen = [...versions.values()].flat().map(({ record }) => record);
      return seen.flatMap(({ members, address }) => members.map((person) => ({ person, address })));
    },
    get changes() {
      return changes;
    },
  };
}
