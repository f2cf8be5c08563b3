/** The terms of an order: all that depends on the municipality and the hour alone, and on nobody’s record. */
import { isOpen, type ServiceHours } from '@machikado/domain';
import { refuse, type Selection } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { feeYenOn, kindsOn } from '../settings/settings-on.ts';
import { suspendedKinds } from '../store/suspensions.ts';

export interface Terms {
  readonly feeYenPerCopy: number;
  readonly minimumAge: number | undefined;
  /** The business day of the order; it also stands on the paper. */
  readonly begunAt: Date;
}

export async function checkTerms(selection: Selection, town: Municipality, ports: Ports): Promise<Terms> {
  const begunAt = ports.businessClock.now();
  const { kind, scope, items, copies, feeYen } = selection;
  const offered = kindsOn(town.settings, begunAt).find(([k]) => k === kind)?.[1];
  if (!offered?.scopes.includes(scope) || !items.every((item) => offered.items.includes(item))) {
    return refuse('KIND_NOT_OFFERED', 'not on the menu of this municipality');
  }
  if (copies > offered.copiesMax) refuse('KIND_NOT_OFFERED', 'more copies than the municipality issues at once');
  // Asked once, at the beginning: an order begun before closing may finish.
  if (!isOpen(town.settings.hours as ServiceHours, begunAt, kind)) refuse('SERVICE_CLOSED', 'outside the hours');
  const suspended = await ports.store.inMunicipality(town.lgCode, suspendedKinds);
  if (suspended.has(kind)) refuse('MUNICIPALITY_SUSPENDED', 'until staff release the kind');
  const feeYenPerCopy = feeYenOn(town.settings, kind, begunAt) ?? refuse('KIND_NOT_OFFERED', 'no fee on this day');
  if (feeYenPerCopy * copies !== feeYen) refuse('FEE_CHANGED', 'not the fee that was confirmed');
  return { feeYenPerCopy, minimumAge: offered.minimumAge, begunAt };
}
