/** Is this certificate issued at a kiosk? All rules are asked of the snapshot; the first reason gives the code, all are recorded. */
import { jstDateOf } from '@machikado/domain';
import { type IssuerOrder, type RegistryRecord, refuse } from '@machikado/protocol';
import type { PersonInBook } from '../kinds/people-of.ts';
import type { Municipality, Ports } from '../ports.ts';
import { presentPeople } from '../rules/case.ts';
import { reasonsAgainst } from '../rules/refusal-rules.ts';
import { residentIdsIn, withRestrictions } from '../rules/with-restrictions.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import { restrictedAmong } from '../store/restrictions.ts';
import type { Holder } from './check-holder.ts';
import type { Terms } from './check-terms.ts';
import { factsOf } from './draft-copies.ts';
import { personRef } from './person-refs.ts';

/** The persons who will stand on the paper, in 記載順位. */
export async function judge(
  order: IssuerOrder,
  holder: Holder,
  snapshot: RegistryRecord,
  terms: Terms,
  town: Municipality,
  ports: Ports,
): Promise<readonly PersonInBook[]> {
  const { kind, scope, personRefs, fiscalYear } = order.selection;
  // Nobody else asks who is protected, and the two reads of the registry are compared as the registry gave them.
  const restricted = await ports.store.inMunicipality(town.lgCode, (tx) =>
    restrictedAmong(tx, residentIdsIn(snapshot)),
  );
  const record = withRestrictions(snapshot, restricted);
  const asked = new Set(personRefs);
  const selected = presentPeople(kind, record, holder.residentId).filter((person) =>
    asked.has(personRef(town, order.sessionId, kind, person.residentId)),
  );
  const today = jstDateOf(terms.begunAt);
  const reasons = reasonsAgainst({
    ...{ kind, record, applicantId: holder.residentId, selected, scope, fiscalYear, today },
    strangers: asked.size - selected.length,
    minimumAge: terms.minimumAge,
    limits: town.settings.limits,
    printedTexts: ports.forms.textsOn(factsOf(order.selection, record, selected, today, town)),
    missingGlyphs: (text) => ports.forms.missingGlyphs(text, town.letters),
  });
  const [first] = reasons;
  if (first === undefined) return selected;
  await recordRefusal(
    order,
    holder,
    reasons.map((reason) => reason.id),
    town,
    ports,
  );
  return refuse(first.code, 'see the record of the municipality');
}

async function recordRefusal(
  { orderId, selection: { kind } }: IssuerOrder,
  { residentId }: Holder,
  reasons: readonly string[],
  town: Municipality,
  { store, machineClock }: Ports,
): Promise<void> {
  const now = machineClock.now();
  const body = { orderId, kind, applicant: residentId, reasons };
  await store.inMunicipality(town.lgCode, (tx) =>
    appendToRecord(tx, town.keys.residentRefSecret, now, [{ event: 'issue-refused', body }]),
  );
}
