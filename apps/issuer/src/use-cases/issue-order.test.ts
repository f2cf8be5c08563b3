import { createPublicKey } from 'node:crypto';
import { digestOf, readBindingRecord, selectionDigest, subjectRef } from '@machikado/pki';
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { Deadline } from '@machikado/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality, Ports } from '../ports.ts';
import { fakePdf } from '../testing/fake-forms.ts';
import { type Bench, createBench, MUTEKI, municipalityOf, NOON, settingsOf, YUNAGI } from '../testing/issuer-bench.ts';
import { household, person } from '../testing/people.ts';
import { issueOrder } from './issue-order.ts';
import { listOffers } from './list-offers.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.clock.now = NOON;
  for (const lgCode of [YUNAGI, MUTEKI]) bench.towns.set(lgCode, municipalityOf(lgCode));
  await bench.database.ownerDb.query(`update m${YUNAGI}.suspension set released_at = now()`);
});

const issue = (order: Parameters<typeof issueOrder>[0], change: Partial<Ports> = {}) =>
  issueOrder(order, bench.deadline(), { ...bench.ports, ...change });
const code = (error: unknown) => (error as { code?: string }).code;
const refusal = (work: Promise<unknown>) => work.then(() => 'issued', code);
const numbersOf = (orderId: string) =>
  bench.rows<{ state: string; test: boolean }>(
    `select state, test from issue_number where order_id = '${orderId}' order by copy`,
  );
const recordOf = (orderId: string) =>
  bench.rows<{ event: string; body: string }>(
    `select event, body from delivery_record where (body::jsonb) ->> 'orderId' = '${orderId}' order by n`,
  );
/** A deadline that passes when the test says so. */
function deadlineByHand() {
  let pass = () => {};
  const timers = {
    after(_: number, callback: () => void) {
      pass = callback;
      return () => {};
    },
  };
  const deadline = Deadline.after(20_000, { monotonic: { nowMs: () => 0 }, timers });
  return { deadline, pass: () => pass() };
}
const isSuspended = async () => (await bench.rows('select 1 from suspension where released_at is null')).length > 0;

