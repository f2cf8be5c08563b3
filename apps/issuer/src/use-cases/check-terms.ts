/** The terms of an order: all that depends on the municipality, the role and the hour alone, and on nobody’s record. */
import assert from 'node:assert/strict';
import { isOpen, jstDateOf, type ServiceHours } from '@machikado/domain';
import { refuse, type Selection } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { termsAgainst } from '../rules/term-rules.ts';
import { fiscalYearsOn } from '../settings/fiscal-years-on.ts';
import { feeYenOn, kindsOn } from '../settings/settings-on.ts';
import { suspendedKinds } from '../store/suspensions.ts';
import type { Holder } from './check-holder.ts';

export interface Terms {
  readonly feeYenPerCopy: number;
  readonly minimumAge: number | undefined;
  /** The business day of the order; it also stands on the paper. */
  readonly begunAt: Date;
}

export async function checkTerms(
  selection: Selection,
  { role }: Pick<Holder, 'role'>,
  { lgCode, settings }: Municipality,
  { businessClock, store }: Ports,
): Promise<Terms> {
  const { kind } = selection;
  const begunAt = businessClock.now();
  const offered = kindsOn(settings, begunAt).find(([k]) => k === kind)?.[1];
  const feeYenPerCopy = feeYenOn(settings, kind, begunAt);
  const [first] = termsAgainst({
    ...{ selection, role, offered, feeYenPerCopy },
    fiscalYears: fiscalYearsOn(offered?.fiscalYears, jstDateOf(begunAt)),
    // Asked once, at the beginning: an order begun before closing may finish.
    open: isOpen(settings.hours as ServiceHours, begunAt, kind),
    suspended: (await store.inMunicipality(lgCode, suspendedKinds)).has(kind),
  });
  if (first) refuse(first.code, first.condition);
  assert(offered && feeYenPerCopy !== undefined, 'a row refuses what is not on the menu');
  return { feeYenPerCopy, minimumAge: offered.minimumAge, begunAt };
}
