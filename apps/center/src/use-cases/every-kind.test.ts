/** Nothing at the center depends on which certificate it is: each kind goes its whole way, and stops alone. */
import { type CertificateKind, certificateKinds, type Selection } from '@machikado/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  codeOf,
  createTestCenter,
  login,
  offersFor,
  orderFor,
  pay,
  place,
  report,
  selection,
  stateOf,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { releaseSuspension } from './release-suspension.ts';
import { showStatus } from './show-status.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
  await t.watch.refresh(t.center.settings().municipalities.values());
});
afterAll(() => t.close());

function selectionOf(kind: CertificateKind): Selection {
  return { ...selection, kind, ...(kind.startsWith('tax-') && { fiscalYear: 2026 }) };
}

test.each(certificateKinds)('%s is offered, sealed, paid and settled', async (kind) => {
  const proven = await login(t.center);
  const { offers } = await offersFor(t.center, proven);
  expect(offers.map((offer) => offer.kind)).toContain(kind);
  const sealed = await place(t.center, orderFor(proven, { selection: selectionOf(kind) }));
  await pay(t.center, sealed);
  await report(t.center, sealed);
  expect(await stateOf(t.center, sealed.orderId)).toBe('settled');
});

test('the book says per kind how many copies came out and what they brought', async () => {
  const rows = await t.database.db.query<{ kind: string; copies: number; yen: number }>(
    `SELECT o.kind, count(*)::int AS copies, sum(l.amount_yen)::int AS yen
       FROM ledger_transfers l JOIN orders o USING (lg_code, order_id)
      WHERE l.lg_code = $1 AND l.kind = 'revenue' GROUP BY o.kind`,
    [yunagi],
  );
  expect(rows.sort((a, b) => a.kind.localeCompare(b.kind))).toEqual(
    [...certificateKinds].sort().map((kind) => ({ kind, copies: 1, yen: 300 })),
  );
});

test.each(certificateKinds)('a mismatch at %s stops this kind alone, until staff release it', async (kind) => {
  const proven = await login(t.center);
  const order = (of: CertificateKind) => codeOf(place(t.center, orderFor(proven, { selection: selectionOf(of) })));
  t.issuer.tamper = (draft) => {
    for (const copy of draft.copies) copy.binding = { ...copy.binding, kind: anotherThan(kind) };
  };
  await order(kind);
  t.issuer.tamper = () => undefined;
  expect(await order(kind)).toBe('MUNICIPALITY_SUSPENDED');
  expect(await order(anotherThan(kind))).toBe('ok');
  const { offers } = await offersFor(t.center, proven);
  expect(offers.map((offer) => offer.kind)).toEqual(certificateKinds.filter((one) => one !== kind));
  const { municipalities } = await showStatus(t.center);
  const shut = municipalities[0]?.kinds.filter(({ open }) => !open);
  expect(shut).toEqual([{ kind, open: false, reason: 'suspended' }]);
  const by = { staff: '運用 一郎', reason: 'looked into' };
  expect(await releaseSuspension(t.center.store, { lgCode: yunagi, kind, ...by }, t.clocks.machine)).toBe(true);
  expect(await order(kind)).toBe('ok');
});

const anotherThan = (kind: CertificateKind) =>
  certificateKinds[(certificateKinds.indexOf(kind) + 1) % certificateKinds.length] ?? kind;
