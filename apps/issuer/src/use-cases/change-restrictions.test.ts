import { openDatabase } from '@machikado/database';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostgresStore } from '../adapters/postgres-store.ts';
import type { Municipality, Ports } from '../ports.ts';
import { parseStaffLine, runStaffCommand } from '../staff/run-staff-command.ts';
import { putLines } from '../store/book-lines.ts';
import { type Bench, createBench, MUTEKI, municipalityOf, YUNAGI } from '../testing/issuer-bench.ts';
import { kosekiMember, kosekiOf } from '../testing/people.ts';
import { issueOrder } from './issue-order.ts';
import { listOffers } from './list-offers.ts';
import { verifyRecord } from './look-up-record.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.towns.set(YUNAGI, municipalityOf(YUNAGI));
  for (const lgCode of [YUNAGI, MUTEKI])
    await bench.database.ownerDb.query(`truncate m${lgCode}.restriction, m${lgCode}.delivery_record restart identity`);
});

/** As on the command line. */
const staff = (line: string, { lgCode = YUNAGI, ports = bench.ports } = {}) =>
  runStaffCommand(
    parseStaffLine([...line.split(' '), '--lg-code', lgCode, '--staff', 'clerk', '--reason', '窓口の申出']),
    ports,
  );
type Household = Awaited<ReturnType<Bench['addHousehold']>>;
type Change = Parameters<Bench['orderFor']>[2];
const order = ({ card, record }: Household, ports: Ports = bench.ports, change: Change = {}) =>
  issueOrder(bench.orderFor(card, record, change), bench.deadline(), ports).then(
    () => 'issued',
    (error: { code?: string }) => error.code,
  );
const idOf = ({ record }: Household, i = 0) => record.members[i]?.residentId ?? '';
const entries = async (event: string) =>
  (await bench.rows<{ body: string }>(`select body from delivery_record where event = '${event}' order by n`)).map(
    ({ body }) => JSON.parse(body),
  );
/** What happens while the copies are typeset. */
const whileTypesetting = (work: () => Promise<unknown>): Ports => ({
  ...bench.ports,
  forms: {
    ...bench.ports.forms,
    missingGlyphs: () => [],
    findingsOn: bench.ports.forms.findingsOn,
    async typeset(...given) {
      await work();
      return bench.ports.forms.typeset(...given);
    },
  },
});

