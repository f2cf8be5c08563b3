/**
 * One town, read through its API and out of its files: whichever way a municipality chooses, the issuing server asks the same
 * questions and gets the same promises.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegistryRecord, registryEndpoints } from '@machikado/protocol';
import { createClient, createLog, createServer } from '@machikado/server';
import { issueServicePki } from '@machikado/testkit';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality, Ports, Registry } from '../ports.ts';
import { type Bench, createBench, MUTEKI, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { historyMember, historyOf, kosekiMember, kosekiOf, person, sealOf, taxOf } from '../testing/people.ts';
import { writeRegistryFiles } from '../testing/registry-files.ts';
import { ANCHOR, type SourcePerson, type SourceTown, sourceTown } from '../testing/source-town.ts';
import { liftRestriction, restrictPerson } from '../use-cases/change-restrictions.ts';
import { importRegistry } from '../use-cases/import-registry.ts';
import { issueOrder } from '../use-cases/issue-order.ts';
import { keepBooks } from '../use-cases/keep-books.ts';
import { createFileRegistry } from './file-registry.ts';
import { createRegistryClient } from './registry-client.ts';
import { createTownRegistry } from './town-registry.ts';

const EVERYTHING = { sections: ['seal', 'tax', 'koseki', 'address-history'], fiscalYear: 2026 } as const;
const PNG = Buffer.from('an imprint').toString('base64');

let bench: Bench;
let town: Municipality;
let folder: string;
let source: SourceTown;
let overWire: Registry;
let cards = 100;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
  folder = mkdtempSync(path.join(tmpdir(), 'registry-'));
  overWire = await openWire();
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await bench.close();
  rmSync(folder, { recursive: true });
});

/** The API as it is reached in service: mutual TLS, pinned key, schemas on both sides. */
async function openWire(): Promise<Registry> {
  const pki = await issueServicePki(path.join(folder, 'tls'), ['issuer', 'registry']);
  const log = createLog({ service: 'registry', level: 'silent' });
  const identify = () => ({ kind: 'municipality', id: YUNAGI }) as const;
  const server = createServer({ service: 'registry', log, tls: pki.peer('registry'), identify })
    .on(registryEndpoints.readRecord, ({ body, deadline }) => source.api.readRecord(body, deadline))
    .on(registryEndpoints.readFeed, ({ body }) => source.api.readFeed(body))
    .on(registryEndpoints.readStatusDigest, ({ body }) => source.api.readStatusDigest(body));
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  const serverPins = [pki.peer('registry').pin];
  const client = createClient({ baseUrl: `https://127.0.0.1:${port}`, tls: pki.peer('issuer'), serverPins });
  closers.push(
    () => server.close(),
    () => client.close(),
  );
  return createRegistryClient(new Map([[YUNAGI, client]]));
}

beforeEach(async () => {
  bench.clock.now = NOON;
  const tables = [
    ...['registration_event', 'registration', 'directory_outbox', 'book_line', 'delivery_record'],
    ...['registry_row', 'registry_event', 'registry_import', 'restriction'],
  ];
  await bench.database.ownerDb.query(`truncate ${tables.map((table) => `m${YUNAGI}.${table}`).join(', ')}`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.feed set seq = 0, run = 0, followed_at = null, run_at = null`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.book set reconciled_at = null, differs = false`);
  source = sourceTown(YUNAGI, () => bench.clock.now);
  fill(source);
});

