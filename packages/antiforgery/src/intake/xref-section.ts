/** One section of cross-references: what it says of each number, and which parts of the file it takes itself. */
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import type { Dict } from './values.ts';

export type Entry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in'; readonly container: number; readonly index: number };

export type Extent = readonly [start: number, end: number];

export interface Section {
  readonly dict: Dict;
  readonly entries: Map<number, Entry>;
  readonly extents: Extent[];
}

export function addEntry(entries: Map<number, Entry>, number: number, entry: Entry): void {
  if (entries.has(number)) throw new IntakeRefusal('BROKEN', 'an object that stands in the table twice');
  if (entries.size >= intakeLimits.objectsMax) throw new IntakeRefusal('TOO_COMPLEX', 'very many objects');
  entries.set(number, entry);
}

export function refuseBeyondSize(entries: ReadonlyMap<number, Entry>, dict: Dict): void {
  const size = dict.get('Size');
  for (const [number, entry] of entries)
    if (entry.kind !== 'free' && !(number < (size as number)))
      throw new IntakeRefusal('BROKEN', 'an object beyond the size of the table');
}