describe('an order', () => {
  test('brings each copy with its own number and a binding record that fits order, resident and bytes', async () => {
    const { card, record } = await bench.addHousehold([{ name: '夕凪 太郎' }, { name: '夕凪 花子' }]);
    const order = bench.orderFor(card, record, { test: true, selection: { copies: 2 } });
    const issued = await issue(order);
    const town = bench.towns.get(YUNAGI) as Municipality;
    const keys = new Map([[town.keys.signing.kid, createPublicKey(town.keys.signing.privateKey)]]);
    const records = await Promise.all(issued.copies.map((copy) => readBindingRecord(copy.bindingRecord, keys)));
    expect(records.map((r) => r.copy)).toEqual([1, 2]);
    expect(new Set(records.map((r) => r.issueNumber)).size).toBe(2);
    records.forEach((r, i) => {
      expect(r).toMatchObject({
        orderId: order.orderId,
        lgCode: YUNAGI,
        feeYen: 200,
        recordVersion: record.version,
        selectionDigest: selectionDigest(order.orderId, order.selection),
        subjectRef: subjectRef(town.keys.bindingKey, order.orderId, {
          anchorFingerprint: card.anchor,
          serial: card.serial,
        }),
        pdfDigest: digestOf(Buffer.from(issued.copies[i]?.pdf ?? '', 'base64')),
      });
      expect(r.nameBoxes).toHaveLength(2);
    });
    expect(await numbersOf(order.orderId)).toEqual([
      { state: 'issued', test: true },
      { state: 'issued', test: true },
    ]);
    expect((await recordOf(order.orderId)).map((entry) => entry.event)).toEqual([
      'certificate-issued',
      'certificate-issued',
    ]);
  });

  test('that comes again is dead, and what it had issued is cancelled for good', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const order = bench.orderFor(card, record);
    await issue(order);
    expect(await refusal(issue(order))).toBe('ORDER_DEAD');
    expect((await numbersOf(order.orderId)).map((n) => n.state)).toEqual(['cancelled']);
    expect(await refusal(issue(order))).toBe('ORDER_DEAD');
    expect((await numbersOf(order.orderId)).map((n) => n.state)).toEqual(['cancelled']);
  });

  test('that two servers get at once is issued by one of them at most, and leaves no live number when both failed', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    for (let i = 0; i < 4; i += 1) {
      const order = bench.orderFor(card, record);
      const answers = await Promise.all([refusal(issue(order)), refusal(issue(order))]);
      expect(answers.filter((answer) => answer === 'issued').length).toBeLessThanOrEqual(1);
      expect(answers).toContain('ORDER_DEAD');
      expect((await numbersOf(order.orderId)).filter((n) => n.state === 'issued')).toEqual([]);
    }
  });

  test('whose deadline passes in the typesetter is over at once and has issued nothing', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const { deadline, pass } = deadlineByHand();
    const typeset = () => {
      pass();
      return new Promise<never>(() => {});
    };
    const order = bench.orderFor(card, record);
    const forms = { ...bench.ports.forms, typeset };
    expect(await refusal(issueOrder(order, deadline, { ...bench.ports, forms }))).toBe('DEADLINE_PASSED');
    expect(await numbersOf(order.orderId)).toEqual([]);
  });

  test('whose deadline passes in the very moment of issuing has its numbers cancelled', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const { deadline, pass } = deadlineByHand();
    const order = bench.orderFor(card, record, { selection: { copies: 2 } });
    const store: Ports['store'] = {
      async inMunicipality(lgCode, work) {
        const result = await bench.ports.store.inMunicipality(lgCode, work);
        if ((await numbersOf(order.orderId)).length > 0) pass();
        return result;
      },
    };
    expect(await refusal(issueOrder(order, deadline, { ...bench.ports, store }))).toBe('DEADLINE_PASSED');
    expect((await numbersOf(order.orderId)).map((n) => n.state)).toEqual(['cancelled', 'cancelled']);
    expect((await recordOf(order.orderId)).map((entry) => entry.event)).toEqual([
      ...['certificate-issued', 'certificate-issued', 'order-given-up', 'copy-cancelled', 'copy-cancelled'],
    ]);
  });

  test('is begun in the last minute or not at all; what was begun may finish', async () => {
    bench.clock.now = new Date('2026-11-20T13:59:59.999Z');
    const { card, record } = await bench.addHousehold([{}]);
    const closing: Ports['registry'] = {
      ...bench.ports.registry,
      readRecord: (question, deadline) => {
        bench.clock.now = new Date('2026-11-20T14:00:30.000Z');
        return bench.ports.registry.readRecord(question, deadline);
      },
    };
    expect(await refusal(issue(bench.orderFor(card, record), { registry: closing }))).toBe('issued');
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('SERVICE_CLOSED');
  });

  test('is refused at hours that the municipality closed for this kind', async () => {
    const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
    const rulesByKind = { 'resident-record': [{ days: [...weekdays], from: '08:30', to: '17:00' }] };
    bench.towns.set(YUNAGI, { ...municipalityOf(YUNAGI), settings: settingsOf(YUNAGI, { hours: { rulesByKind } }) });
    const { card, record } = await bench.addHousehold([{}]);
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('issued');
    bench.clock.now = new Date('2026-11-20T08:00:00.000Z');
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('SERVICE_CLOSED');
  });

  test('costs what the tariff says on that day in Japan', async () => {
    bench.clock.now = new Date('2026-11-30T13:00:00.000Z');
    const { card, record } = await bench.addHousehold([{}]);
    expect(await refusal(issue(bench.orderFor(card, record, { selection: { feeYen: 300 } })))).toBe('FEE_CHANGED');
    expect(await refusal(issue(bench.orderFor(card, record, { selection: { feeYen: 200 } })))).toBe('issued');
    bench.clock.now = new Date('2026-12-01T00:00:00.000Z');
    expect(await refusal(issue(bench.orderFor(card, record, { selection: { feeYen: 200 } })))).toBe('FEE_CHANGED');
    expect(await refusal(issue(bench.orderFor(card, record, { selection: { feeYen: 300 } })))).toBe('issued');
  });

  test('for what is not on the menu is refused', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    expect(await refusal(issue(bench.orderFor(card, record, { selection: { copies: 6 } })))).toBe('KIND_NOT_OFFERED');
  });
});

