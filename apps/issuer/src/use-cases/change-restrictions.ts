/**
 * 利用者制限: staff keep one person's data off every kiosk, without waiting for the registry to say so. Set, lifted and listed with an
 * entry of the 交付記録 in the same transaction. No server is told: each reads the rows with every order.
 */
import type { Municipality, Ports } from '../ports.ts';
import { findLine } from '../store/book-lines.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import type { Attribution } from '../store/municipal-settings.ts';
import { addRestriction, endRestriction, type Restriction, restrictionsInForce } from '../store/restrictions.ts';

type RestrictionPorts = Pick<Ports, 'store' | 'machineClock'>;

/** An id that the book of residents does not know is restricted too: a 戸籍 names people who live elsewhere. */
export function restrictPerson(
  person: Attribution & Pick<Restriction, 'residentId'>,
  town: Municipality,
  { store, machineClock }: RestrictionPorts,
): Promise<{ readonly number: number; readonly inBook: boolean }> {
  const now = machineClock.now();
  const { residentId, staff, reason } = person;
  return store.inMunicipality(town.lgCode, async (tx) => {
    const number = await addRestriction(tx, person, now);
    const entry = { event: 'restriction-set' as const, body: { staff, reason, number, residentId } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    return { number, inBook: (await findLine(tx, 'residents', residentId)) !== undefined };
  });
}

/** False when none is in force under this number. */
export function liftRestriction(
  lift: Attribution & { readonly number: number },
  town: Municipality,
  { store, machineClock }: RestrictionPorts,
): Promise<boolean> {
  const now = machineClock.now();
  const { number, staff, reason } = lift;
  return store.inMunicipality(town.lgCode, async (tx) => {
    const residentId = await endRestriction(tx, lift, now);
    if (residentId === undefined) return false;
    const entry = { event: 'restriction-lifted' as const, body: { staff, reason, number, residentId } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    return true;
  });
}

/** A list of people in danger: the look is recorded first. */
export function listRestrictions(
  { staff, reason }: Attribution,
  town: Municipality,
  { store, machineClock }: RestrictionPorts,
): Promise<Restriction[]> {
  const now = machineClock.now();
  return store.inMunicipality(town.lgCode, async (tx) => {
    const entry = { event: 'restrictions-listed' as const, body: { staff, reason } };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [entry]);
    return restrictionsInForce(tx);
  });
}
