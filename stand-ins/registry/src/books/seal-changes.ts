/**
 * 印鑑登録: who registers gets a new id; what is cancelled (廃印) stays cancelled, and stays in the book. Moving out, death and 消除 cancel it
 * ex officio (職権抹消).
 */
import { graphemesOf } from '@machikado/domain';
import { type LedgerDate, type RegistryPerson, refuse, type SealRegistration } from '@machikado/protocol';
import { sizeInDots, sizeInMm } from '../imprint/draw-imprint.ts';
import type { SealEntry } from '../town/seal-entry.ts';
import type { Draft } from './town-books.ts';

type State = SealRegistration['state'];

export function registerSeal(
  draft: Draft,
  person: RegistryPerson,
  { registrationId, registeredOn }: { readonly registrationId: string; readonly registeredOn: LedgerDate },
): void {
  const { seals, sealOf } = draft.books;
  if (seals.get(registrationId)) refuse('MALFORMED_REQUEST', 'registrationId is taken');
  const before = sealOf.get(person.residentId);
  if (before !== undefined && seals.get(before)?.state !== 'cancelled')
    refuse('MALFORMED_REQUEST', 'the resident has a registered seal');
  sealOf.put(person.residentId, registrationId);
  put(draft, newSeal(person, registrationId, registeredOn, 15, 15));
}

const movesFrom: Readonly<Record<'suspended' | 'active' | 'cancelled', readonly State[]>> = {
  suspended: ['active'],
  active: ['suspended'],
  cancelled: ['active', 'suspended'],
};

export function moveSeal(draft: Draft, registrationId: string, state: keyof typeof movesFrom): void {
  const seal = draft.books.seals.get(registrationId) ?? refuse('MALFORMED_REQUEST', 'no such registration');
  if (!movesFrom[state].includes(seal.state)) refuse('MALFORMED_REQUEST', `the registration is ${seal.state}`);
  put(draft, { ...seal, state, registrationVersion: seal.registrationVersion + 1 });
}

export function cancelSealOf(draft: Draft, residentId: string): void {
  const registrationId = draft.books.sealOf.get(residentId);
  if (registrationId === undefined || draft.books.seals.get(registrationId)?.state === 'cancelled') return;
  moveSeal(draft, registrationId, 'cancelled');
}

export function newSeal(
  { residentId, name, nameKana, commonName }: RegistryPerson,
  registrationId: string,
  registeredOn: LedgerDate,
  widthMm: number,
  heightMm: number,
): SealEntry {
  const [surname = ''] = (commonName ?? (/^[A-Z]/.test(name) ? (nameKana ?? name) : name)).split(/[　 ]/);
  return {
    registrationId,
    registrationVersion: 1,
    state: 'active',
    registeredOn,
    residentId,
    design: {
      letters: graphemesOf(surname).slice(0, 6).join(''),
      widthMm: sizeInMm(sizeInDots(widthMm)),
      heightMm: sizeInMm(sizeInDots(heightMm)),
      hand: registrationId,
    },
  };
}

function put(draft: Draft, seal: SealEntry): void {
  const { registrationId, registrationVersion, residentId, state } = seal;
  const type = (
    {
      active: registrationVersion === 1 ? 'seal-registered' : 'seal-resumed',
      suspended: 'seal-suspended',
      cancelled: 'seal-cancelled',
    } as const
  )[state];
  draft.books.seals.put(registrationId, seal);
  draft.facts.push({ type, residentId, registrationId, registrationVersion });
}