describe('who asks', () => {
  test('is found out by the issuer itself: a proof for another center or session, or a revoked cert, gets nothing', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const sessionId = 'ab'.repeat(16);
    const now = NOON;
    const proofs = [
      bench.logins.prove({ card, sessionId, now, centerId: 'elsewhere' }),
      bench.logins.prove({ card, sessionId: 'cd'.repeat(16), now }),
      bench.logins.prove({ card, sessionId, now, status: { status: 'revoked', at: now } }),
      bench.logins.prove({ card, sessionId, now: new Date(NOON.getTime() - 3_600_000) }),
    ];
    for (const proof of proofs) {
      const order = bench.orderFor(card, record, { sessionId, proof });
      expect(await refusal(issue(order))).toBe('PROOF_REFUSED');
      expect(await bench.rows(`select 1 from issue_order where order_id = '${order.orderId}'`)).toEqual([]);
    }
  });

  test('is not registered in this town: another town of the same server knows nothing of them', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    await bench.register(await bench.logins.makeCard('7777'), 'somebody', MUTEKI);
    const elsewhere = bench.orderFor(card, { ...record, lgCode: MUTEKI });
    expect(await refusal(issue(elsewhere))).toBe('NOT_REGISTERED');
    expect(await refusal(issue(bench.orderFor(card, { ...record, lgCode: MUTEKI }, { lgCode: '131016' })))).toBe(
      'MUNICIPALITY_NOT_PARTICIPATING',
    );
  });

  test('cannot play one proof again without end, nor mix two proofs in one session', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const sessionId = 'ef'.repeat(16);
    const again = bench.orderFor(card, record, { sessionId });
    const orders = ['1', '2', '3', '4', '5'].map((digit) => ({ ...again, orderId: digit.repeat(32) }));
    const answers: unknown[] = [];
    for (const order of orders) answers.push(await refusal(issue(order)));
    expect(answers).toEqual(['issued', 'issued', 'issued', 'issued', 'PROOF_REFUSED']);
    bench.clock.now = new Date(NOON.getTime() + 1000);
    const other = bench.orderFor(card, record, { sessionId: again.sessionId });
    expect(await refusal(issue(other))).toBe('PROOF_REFUSED');
  });

  test('is not believed when the feed is stale', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    bench.clock.now = new Date('2026-11-21T11:00:00.000Z');
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('REGISTRY_UNAVAILABLE');
  });
});

describe('who is protected', () => {
  const outwardly = async (members: Partial<RegistryPerson>[]) => {
    const { card, record } = await bench.addHousehold(members);
    const order = bench.orderFor(card, record);
    bench.calls.length = 0;
    const answer = await issue(order).catch((error: unknown) => error);
    const entries = await recordOf(order.orderId);
    return { answer, calls: bench.calls.join(' '), entries };
  };

  test('cannot be told from who has a rare letter in the name: same code, same words, same calls in the same order', async () => {
    const results: Awaited<ReturnType<typeof outwardly>>[] = [];
    const households: Partial<RegistryPerson>[][] = [
      [{ name: '夕凪 〓' }, {}],
      [{ name: '長'.repeat(61) }, {}],
      [{ protection: 'active' }, {}],
      [{}, { protection: 'active' }],
      [{}, { protection: 'joint' }],
      [{}, { protection: 'provisional' }],
    ];
    for (const members of households) results.push(await outwardly(members));
    expect(new Set(results.map(({ answer }) => code(answer)))).toEqual(new Set(['USE_COUNTER']));
    expect(new Set(results.map(({ answer }) => String(answer))).size).toBe(1);
    expect(new Set(results.map(({ calls }) => calls)).size).toBe(1);
  });

  test('is named as such only in the municipality’s own record', async () => {
    const { answer, entries } = await outwardly([{ protection: 'active', inProcess: true }]);
    expect(JSON.stringify(answer)).not.toContain('protection');
    expect(String(answer)).not.toMatch(/protection|支援/);
    const refused = entries.find((entry) => entry.event === 'issue-refused');
    expect(JSON.parse(refused?.body ?? '{}').reasons).toEqual(['protection-self', 'in-process']);
    expect(bench.logLines.join('')).not.toContain('protection');
  });

  test('sees the same offers as everybody (refusals come with the order only)', async () => {
    const menus: unknown[] = [];
    for (const protection of ['none', 'active'] as const) {
      const { card, record } = await bench.addHousehold([{ protection }]);
      const { sessionId, lgCode, proof } = bench.orderFor(card, record);
      bench.calls.length = 0;
      const answer = await listOffers({ sessionId, lgCode, proof }, bench.deadline(), bench.ports);
      // References are drawn for each session: all are of one length.
      const menu = JSON.stringify(answer).replace(/"[0-9a-f]{32}"/g, '"#"');
      menus.push({ menu, bytes: JSON.stringify(answer).length, calls: [...bench.calls] });
    }
    expect(menus[1]).toEqual(menus[0]);
  });
});

