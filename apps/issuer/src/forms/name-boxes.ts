/** Where each name stands on the finished pages. The grid is fixed, so the places follow from the form alone. */
import type { NamePlace } from '@machikado/inspection';
import { readContract } from './form-contract.ts';
import type { ResidentRecordData } from './resident-record-data.ts';

export interface PlacedName extends NamePlace {
  /** The name as it is in the record. Reading back gives `lettersOf(name)`; a nameRef is made of that. */
  readonly name: string;
}

export function placeNames(formVersion: string, { persons }: ResidentRecordData): PlacedName[] {
  const { person, personsPerSheet } = readContract(formVersion);
  const [xMm, yMm, wMm, hMm] = person.cells.name.box;
  return persons.map(({ name }, i) => ({
    page: Math.floor(i / personsPerSheet) + 1,
    xMm,
    yMm: yMm + (i % personsPerSheet) * person.block[3],
    wMm,
    hMm,
    name,
  }));
}
