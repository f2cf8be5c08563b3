/** After whole uses, good and bad, nothing in the tables, the log or the errors names the person; and the database opens nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runJobs } from './jobs/run-jobs.ts';
import { canary } from './testing/fake-issuer.ts';
import {
  card,
  createTestCenter,
  kioskA,
  login,
  offersFor,
  opened,
  orderFor,
  outcomeOf,
  pay,
  place,
  placed,
  report,
  type TestCenter,
} from './testing/test-center.ts';
import { cancelOrder } from './use-cases/cancel-order.ts';
import { endSession } from './use-cases/end-session.ts';

let t: TestCenter;
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());

async function dump(): Promise<string> {
  const owner = t.database.ownerDb;
  const tables = await owner.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const rows = await Promise.all(tables.map(({ name }) => owner.query(`SELECT t::text AS row FROM ${name} t`)));
  return JSON.stringify(rows);
}

function traces(text: string): string[] {
  const bytes = Buffer.from(text.toLowerCase());
  const secrets = [canary.name, canary.address, canary.birth].map((word) => Buffer.from(word));
  const spelled = [...secrets, Buffer.from(card.certKey.serial, 'hex'), Buffer.from(card.authCert).subarray(40, 80)];
  return [
    ...spelled.flatMap((secret) => [secret.toString('hex'), secret.toString('base64').toLowerCase().slice(0, 20)]),
    ...secrets.map((secret) => secret.toString('utf8')),
  ].filter((needle) => bytes.includes(Buffer.from(needle)));
}

test('the search itself finds what it looks for', () => {
  expect(traces(`x${card.certKey.serial}x`)).toHaveLength(1);
  expect(traces(Buffer.from(canary.name).toString('hex'))).toHaveLength(1);
  expect(traces(Buffer.from(card.authCert).toString('hex')).length).toBeGreaterThan(0);
});

test('no table, log line or error knows who it was', async () => {
  const errors: string[] = [];
  const note = (error: unknown) => {
    const { message, stack, cause } = error as Error;
    errors.push(message, stack ?? '', String(cause));
  };
  const proven = await login(t.center);
  await offersFor(t.center, proven);
  const sealed = await place(t.center, orderFor(proven));
  expect(opened(sealed, await pay(t.center, sealed))[0]).toContain(canary.name);
  await report(t.center, sealed);
  const cancelled = await placed(t.center);
  await cancelOrder(t.center, kioskA, cancelled.orderId, { reason: 'resident', depositPayableYen: 0 });
  const uncertain = await placed(t.center);
  await pay(t.center, uncertain);
  await report(t.center, uncertain, outcomeOf(uncertain, ['uncertain']));
  await endSession(t.center, kioskA, proven.challenge.sessionId);
  t.statuses.set(card.certKey.serial, { status: 'revoked', at: t.clocks.machine });
  await login(t.center).catch(note);
  t.statuses.clear();
  t.issuer.tamper = (draft) => {
    for (const copy of draft.copies) copy.binding = { ...copy.binding, subjectRef: 'ab'.repeat(32) };
  };
  await placed(t.center).catch(note);
  await runJobs(t.center);
  expect(errors.length).toBe(6);
  expect(traces(await dump())).toEqual([]);
  expect(traces(t.logLines.join('\n'))).toEqual([]);
  expect(traces(errors.join('\n'))).toEqual([]);
});

test('a copy of the database and every ciphertext open nothing', async () => {
  t.issuer.tamper = () => undefined;
  await t.database.ownerDb.run("UPDATE suspensions SET released_at = now(), released_by = 'x', release_reason = 'x'");
  const sealed = await placed(t.center);
  const rows = await t.database.ownerDb.query<{ share: Buffer }>(
    'SELECT center_share AS share FROM order_copies WHERE center_share IS NOT NULL',
  );
  expect(rows.length).toBeGreaterThan(0);
  const zero = Buffer.alloc(32).toString('base64');
  for (const kioskShare of [zero, ...rows.map(({ share }) => share.toString('base64'))])
    for (const { share } of rows) {
      const stolen = { ...sealed, copies: sealed.copies.map((copy) => ({ ...copy, kioskShare })) };
      const shares = { orderId: sealed.orderId, shares: [{ copy: 1, centerShare: share.toString('base64') }] };
      expect(() => opened(stolen, shares)).toThrow('BINDING_MISMATCH');
    }
  await cancelOrder(t.center, kioskA, sealed.orderId, { reason: 'resident', depositPayableYen: 0 });
  expect(
    await t.database.ownerDb.query('SELECT 1 FROM order_copies WHERE order_id = $1 AND center_share IS NOT NULL', [
      sealed.orderId,
    ]),
  ).toEqual([]);
});
