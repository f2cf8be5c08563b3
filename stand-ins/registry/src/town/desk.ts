/** What an invented town’s people and books are drawn from. Two desks of one town share what has been given, so that nothing is given twice. */
import { findMunicipality, type Municipality, testMunicipalities } from '@machikado/domain';
import { createMyNumbers } from './my-numbers.ts';
import { createNames, type Names } from './names.ts';
import { createPlaces, type Places } from './places.ts';
import type { Random } from './random.ts';

export interface Desk {
  readonly random: Random;
  readonly town: Municipality;
  readonly names: Names;
  readonly places: Places;
  /** 宛名番号: ten digits that say nothing about the person. */
  readonly residentId: () => string;
  readonly cardNumber: () => string;
  /** null where the town keeps none. */
  readonly myNumber: () => string | null;
}

/** What one town has given away. */
export interface Given {
  readonly names: Set<string>;
  readonly places: Set<string>;
  readonly ids: Set<string>;
}

export function nothingGiven(): Given {
  return { names: new Set(), places: new Set(), ids: new Set() };
}

/** `series`: desks of one town give numbers of different series. */
export function createDesk(random: Random, lgCode: string, given: Given, series: number): Desk {
  const town = findMunicipality(lgCode);
  if (!town) throw new RangeError('not a municipality');
  const codes: string[] = [...testMunicipalities.keys()];
  const share = [codes.indexOf(lgCode), codes.length] as const;
  return {
    random,
    town,
    names: createNames(random, ...share, given.names),
    places: createPlaces(random, town, share, given.places),
    residentId: createResidentIds(random, lgCode, given.ids),
    cardNumber: createCardNumbers(random, `${share[0]}${series}`),
    myNumber: KEEPS_NO_MY_NUMBERS.includes(lgCode) ? () => null : createMyNumbers(random, given.ids),
  };
}

/** 霧笛町 does not manage 個人番号 on the systems that issue certificates. */
const KEEPS_NO_MY_NUMBERS: readonly string[] = ['990027'];

export function createResidentIds(random: Random, lgCode: string, given: Set<string>): () => string {
  return () => {
    for (;;) {
      const id = `${lgCode.slice(3)}${String(random.between(0, 9_999_999)).padStart(7, '0')}`;
      if (given.has(id)) continue;
      given.add(id);
      return id;
    }
  };
}

/** 在留カード等の番号, in the pattern of the real ones, of a series that is not in use. */
function createCardNumbers(random: Random, series: string): () => string {
  let next = random.between(1, 9) * 100_000;
  return () => {
    next += random.between(1, 99);
    return `ZZ${series}${String(next).padStart(6, '0')}ZZ`;
  };
}
