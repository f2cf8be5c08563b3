/**
 * 利用者登録 at the counter: a fact told by a member of staff, by name. A registration counts from the next nightly feed on (as
 * the towns tell their residents: from the day after), a withdrawal at once.
 */
import type { Role } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { type CertId, isClaim, type RegistrationEvent } from '../registration/events.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { feedPosition } from '../store/feed-book.ts';
import { addRegistrationEvents, holdRegistrations, refreshRegistrations } from '../store/registration-book.ts';

export interface CounterRegistration {
  readonly type: 'registered' | 'continued' | 'renewed' | 'withdrawn';
  readonly residentId: string;
  readonly cert: CertId;
  /** The cert that a renewed one takes the place of. */
  readonly previousCert?: CertId;
  readonly medium: 'card' | 'android' | 'iphone' | null;
  /** 住所地, or only the 本籍 is here. */
  readonly role: Role;
  readonly staff: string;
}

export async function recordRegistration(
  told: CounterRegistration,
  town: Municipality,
  { store, businessClock, machineClock, random }: Pick<Ports, 'store' | 'businessClock' | 'machineClock' | 'random'>,
): Promise<void> {
  const { type, residentId, cert, previousCert = null, medium, role, staff } = told;
  const eventId = `counter:${Buffer.from(random(16)).toString('hex')}`;
  const event: RegistrationEvent = {
    ...{ eventId, type, residentId, cert, previousCert, medium },
    role: isClaim({ type }) ? role : null,
    at: businessClock.now(),
    usable: false,
  };
  const now = machineClock.now();
  await store.inMunicipality(town.lgCode, async (tx) => {
    // No run ends between reading its number and adding what counts from the next one on.
    await holdRegistrations(tx);
    const { run } = await feedPosition(tx);
    await addRegistrationEvents(tx, [event], { usableFromRun: run + 1, now });
    await refreshRegistrations(tx, [residentId], now);
    const body = { staff, type, role: event.role, residentId, eventId };
    await appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'registration-recorded', body }]);
  });
}
