/** A town as it is on its first day. */
import type { AddressHistory, Koseki, RegistryPerson, TaxLedger } from '@machikado/protocol';
import type { PersonaKey } from './personas.ts';
import type { SealEntry } from './seal-entry.ts';

export interface Household {
  readonly householdId: string;
  readonly address: string;
  readonly members: readonly RegistryPerson[];
}

/** The same person in the books of two towns: lives in one and has the 本籍 in the other. */
export interface Counterpart {
  readonly residentId: string;
  readonly there: { readonly lgCode: string; readonly residentId: string };
}

export interface Town {
  readonly lgCode: string;
  readonly seed: string;
  /** 「夕凪市」 */
  readonly name: string;
  readonly prefecture: string;
  readonly households: readonly Household[];
  readonly seals: readonly SealEntry[];
  readonly ledgers: readonly { readonly residentId: string; readonly ledger: TaxLedger }[];
  readonly koseki: readonly Koseki[];
  readonly addressHistories: readonly AddressHistory[];
  readonly counterparts: readonly Counterpart[];
  /** Key of a persona → residentId. */
  readonly personas: Readonly<Record<PersonaKey, string>>;
}