describe('a restriction of staff', () => {
  test('counts from the next order on, for the person and for everybody who lives with them, until it is lifted', async () => {
    const [alone, family] = [await bench.addHousehold([{}]), await bench.addHousehold([{}, {}])];
    expect([await order(alone), await order(family)]).toEqual(['issued', 'issued']);
    await staff(`restrict --resident ${idOf(alone)}`);
    await staff(`restrict --resident ${idOf(family, 1)}`);
    expect([await order(alone), await order(family)]).toEqual(['USE_COUNTER', 'USE_COUNTER']);
    expect((await entries('issue-refused')).map(({ reasons }) => reasons)).toEqual([
      ['protection-self'],
      ['protection-household'],
    ]);
    expect(await staff('lift-restriction --number 1')).toEqual(['lifted']);
    expect([await order(alone), await order(family)]).toEqual(['issued', 'USE_COUNTER']);
    await staff('lift-restriction --number 2');
    expect(await order(family)).toBe('issued');
  });

  test('counts where the 戸籍 names the person, and not where they have left the household', async () => {
    const kind = { scopes: ['household' as const], items: [], copiesMax: 1 };
    const { settings } = municipalityOf(YUNAGI);
    bench.towns.set(YUNAGI, {
      ...(bench.towns.get(YUNAGI) as Municipality),
      settings: {
        ...settings,
        kinds: { ...settings.kinds, 'koseki-full': kind },
        tariff: { ...settings.tariff, 'koseki-full': [{ from: '2020-04-01', value: 450 }] },
      },
    });
    const family = await bench.addHousehold([{}, { status: 'left' }]);
    const [self, left] = [idOf(family), idOf(family, 1)];
    const members = [self, left, 'elsewhere-1'].map((residentId, i) => kosekiMember({ residentId, order: i + 1 }));
    const record = { ...family.record, koseki: kosekiOf(members) };
    bench.households.set(self, record);
    const koseki = async () => {
      const { sessionId, lgCode, proof } = bench.orderFor(family.card, record);
      const offers = await listOffers({ sessionId, lgCode, proof }, bench.deadline(), bench.ports);
      const personRefs = offers.offers.find((offer) => offer.kind === 'koseki-full')?.personRefs ?? [];
      const selection = { kind: 'koseki-full' as const, personRefs, feeYen: 450 };
      return order({ card: family.card, record }, bench.ports, { sessionId, proof, selection });
    };
    const present = { ...record, members: record.members.slice(0, 1) };
    const residentRecord = () => order({ card: family.card, record: present });
    expect([await koseki(), await residentRecord()]).toEqual(['issued', 'issued']);
    await staff('restrict --resident elsewhere-1');
    expect([await koseki(), await residentRecord()]).toEqual(['USE_COUNTER', 'issued']);
    await staff('lift-restriction --number 1');
    await staff(`restrict --resident ${left}`);
    expect([await koseki(), await residentRecord()]).toEqual(['USE_COUNTER', 'issued']);
  });

  test('cannot be told from a protection of the registry: same code, same words, same calls, same lines of the log', async () => {
    const outwardly = async (household: Household) => {
      bench.calls.length = 0;
      bench.logLines.length = 0;
      const asked = bench.orderFor(household.card, household.record);
      const answer = await issueOrder(asked, bench.deadline(), bench.ports).catch(String);
      return { answer, calls: [...bench.calls], log: [...bench.logLines] };
    };
    const byRegistry = await outwardly(await bench.addHousehold([{ protection: 'active' }, {}]));
    const seen: unknown[] = [];
    for (const i of [0, 1]) {
      const household = await bench.addHousehold([{}, {}]);
      await staff(`restrict --resident ${idOf(household, i)}`);
      seen.push(await outwardly(household));
    }
    expect(byRegistry.answer).toContain('USE_COUNTER');
    expect(seen).toEqual([byRegistry, byRegistry]);
  });

  test('is seen at once by another process on the same database', async () => {
    const other = openDatabase(bench.database.url, { max: 1 });
    try {
      const there = { ...bench.ports, store: createPostgresStore(other) };
      const household = await bench.addHousehold([{}]);
      expect(await order(household, there)).toBe('issued');
      await staff(`restrict --resident ${idOf(household)}`);
      expect(await order(household, there)).toBe('USE_COUNTER');
      await staff('lift-restriction --number 1', { ports: there });
      expect(await order(household)).toBe('issued');
    } finally {
      await other.close();
    }
  });

  test('stops also the order that is being typeset, and no kind: it is no mismatch', async () => {
    for (const i of [0, 1]) {
      const household = await bench.addHousehold([{}, {}]);
      const ports = whileTypesetting(() => staff(`restrict --resident ${idOf(household, i)}`));
      expect(await order(household, ports)).toBe('RECORD_CHANGED');
      expect(await order(household)).toBe('USE_COUNTER');
    }
    expect(await entries('certificate-issued')).toEqual([]);
    expect(await bench.rows('select 1 from suspension')).toEqual([]);
  });

  test('stands before an issue in the 交付記録, and then nothing is issued, or behind it', async () => {
    const household = await bench.addHousehold([{}]);
    const asked = bench.orderFor(household.card, household.record);
    let isIssuing = false;
    const store: Ports['store'] = {
      inMunicipality: (lgCode, work) =>
        bench.ports.store.inMunicipality(lgCode, (tx) =>
          work({
            ...tx,
            run: (text, params) => {
              isIssuing ||= text.includes('into issue_number');
              return tx.run(text, params);
            },
            async query(text, params) {
              // The last moment before the issue has its place in the record.
              if (isIssuing && text.includes('advisory')) {
                isIssuing = false;
                await staff(`restrict --resident ${idOf(household)}`);
              }
              return tx.query(text, params);
            },
          }),
        ),
    };
    const answer = issueOrder(asked, bench.deadline(), { ...bench.ports, store });
    await expect(answer).rejects.toMatchObject({ code: 'RECORD_CHANGED' });
    expect(await bench.rows(`select 1 from issue_number where order_id = '${asked.orderId}'`)).toEqual([]);
    expect(await entries('restriction-set')).toHaveLength(1);
    expect(await entries('certificate-issued')).toEqual([]);
  });

  test('of nobody on the record or around it, set or lifted meanwhile, stops no order', async () => {
    const household = await bench.addHousehold([{}, { status: 'left' }]);
    const present = { ...household, record: { ...household.record, members: household.record.members.slice(0, 1) } };
    await staff(`restrict --resident ${idOf(household, 1)}`);
    const lifting = whileTypesetting(() => staff('lift-restriction --number 1'));
    expect(await order(present, lifting)).toBe('issued');
    const setting = whileTypesetting(() => staff(`restrict --resident ${idOf(household, 1)}`));
    expect(await order(present, setting)).toBe('issued');
  });

  test('of one municipality says nothing about the same number in another', async () => {
    const household = await bench.addHousehold([{}]);
    await staff(`restrict --resident ${idOf(household)}`, { lgCode: MUTEKI });
    expect(await order(household)).toBe('issued');
  });

  test('ends with its own lift alone: two of one person are two', async () => {
    const household = await bench.addHousehold([{}]);
    for (const number of [1, 2])
      expect((await staff(`restrict --resident ${idOf(household)}`))[0]).toBe(`restricted under number ${number}`);
    await staff('lift-restriction --number 2');
    expect(await order(household)).toBe('USE_COUNTER');
    await staff('lift-restriction --number 1');
    expect(await order(household)).toBe('issued');
  });
});

