/** One change, in every book that it touches. What goes to the feed is written down beside it. */
import { refuse } from '@machikado/protocol';
import type { RegistryChange } from '../changes.ts';
import { isPresent } from '../household-order.ts';
import {
  enterFamily,
  kosekiOf,
  recordAddress,
  recordEvent,
  setFamilyInProcess,
  transferFamily,
  updateInFamily,
} from './family-changes.ts';
import { changeName, moveIn, moveWithin, personOf, updatePerson, updatePresent } from './household-changes.ts';
import { cancelSealOf, moveSeal, registerSeal } from './seal-changes.ts';
import { type Draft, ledgerId } from './town-books.ts';

export function applyChange(draft: Draft, change: RegistryChange): void {
  switch (change.type) {
    case 'cert-registered':
    case 'cert-renewed':
    case 'cert-withdrawn':
      refuseUnlessKnown(draft, change.residentId);
      draft.facts.push(change);
      break;
    case 'moved-in':
      moveIn(draft, change);
      break;
    case 'move-out-notified':
      for (const residentId of change.residentIds) updatePresent(draft, residentId, 'leaving');
      break;
    case 'moved-out':
      for (const residentId of change.residentIds) {
        leave(draft, residentId, 'left');
        if (change.to) recordAddress(draft, residentId, change.to.address, change.to.since);
      }
      break;
    case 'moved-within':
      moveWithin(draft, change);
      break;
    case 'name-changed':
      changeName(draft, change);
      break;
    case 'previous-address-corrected':
      updatePerson(draft, change.residentId, { previousAddress: change.previousAddress });
      break;
    case 'my-number-corrected':
      updatePerson(draft, change.residentId, { myNumber: change.myNumber });
      break;
    case 'died':
      leave(draft, change.residentId, 'deceased');
      break;
    case 'removed':
      leave(draft, change.residentId, 'removed');
      break;
    case 'protection-set':
      setProtection(draft, change.residentId, change.protection);
      break;
    case 'in-process-set':
      updatePerson(draft, change.residentId, { inProcess: change.inProcess });
      break;
    case 'seal-registered': {
      const person = personOf(draft, change.residentId);
      if (!isPresent(person)) refuse('MALFORMED_REQUEST', 'the resident is gone');
      registerSeal(draft, person, change);
      break;
    }
    case 'seal-suspended':
      moveSeal(draft, change.registrationId, 'suspended');
      break;
    case 'seal-resumed':
      moveSeal(draft, change.registrationId, 'active');
      break;
    case 'seal-cancelled':
      moveSeal(draft, change.registrationId, 'cancelled');
      break;
    case 'tax-ledger-set':
      personOf(draft, change.residentId);
      draft.books.ledgers.put(ledgerId(change.residentId, change.ledger.fiscalYear), change.ledger);
      break;
    case 'koseki-event':
      recordEvent(draft, change.residentId, change.event, change.removed ?? false);
      break;
    case 'koseki-entered':
      enterFamily(draft, change.residentId, change.member, change.history);
      break;
    case 'koseki-transferred':
      transferFamily(draft, change.residentId, change);
      break;
    case 'koseki-in-process-set':
      setFamilyInProcess(draft, change.residentId, change.inProcess);
      break;
    case 'address-recorded':
      refuseUnlessKnown(draft, change.residentId);
      recordAddress(draft, change.residentId, change.address, change.since);
      break;
  }
}

/** 転出, 死亡, 消除: the seal goes with the person. Nobody is told of a 消除 by the feed. */
function leave(draft: Draft, residentId: string, status: 'left' | 'deceased' | 'removed'): void {
  updatePresent(draft, residentId, status);
  if (status !== 'removed') draft.facts.push({ type: status === 'left' ? 'moved-out' : 'died', residentId });
  cancelSealOf(draft, residentId);
}

/** 支援措置 of a person stands in every book that names the person. */
function setProtection(
  draft: Draft,
  residentId: string,
  protection: Extract<RegistryChange, { type: 'protection-set' }>['protection'],
): void {
  refuseUnlessKnown(draft, residentId);
  if (draft.books.householdOf.get(residentId) !== undefined) updatePerson(draft, residentId, { protection });
  updateInFamily(
    draft,
    residentId,
    (member) => ({ ...member, protection }),
    (member) => ({ ...member, protection }),
  );
}

function refuseUnlessKnown(draft: Draft, residentId: string): void {
  if (draft.books.householdOf.get(residentId) === undefined && !kosekiOf(draft, residentId))
    refuse('MALFORMED_REQUEST', 'no such resident');
}
