import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ports } from '../ports.ts';
import { SettingRefusal } from '../settings/setting-refusal.ts';
import { parseStaffLine, runStaffCommand } from '../staff/run-staff-command.ts';
import { type Bench, createBench, MUTEKI, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { issueOrder } from './issue-order.ts';
import { listOffers } from './list-offers.ts';
import { verifyRecord } from './look-up-record.ts';
import { reportStatus } from './report-status.ts';

let bench: Bench;
let resident: Awaited<ReturnType<Bench['addHousehold']>>;
beforeAll(async () => {
  bench = await createBench();
  resident = await bench.addHousehold([{}]);
});
afterAll(() => bench.close());
beforeEach(async () => {
  await itIs('2026-11-20T12:00');
  for (const lgCode of [YUNAGI, MUTEKI])
    await bench.database.ownerDb.query(
      `truncate m${lgCode}.municipal_setting_lift, m${lgCode}.municipal_setting, m${lgCode}.session_use`,
    );
});

/** The business clock moves and nothing else: no restart, no reload; the feed is as fresh as ever. */
async function itIs(time: string) {
  bench.clock.now = new Date(`${time}:00+09:00`);
  for (const lgCode of [YUNAGI, MUTEKI]) {
    await bench.database.ownerDb.query(`update m${lgCode}.feed set followed_at = $1`, [bench.clock.now]);
    await bench.database.ownerDb.query(`update m${lgCode}.book set reconciled_at = $1`, [bench.clock.now]);
  }
}
/** As on the command line. */
const staff = (line: string, lgCode = YUNAGI) =>
  runStaffCommand(
    parseStaffLine([...line.split(' '), '--lg-code', lgCode, '--staff', 'clerk', '--reason', 'decided']),
    bench.ports,
  );
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const order = (feeYen = 200, copies = 1) =>
  code(
    issueOrder(
      bench.orderFor(resident.card, resident.record, { selection: { feeYen, copies } }),
      bench.deadline(),
      bench.ports,
    ),
  );
const menu = async (ports: Ports = bench.ports) => {
  const { sessionId, lgCode, proof } = bench.orderFor(resident.card, resident.record);
  return (await listOffers({ sessionId, lgCode, proof }, bench.deadline(), ports)).offers[0];
};
const status = async (lgCode = YUNAGI) =>
  (await reportStatus(bench.ports)).municipalities.find((town) => town.lgCode === lgCode)?.kinds[0];
const kind = 'resident-record';

describe('a setting of staff', () => {
  test('stops a kind at once, in status, offers and orders, and lifting it lets the kind go on', async () => {
    expect(await staff(`set --setting closure --kind ${kind}`)).toEqual(['set under number 1']);
    expect(await status()).toEqual({ kind, open: false, reason: 'closed' });
    expect([await code(menu()), await order()]).toEqual(['SERVICE_CLOSED', 'SERVICE_CLOSED']);
    await staff('lift --number 1');
    expect(await status()).toEqual({ kind, open: true });
    expect(await order()).toBe('done');
  });

  test('of one municipality does nothing in another', async () => {
    await staff('set --setting closure', MUTEKI);
    expect(await status(MUTEKI)).toMatchObject({ open: false });
    expect([await status(), await order()]).toEqual([{ kind, open: true }, 'done']);
  });

  test('for a day to come waits for that day, and the status says when a closure ends', async () => {
    await staff('set --setting closure --from 2026-11-24T09:00 --until 2026-11-24T17:30');
    expect(await order()).toBe('done');
    await itIs('2026-11-24T08:59');
    expect(await order()).toBe('done');
    await itIs('2026-11-24T09:00');
    expect(await status()).toEqual({ kind, open: false, reason: 'closed', opensAt: '2026-11-24T08:30:00.000Z' });
    expect(await order()).toBe('SERVICE_CLOSED');
    await itIs('2026-11-24T17:30');
    expect(await order()).toBe('done');
  });

  test('changes a fee with the day; who confirmed the old one is asked again', async () => {
    await staff(`set --setting fee --kind ${kind} --value 150 --from 2026-11-24`);
    expect((await menu())?.feeYen).toBe(200);
    await itIs('2026-11-24T06:30');
    expect((await menu())?.feeYen).toBe(150);
    expect([await order(200), await order(150)]).toEqual(['FEE_CHANGED', 'done']);
    // On 1 December the file has a new fee; what staff decided stands until it is lifted.
    await itIs('2026-12-01T12:00');
    expect((await menu())?.feeYen).toBe(150);
    await staff('lift --number 1 --from 2026-12-02');
    expect((await menu())?.feeYen).toBe(150);
    await itIs('2026-12-02T12:00');
    expect((await menu())?.feeYen).toBe(300);
  });

  test('sets the minimum age, the copies and the items of a kind', async () => {
    const child = await bench.addHousehold([{ birth: { year: 2012, month: 1, day: 1 } }]);
    const orderOfChild = () =>
      code(issueOrder(bench.orderFor(child.card, child.record), bench.deadline(), bench.ports));
    expect(await orderOfChild()).toBe('USE_COUNTER');
    await staff(`set --setting minimum-age --kind ${kind} --value none`);
    expect(await orderOfChild()).toBe('done');
    await staff(`set --setting minimum-age --kind ${kind} --value 16`);
    expect(await orderOfChild()).toBe('USE_COUNTER');
    await staff(`set --setting copies-max --kind ${kind} --value 1`);
    await staff(`set --setting items --kind ${kind} --value relationship`);
    expect(await menu()).toMatchObject({ copiesMax: 1, items: ['relationship'] });
    expect(await order(400, 2)).toBe('KIND_NOT_OFFERED');
  });

  test('that ends gives way to the one before it, and of two the one that began last holds', async () => {
    await staff(`set --setting copies-max --kind ${kind} --value 3`);
    await staff(`set --setting copies-max --kind ${kind} --value 1 --from 2026-11-24 --until 2026-11-25`);
    const copies: unknown[] = [];
    for (const day of ['20', '24', '25']) {
      await itIs(`2026-11-${day}T12:00`);
      copies.push((await menu())?.copiesMax);
    }
    expect(copies).toEqual([3, 1, 3]);
  });

  test('is one row that can neither be changed nor removed, and an entry of the 交付記録 with author, value and reason', async () => {
    await staff(`set --setting fee --kind ${kind} --value 10 --from 2026-12-24`);
    await staff('lift --number 1');
    const tables = ['municipal_setting', 'municipal_setting_lift'].map((table) => `m${YUNAGI}.${table}`);
    for (const table of tables) {
      await expect(bench.database.db.query(`update ${table} set staff = 'nobody'`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(bench.database.db.query(`delete from ${table}`)).rejects.toThrow(/permission denied/);
    }
    const entries = await bench.rows<{ event: string; body: string }>(
      `select event, body from delivery_record where event like 'setting-%' order by n desc limit 2`,
    );
    const who = { staff: 'clerk', reason: 'decided', number: 1 };
    expect(entries.map(({ event, body }) => [event, JSON.parse(body)])).toEqual([
      ['setting-lifted', { ...who, from: '2026-11-20T03:00:00.000Z' }],
      ['setting-set', { ...who, name: 'fee', kinds: [kind], value: 10, from: '2026-12-23T15:00:00.000Z', until: null }],
    ]);
    const town = bench.towns.get(YUNAGI);
    expect(town && (await verifyRecord(town, bench.ports))).toMatchObject({ kind: 'whole' });
  });

  test('is listed with its number, its standing, its author and its reason', async () => {
    await staff(`set --setting fee --kind ${kind} --value 10 --from 2026-12-24`);
    await staff('set --setting closure --until 2026-11-21');
    expect(await staff('list-settings')).toEqual([
      `1 to come: fee ${kind} 10 from 2026-12-23T15:00:00.000Z, clerk: decided`,
      '2 in force: closure all kinds null from 2026-11-20T03:00:00.000Z until 2026-11-20T15:00:00.000Z, clerk: decided',
    ]);
    await staff('lift --number 2');
    expect((await staff('list-settings'))[1]).toMatch(/^2 over: /);
  });
});

test.each([
  ['set --setting opening-party', 'SETTING_UNKNOWN'],
  ['set --setting fee --value 10', 'SETTING_KIND'],
  ['set --setting fee --kind koseki-full --value 10', 'SETTING_KIND'],
  [`set --setting fee --kind ${kind}`, 'SETTING_VALUE'],
  [`set --setting fee --kind ${kind} --value 1.5`, 'SETTING_VALUE'],
  [`set --setting fee --kind ${kind} --value 1000001`, 'SETTING_VALUE'],
  [`set --setting fee --kind ${kind} --value 10 --from 2026-11-24T09:00`, 'SETTING_DATE'],
  [`set --setting fee --kind ${kind} --value 10 --from 2026-11-19`, 'SETTING_DATE'],
  [`set --setting fee --kind ${kind} --value 10 --from 2026-02-30`, 'SETTING_DATE'],
  [`set --setting fee --kind ${kind} --value 10 --from tomorrow`, 'SETTING_DATE'],
  [`set --setting copies-max --kind ${kind} --value 21`, 'SETTING_VALUE'],
  [`set --setting minimum-age --kind ${kind} --value 0`, 'SETTING_VALUE'],
  [`set --setting items --kind ${kind} --value my-number`, 'SETTING_VALUE'],
  ['set --setting closure --value 1', 'SETTING_VALUE'],
  ['set --setting closure --from 2026-11-24 --until 2026-11-24', 'SETTING_DATE'],
  ['lift --number 99', 'SETTING_UNKNOWN'],
  ['lift --number one', 'SETTING_UNKNOWN'],
])('%s is refused with %s, and nothing is written down', async (line, expected) => {
  const before = (await bench.rows('select 1 from delivery_record')).length;
  const refusal = await staff(line).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(SettingRefusal);
  expect(refusal).toMatchObject({ code: expected });
  expect(await bench.rows('select 1 from municipal_setting')).toEqual([]);
  expect((await bench.rows('select 1 from delivery_record')).length).toBe(before);
});

test('what was lifted is lifted: a second lift is refused, unless it comes earlier', async () => {
  await staff(`set --setting copies-max --kind ${kind} --value 1`);
  await staff('lift --number 1 --from 2026-11-30');
  expect((await menu())?.copiesMax).toBe(1);
  await staff('lift --number 1');
  expect((await menu())?.copiesMax).toBe(5);
  expect(await code(staff('lift --number 1'))).toBe('SETTING_LIFTED');
  expect(NOON.getTime()).toBe(bench.clock.now.getTime());
});

test('two members of staff at once get two numbers', async () => {
  const lines = ['1', '2', '3'].map((value) => staff(`set --setting copies-max --kind ${kind} --value ${value}`));
  const answers = (await Promise.all(lines)).flat().sort();
  expect(answers).toEqual(['set under number 1', 'set under number 2', 'set under number 3']);
});