/** A family, a foreign resident with 通称, and somebody who has only the 本籍 here. */
function fill({ people, addresses, domicileOnly, seals, taxes, kosekis, histories }: SourceTown): void {
  const add = (householdId: string, more: Partial<SourcePerson>) => {
    const one = { ...person(), householdId, version: 1, ...more };
    people.set(one.residentId, one);
  };
  addresses.set('h1', '架空県夕凪市港町一丁目2番3号　汐見荘101');
  addresses.set('h2', '架空県夕凪市浜町4番5号');
  add('h1', { residentId: 'r1', order: 1, name: '葛󠄁城 太郎', formerName: '邉󠄂見', formerNameKana: 'ヘンミ' });
  add('h1', { residentId: 'r2', order: 2, name: '葛󠄁城 花子', relationship: '妻', sex: 'female', nameKana: null });
  const foreign = {
    ...{ nationality: '架空国', category: '中長期在留者', residenceStatus: '技術・人文知識・国際業務' },
    ...{ periodOfStay: '3年', periodEndsOn: { year: 2027, month: 3, day: 31 }, cardNumber: 'AB12345678CD' },
  };
  add('h2', {
    ...{ residentId: 'r3', name: 'SAMPLE "ANNE", MARIE', commonName: '浜 安奈', nationalityKind: 'foreign', foreign },
    ...{ registeredDomicile: null, birth: { year: 1988, month: null, day: null }, status: 'leaving', inProcess: true },
  });
  domicileOnly.add('r9');
  seals.push({
    ...sealOf({ registrationId: 's1', imprint: { png: PNG, widthMm: 12.5, heightMm: 12.5 } }),
    residentId: 'r1',
  });
  taxes.push({ residentId: 'r1', ledger: taxOf() }, { residentId: 'r1', ledger: taxOf({ fiscalYear: 2025 }) });
  const events = [{ title: '婚姻', items: [{ label: '【婚姻日】', value: '平成22年4月1日' }] }];
  const book = [
    kosekiMember({ events }),
    kosekiMember({ residentId: 'r9', order: 2, name: '花子', spouseOf: 'wife', status: 'removed' }),
  ];
  kosekis.push(kosekiOf(book, { events }));
  histories.push(historyOf([historyMember(), historyMember({ residentId: 'r9', order: 2, name: '葛󠄁城 花子' })]));
}

/** Like the night in which a vendor’s job writes the files. */
async function importFiles() {
  const dir = path.join(folder, 'files');
  writeRegistryFiles(dir, YUNAGI, source.files());
  const report = await importRegistry({ dir, dryRun: false, acceptEndings: false }, town, bench.ports);
  expect(report.rejections).toEqual([]);
}
const ways = {
  'by its API': { open: () => overWire, night: async () => {} },
  'by its files': {
    open: () => createFileRegistry(bench.ports.store, bench.ports.municipalities),
    night: importFiles,
  },
};
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error) => error.code,
  );
const ask = (registry: Registry, residentId: string, more: object = {}) =>
  registry.readRecord({ lgCode: YUNAGI, residentId, ...more }, bench.deadline());
function contentOf({ version: _, readAt: __, ...content }: RegistryRecord) {
  return content;
}

