import { cancellationEntry } from '@machikado/pki';
import { ProtocolError, type SealedOrder } from '@machikado/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestCenter,
  orderIn,
  outcomeOf,
  pay,
  placed,
  report,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { publishCancellations } from './publish-cancellations.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

const entriesOf = async ({ orderId }: SealedOrder) => {
  const copies = await t.center.store.copies.of({ lgCode: yunagi, orderId });
  return copies.map(({ issueNumber }) => cancellationEntry({ lgCode: yunagi, issueNumber }));
};
const last = () => t.site.lists.at(-1);
const inTenMinutes = () => t.pass(600_000);

test('a site hears at once of an empty list, and again only after ten minutes', async () => {
  expect(await publishCancellations(t.center)).toBe(1);
  expect(last()).toEqual({ v: 1, centerId: 'center-1', version: 1, issuedAt: expect.anything(), entries: [] });
  expect(await publishCancellations(t.center)).toBe(0);
  inTenMinutes();
  expect(await publishCancellations(t.center)).toBe(1);
  expect(last()?.version).toBe(1);
});

test('it hears of every copy that is good for nothing, and of no other', async () => {
  const sealed = await placed(t.center, 3);
  await pay(t.center, sealed);
  expect(await publishCancellations(t.center)).toBe(0);
  await report(t.center, sealed, outcomeOf(sealed, ['output', 'uncertain', 'not-output']));
  const cancelled = await orderIn(t, 'cancelled');
  expect(await publishCancellations(t.center)).toBe(1);
  const [, uncertain, lost] = await entriesOf(sealed);
  expect(last()).toMatchObject({ version: 4, entries: [uncertain, lost, ...(await entriesOf(cancelled))].sort() });
});

test('several centers on one database tell one list once, and none of them begins anew after a restart', async () => {
  await orderIn(t, 'cancelled');
  const told = await Promise.all([t.center, t.another(), t.another()].map(publishCancellations));
  expect(told.reduce((a, b) => a + b)).toBe(1);
  expect(last()?.version).toBe(5);
  expect(await publishCancellations(t.another())).toBe(0);
});

test('a site that is away is asked less and less often, and hears everything when it is back', async () => {
  await orderIn(t, 'cancelled');
  t.site.onList = () => {
    throw new ProtocolError('TOO_BUSY', 'test');
  };
  expect(await publishCancellations(t.center)).toBe(0);
  t.site.onList = () => undefined;
  expect(await publishCancellations(t.center)).toBe(0);
  await orderIn(t, 'cancelled');
  t.pass(1_000);
  expect(await publishCancellations(t.another())).toBe(1);
  expect(last()).toMatchObject({ version: 7 });
  expect(last()?.entries).toHaveLength(6);
  expect(t.logLines.some((line) => line.includes('cancellations-not-taken'))).toBe(true);
});

test('no transaction waits for a site, and when a center dies at it another tells the site a minute later', async () => {
  await orderIn(t, 'cancelled');
  let answer: () => void = () => undefined;
  let open: unknown;
  let late: Promise<number> | undefined;
  await new Promise<void>((arrived) => {
    t.site.onList = async () => {
      open = await t.database.db.query(
        "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
      );
      arrived();
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    };
    late = publishCancellations(t.center);
  });
  t.site.onList = () => undefined;
  expect(open).toEqual([]);
  t.pass(59_999);
  expect(await publishCancellations(t.another())).toBe(0);
  t.pass(1);
  expect(await publishCancellations(t.another())).toBe(1);
  answer();
  await late;
  expect(last()?.version).toBe(8);
  expect(await publishCancellations(t.another())).toBe(0);
});

test('each longer list is an audit event, and a site that holds a newer one is an alarm', async () => {
  const events = await t.database.db.query<{ reason: string }>(
    "SELECT reason FROM audit_events WHERE event = 'cancellations-published' ORDER BY reason",
  );
  expect(events.map(({ reason }) => reason)).toEqual(
    [1, 4, 5, 7, 8].map((version) => `site.machikado.test ${version}`),
  );
  const behind = t.another({ sites: { pushCancellations: async () => 99 } });
  inTenMinutes();
  expect(await publishCancellations(behind)).toBe(1);
  expect(t.logLines.some((line) => line.includes('cancellations-behind'))).toBe(true);
});