describe('what staff do', () => {
  test('is recorded with name and reason, and so is every look at the list', async () => {
    const who = { staff: 'clerk', reason: '窓口の申出' };
    await staff('restrict --resident r-7');
    await staff('restrict --resident r-8');
    await staff('lift-restriction --number 1');
    expect(await staff('list-restrictions')).toEqual([
      `2 resident r-8 since ${bench.clock.now.toISOString()}, clerk: 窓口の申出`,
    ]);
    expect(await entries('restriction-set')).toEqual([
      { ...who, number: 1, residentId: 'r-7' },
      { ...who, number: 2, residentId: 'r-8' },
    ]);
    expect(await entries('restriction-lifted')).toEqual([{ ...who, number: 1, residentId: 'r-7' }]);
    expect(await entries('restrictions-listed')).toEqual([who]);
    const lifted = await bench.rows(`select lifted_by, lift_reason from restriction where lifted_at is not null`);
    expect(lifted).toEqual([{ lifted_by: 'clerk', lift_reason: '窓口の申出' }]);
    const town = bench.towns.get(YUNAGI) as Municipality;
    expect(await verifyRecord(town, bench.ports)).toMatchObject({ kind: 'whole', entries: 4 });
    expect(bench.logLines.join('')).not.toMatch(/窓口|r-7|r-8/);
  });

  test('with an id that the book of residents does not know counts, and they are told to look again', async () => {
    const line = { id: 'r-7', version: 1, state: 'present', residentId: 'r-7' } as const;
    await bench.ports.store.inMunicipality(YUNAGI, (tx) => putLines(tx, 'residents', [line]));
    expect(await staff('restrict --resident r-7')).toEqual(['restricted under number 1']);
    expect(await staff('restrict --resident r-77')).toEqual([
      'restricted under number 2',
      'the book of residents does not know this id: look at it once more',
    ]);
  });

  test.each([
    ['restrict', '--resident is missing'],
    ['restrict --resident 夕凪太郎', '--resident: no 宛名番号'],
    ['lift-restriction --number 9', '--number: no restriction in force has it'],
    ['lift-restriction --number 1', '--number: no restriction in force has it'],
    ['lift-restriction --number one', '--number: no restriction in force has it'],
    ['lift-restriction --number 99999999999999999999', '--number: no restriction in force has it'],
  ])('wrongly changes nothing: %s', async (line, complaint) => {
    await staff('restrict --resident r-7');
    await staff('lift-restriction --number 1');
    const before = await bench.rows('select * from delivery_record');
    await expect(staff(line)).rejects.toThrow(complaint);
    expect(await bench.rows('select * from delivery_record')).toEqual(before);
    expect(await bench.rows('select * from restriction where lifted_at is null')).toEqual([]);
  });
});