describe.each(Object.entries(ways))('a town read %s', (_, { open, night }) => {
  const registry = () => open();
  const follow = async () => {
    await night();
    expect(await keepBooks(town, { ...bench.ports, registry: registry() })).toBe('kept');
  };
  const states = async () =>
    (
      await bench.rows<{ one: string }>(
        `select serial || ' ' || role || ' ' || coalesce(ended_by, state) as one from registration order by serial`,
      )
    ).map(({ one }) => one);
  const sealLines = async () =>
    (
      await bench.rows<{ one: string }>(
        `select id || ' ' || state as one from book_line where book = 'seals' order by id`,
      )
    ).map(({ one }) => one);
  const certOf = (
    residentId: string,
    serial: string,
    role: 'residence' | 'registered-domicile' = 'residence',
    at = '2026-11-01T00:00:00Z',
  ) => {
    source.certs.push({ residentId, serial, role, at, withdrawn: false });
    source.tell({ type: 'cert-registered', residentId, anchor: ANCHOR, serial, role, medium: 'card' }, at);
  };

  test('is what the town says, letter by letter, in the shape of the protocol', async () => {
    await night();
    for (const residentId of ['r1', 'r2', 'r3', 'r9']) {
      const record = await ask(registry(), residentId, EVERYTHING);
      const honest = await source.api.readRecord(
        { lgCode: YUNAGI, residentId, ...EVERYTHING, sections: [...EVERYTHING.sections] },
        bench.deadline(),
      );
      expect(contentOf(record)).toEqual(contentOf(honest));
      expect(Check(RegistryRecord, record)).toBe(true);
    }
  });

  test('has the sections that were asked for and no others', async () => {
    await night();
    const bare = await ask(registry(), 'r1');
    expect([bare.seal, bare.tax, bare.koseki, bare.addressHistory]).toEqual(Array(4).fill(undefined));
    const some = await ask(registry(), 'r2', { sections: ['seal', 'koseki'] });
    expect([some.seal, some.koseki, some.tax, some.addressHistory]).toEqual([null, null, undefined, undefined]);
    expect((await ask(registry(), 'r1', { sections: ['tax'], fiscalYear: 2020 })).tax).toBeNull();
  });

  test('keeps its version as long as nothing changes, and never answers under an old one', async () => {
    await night();
    const { version } = await ask(registry(), 'r1', EVERYTHING);
    expect((await ask(registry(), 'r1')).version).toBe(version);
    expect(await code(ask(registry(), 'r1', { version }))).toBe('answered');
    source.protections.set('r9', 'active');
    await night();
    expect(await code(ask(registry(), 'r1', { version }))).toBe('RECORD_CHANGED');
    expect((await ask(registry(), 'r1')).version).not.toBe(version);
    const other = await ask(registry(), 'r3');
    expect(await code(ask(registry(), 'r3', { version: other.version }))).toBe('answered');
  });

  test('knows nobody whom the town does not know', async () => {
    await night();
    expect(await code(ask(registry(), 'r404'))).toBe('NOT_REGISTERED');
  });

  test('shows a protection wherever the person stands', async () => {
    source.protections.set('r1', 'joint').set('r9', 'provisional');
    await night();
    const { members, koseki, addressHistory } = await ask(registry(), 'r1', EVERYTHING);
    expect(members.map(({ protection }) => protection)).toEqual(['joint', 'none']);
    expect(koseki?.members.map(({ protection }) => protection)).toEqual(['joint', 'provisional']);
    expect(addressHistory?.members.map(({ protection }) => protection)).toEqual(['joint', 'provisional']);
  });

  test('leads to the same 利用者登録', async () => {
    certOf('r1', '01');
    certOf('r2', '02');
    certOf('r3', '03');
    certOf('r9', '09', 'registered-domicile');
    await follow();
    const all = ['01 residence active', '02 residence active', '03 residence active'];
    expect(await states()).toEqual([...all, '09 registered-domicile active']);
    const leave = (residentId: string, status: 'left' | 'deceased') =>
      source.people.set(residentId, { ...(source.people.get(residentId) as SourcePerson), status, version: 2 });
    leave('r1', 'left');
    leave('r2', 'deceased');
    source.tell({ type: 'moved-out', residentId: 'r1' });
    source.tell({ type: 'died', residentId: 'r2' });
    source.certs.splice(2, 1, { ...(source.certs[2] as SourceTown['certs'][number]), withdrawn: true });
    source.tell({ type: 'cert-withdrawn', residentId: 'r3', anchor: ANCHOR, serial: '03' });
    bench.clock.now = new Date(NOON.getTime() + 3_600_000);
    await follow();
    expect(await states()).toEqual([
      ...['01 residence moved-out', '02 residence died', '03 residence withdrawn'],
      '09 registered-domicile active',
    ]);
  });

  test('leads to the same book of seals: 廃印 is for good, a new registration is a new id', async () => {
    await follow();
    expect(await sealLines()).toEqual(['s1 active']);
    const [first] = source.seals;
    const change = (state: 'suspended' | 'cancelled', registrationVersion: number) => {
      source.seals[0] = { ...(first as (typeof source.seals)[0]), state, registrationVersion };
      const about = { residentId: 'r1', registrationId: 's1', registrationVersion };
      source.tell({ type: state === 'suspended' ? 'seal-suspended' : 'seal-cancelled', ...about });
    };
    change('suspended', 2);
    await follow();
    expect(await sealLines()).toEqual(['s1 suspended']);
    change('cancelled', 3);
    const next = sealOf({ registrationId: 's2', imprint: { png: PNG, widthMm: 15, heightMm: 15 } });
    source.seals.push({ ...next, residentId: 'r1' });
    source.tell({ type: 'seal-registered', residentId: 'r1', registrationId: 's2', registrationVersion: 1 });
    await follow();
    expect(await sealLines()).toEqual(['s1 cancelled', 's2 active']);
    expect((await ask(registry(), 'r1', { sections: ['seal'] })).seal).toEqual(next);
  });

  test('is issued from, until what stands on the paper changes under way', async () => {
    await follow();
    cards += 1;
    const card = await bench.logins.makeCard(`0${cards}`);
    await bench.register(card, 'r1');
    const ports = { ...bench.ports, registry: registry() };
    const issue = async (change = {}) =>
      code(issueOrder(bench.orderFor(card, await ask(registry(), 'r1')), bench.deadline(), { ...ports, ...change }));
    expect(await issue()).toBe('answered');
    const forms: Ports['forms'] = {
      ...ports.forms,
      async typeset(...given) {
        const one = source.people.get('r2') as SourcePerson;
        source.people.set('r2', { ...one, version: one.version + 1, name: '葛󠄁城 はな' });
        await night();
        return ports.forms.typeset(...given);
      },
    };
    expect(await issue({ forms })).toBe('RECORD_CHANGED');
  });

  test('is not issued from while staff restrict a person, whatever the nights bring; then its own word counts', async () => {
    await follow();
    cards += 1;
    const card = await bench.logins.makeCard(`0${cards}`);
    await bench.register(card, 'r1');
    const ports = { ...bench.ports, registry: registry() };
    const issue = async () =>
      code(issueOrder(bench.orderFor(card, await ask(registry(), 'r1')), bench.deadline(), ports));
    const who = { staff: 'clerk', reason: 'asked at the counter' };
    const restrict = () => restrictPerson({ residentId: 'r2', ...who }, town, bench.ports);
    const first = await restrict();
    const answers = [await issue()];
    await follow();
    answers.push(await issue());
    await liftRestriction({ number: first.number, ...who }, town, bench.ports);
    answers.push(await issue());
    const second = await restrict();
    source.protections.set('r2', 'provisional');
    await follow();
    await liftRestriction({ number: second.number, ...who }, town, bench.ports);
    answers.push(await issue());
    expect([first.inBook, ...answers]).toEqual([true, 'USE_COUNTER', 'USE_COUNTER', 'answered', 'USE_COUNTER']);
    const entries = await bench.rows<{ event: string }>('select event from delivery_record');
    expect(entries.filter(({ event }) => event.startsWith('book'))).toEqual([]);
  });

  test('agrees with its own digests: a night without losses is a night without alarms', async () => {
    certOf('r1', '01');
    await follow();
    await follow();
    const entries = await bench.rows<{ event: string }>('select event from delivery_record');
    expect(entries.filter(({ event }) => event.startsWith('book'))).toEqual([]);
  });
});

test('each town is asked in its own way', async () => {
  const asked: string[] = [];
  const noting = (way: string): Registry => ({
    readRecord: async ({ lgCode }) => Promise.reject(asked.push(`${way} ${lgCode}`)),
    readFeed: async ({ lgCode }) => Promise.reject(asked.push(`${way} ${lgCode}`)),
    readStatusDigest: async ({ lgCode }) => Promise.reject(asked.push(`${way} ${lgCode}`)),
  });
  const both = createTownRegistry({ overWire: noting('wire'), fromFiles: noting('files') }, new Set([YUNAGI]));
  for (const lgCode of [YUNAGI, MUTEKI]) {
    await code(both.readRecord({ lgCode, residentId: 'r1' }, bench.deadline()));
    await code(both.readFeed({ lgCode, after: 0, limit: 1 }));
    await code(both.readStatusDigest({ lgCode, book: 'seals' }));
  }
  expect(asked).toEqual([...Array(3).fill(`files ${YUNAGI}`), ...Array(3).fill(`wire ${MUTEKI}`)]);
});
