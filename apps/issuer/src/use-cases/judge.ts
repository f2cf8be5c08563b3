/** Is this certificate issued at a kiosk? All rules are asked of the snapshot; the first reason gives the code, all are recorded. */
import { jstDateOf } from '@machikado/domain';
import { type IssuerOrder, type RegistryPerson, refuse } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import { presentMembers } from '../rules/case.ts';
import { reasonsAgainst } from '../rules/refusal-rules.ts';
import { appendToRecord } from '../store/delivery-record.ts';
import type { Terms } from './check-terms.ts';
import { personRef } from './person-refs.ts';
import type { Snapshot } from './read-snapshot.ts';

/** The persons who will stand on the paper, in 記載順位. */
export async function judge(
  order: IssuerOrder,
  snapshot: Snapshot,
  terms: Terms,
  town: Municipality,
  ports: Ports,
): Promise<readonly RegistryPerson[]> {
  const { scope, items, personRefs } = order.selection;
  const asked = new Set(personRefs);
  const selected = presentMembers(snapshot.household, snapshot.applicant.residentId).filter((member) =>
    asked.has(personRef(town, order.sessionId, member.residentId)),
  );
  const reasons = reasonsAgainst({
    ...snapshot,
    ...{ selected, scope, items },
    strangers: asked.size - selected.length,
    today: jstDateOf(terms.begunAt),
    minimumAge: terms.minimumAge,
    limits: town.settings.limits,
    missingGlyphs: (text) => ports.forms.missingGlyphs(text),
  });
  const [first] = reasons;
  if (first === undefined) return selected;
  await recordRefusal(
    order,
    snapshot.applicant,
    reasons.map((reason) => reason.id),
    town,
    ports,
  );
  return refuse(first.code, 'see the record of the municipality');
}

async function recordRefusal(
  { orderId, selection: { kind } }: IssuerOrder,
  { residentId }: RegistryPerson,
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