describe('a mix-up', () => {
  const stranger = household([person({ residentId: 'stranger', name: '霧笛 次郎' })]);
  const registryGives = (...answers: RegistryRecord[]): Partial<Ports> => {
    let asked = 0;
    return {
      registry: {
        ...bench.ports.registry,
        readRecord: async () => answers[Math.min(asked++, answers.length - 1)] as RegistryRecord,
      },
    };
  };

  async function expectSuspended(order: Parameters<typeof issueOrder>[0], change: Partial<Ports>) {
    expect(await refusal(issue(order, change))).toBe('INSPECTION_FAILED');
    expect(await numbersOf(order.orderId)).toEqual([]);
    expect(await isSuspended()).toBe(true);
    expect(await refusal(issue(order))).toBe('ORDER_DEAD');
  }

  test('by a registry that answers about another person stops the kind', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    await expectSuspended(bench.orderFor(card, record), registryGives(stranger));
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('MUNICIPALITY_SUSPENDED');
  });

  test('by a registry that answers about another town stops the kind', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    await expectSuspended(bench.orderFor(card, record), registryGives({ ...record, lgCode: MUTEKI }));
  });

  test('by two contents under one version stops the kind', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    await expectSuspended(bench.orderFor(card, record), registryGives(record, { ...record, address: 'elsewhere' }));
  });

  test('stops also the order that was being typeset meanwhile, and for good', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const other = await bench.addHousehold([{}]);
    const forms: Ports['forms'] = {
      ...bench.ports.forms,
      missingGlyphs: () => [],
      findingsOn: bench.ports.forms.findingsOn,
      typeset: async (content, deadline) => {
        await expectSuspended(bench.orderFor(other.card, other.record), registryGives(stranger));
        return bench.ports.forms.typeset(content, deadline);
      },
    };
    const order = bench.orderFor(card, record);
    expect(await refusal(issue(order, { forms }))).toBe('MUNICIPALITY_SUSPENDED');
    expect(await numbersOf(order.orderId)).toEqual([]);
    expect((await recordOf(order.orderId)).map((entry) => entry.event)).toEqual(['order-given-up']);
    expect(await refusal(issue(order))).toBe('ORDER_DEAD');
  });

  test('by a changed record is no mix-up: it is refused, and the next order is served', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const changed = registryGives(record, { ...record, version: 'v2' });
    expect(await refusal(issue(bench.orderFor(card, record), changed))).toBe('RECORD_CHANGED');
    expect(await refusal(issue(bench.orderFor(card, record)))).toBe('issued');
  });

  test('by swapped pages stops the kind: the paper of one order in the reply of another', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const forms: Ports['forms'] = {
      ...bench.ports.forms,
      missingGlyphs: () => [],
      findingsOn: bench.ports.forms.findingsOn,
      typeset: async (content, deadline) => ({
        ...(await bench.ports.forms.typeset(content, deadline)),
        pdf: fakePdf({ reference: '0'.repeat(16), number: content.issueNumber, names: ['霧笛 次郎'] }),
      }),
    };
    await expectSuspended(bench.orderFor(card, record), { forms });
  });

  test('by name boxes that point at somebody else stops the kind even when the page is right', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    const forms: Ports['forms'] = {
      ...bench.ports.forms,
      missingGlyphs: () => [],
      findingsOn: () => [],
      typeset: async (content, deadline) => {
        const typeset = await bench.ports.forms.typeset(content, deadline);
        return { ...typeset, nameBoxes: typeset.nameBoxes.map((box) => ({ ...box, name: '霧笛 次郎' })) };
      },
    };
    await expectSuspended(bench.orderFor(card, record), { forms });
  });

  test('in one town stops nothing in another', async () => {
    const { card, record } = await bench.addHousehold([{}]);
    await expectSuspended(bench.orderFor(card, record), registryGives(stranger));
    const there = await bench.addHousehold([{}], MUTEKI);
    expect(await refusal(issue(bench.orderFor(there.card, there.record)))).toBe('issued');
  });
});

test('no log line ever holds a name', () => {
  expect(bench.logLines.join('')).not.toMatch(/[^\x20-\x7e\n]/);
});
