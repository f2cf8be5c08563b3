/** What settling a household draws from, and where the town grows. */
import type { Names } from './names.ts';
import type { PersonaKey } from './personas.ts';
import type { Places } from './places.ts';
import type { Random } from './random.ts';
import type { Household } from './town.ts';

export interface Settler {
  readonly random: Random;
  readonly names: Names;
  readonly places: Places;
  readonly residentId: () => string;
  readonly cardNumber: () => string;
  readonly households: Household[];
  readonly personas: Map<PersonaKey, string>;
}
