/** A town as it is on its first day. */
import type { RegistryPerson } from '@machikado/protocol';
import type { PersonaKey } from './personas.ts';

export interface Household {
  readonly householdId: string;
  readonly address: string;
  readonly members: readonly RegistryPerson[];
}

export interface Town {
  readonly lgCode: string;
  readonly seed: string;
  /** 「夕凪市」 */
  readonly name: string;
  readonly prefecture: string;
  readonly households: readonly Household[];
  /** Key of a persona → residentId. */
  readonly personas: Readonly<Record<PersonaKey, string>>;
}
