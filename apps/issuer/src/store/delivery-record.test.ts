import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Municipality } from '../ports.ts';
import { type Bench, createBench, MUTEKI, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { appendToRecord, type RecordEntry, readRecord, verifyChain } from './delivery-record.ts';

let bench: Bench;
let secret: Uint8Array;
beforeAll(async () => {
  bench = await createBench();
  secret = (bench.towns.get(YUNAGI) as Municipality).keys.residentRefSecret;
  const append = (i: number) =>
    bench.ports.store.inMunicipality(YUNAGI, (tx) =>
      appendToRecord(tx, secret, NOON, [
        { event: 'copy-handed-over', body: { orderId: `o${i}`, issueNumber: 'a' } },
        { event: 'copy-cancelled', body: { orderId: `o${i}`, issueNumber: 'b', cause: '理由' } },
      ]),
    );
  await Promise.all(Array.from({ length: 12 }, (_, i) => append(i)));
});
afterAll(() => bench.close());

const read = () => bench.ports.store.inMunicipality(YUNAGI, readRecord);

describe('the 交付記録', () => {
  test('is one whole chain, however many wrote at once', async () => {
    const entries = await read();
    expect(verifyChain(secret, YUNAGI, entries)).toMatchObject({ kind: 'whole', entries: 24 });
    for (let i = 0; i < 24; i += 2) {
      const pair = entries.slice(i, i + 2).map((entry) => JSON.parse(entry.body).orderId);
      expect(pair[0]).toBe(pair[1]);
    }
  });

  const entriesWith = async (change: (entries: RecordEntry[]) => RecordEntry[]) =>
    verifyChain(secret, YUNAGI, change(await read()));

  test.each<[string, (entries: RecordEntry[]) => RecordEntry[], number]>([
    ['a changed body', (e) => e.map((x) => (x.n === 5 ? { ...x, body: x.body.replace('"a"', '"c"') } : x)), 5],
    ['a changed time', (e) => e.map((x) => (x.n === 7 ? { ...x, at: new Date(0) } : x)), 7],
    ['a changed event', (e) => e.map((x) => (x.n === 8 ? { ...x, event: 'kind-released' as const } : x)), 8],
    ['a removed entry', (e) => e.filter((x) => x.n !== 9), 9],
    ['two exchanged entries', (e) => [...e.slice(0, 2), e[3] as RecordEntry, e[2] as RecordEntry, ...e.slice(4)], 3],
  ])('shows %s', async (_, change, at) => {
    expect(await entriesWith(change)).toEqual({ kind: 'broken', at });
  });

  test('cannot be written anew without the municipality’s secret, nor be that of another town', async () => {
    const entries = await read();
    expect(verifyChain(new Uint8Array(32), YUNAGI, entries)).toEqual({ kind: 'broken', at: 1 });
    expect(verifyChain(secret, MUTEKI, entries)).toEqual({ kind: 'broken', at: 1 });
  });

  test('can be neither changed nor cleared by the app', async () => {
    for (const statement of [
      'update delivery_record set n = n',
      'delete from delivery_record',
      'truncate delivery_record',
    ]) {
      await expect(bench.rows(statement)).rejects.toThrow(/permission denied/);
    }
  });
});

describe('the tables of a town', () => {
  test('take no row of another town, whatever a statement says', async () => {
    const insert = `insert into issue_order (lg_code, order_id, session_id, state, begun_at) values ('${MUTEKI}', 'x', 'y', 'begun', now())`;
    await expect(bench.rows(insert)).rejects.toThrow(/own_lg_code/);
  });

  test('are not seen from the schema of another', async () => {
    expect(await bench.rows('select 1 from delivery_record', MUTEKI)).toEqual([]);
  });
});
